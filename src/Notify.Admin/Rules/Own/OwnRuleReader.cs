using System.Collections.Immutable;
using System.Text.Json;

namespace Notify.Admin.Rules;

/// <summary>Reads one list of own rules. What is not known is refused, since a misspelt condition would make its rule wider than it
/// looks.</summary>
internal sealed class OwnRuleReader
{
    private static readonly string[] RuleMembers = ["name", "conditions"];
    private static readonly string[] FieldNames = [.. Enum.GetValues<OwnField>().Select(OwnRuleJson.NameOf)];

    private static readonly Bilingual NoList = new("the rules must be an array", "规则必须是数组");
    private static readonly Bilingual NoObject = new("this must be an object", "此处必须是对象");
    private static readonly Bilingual NoArray = new("“{0}” must be an array", "“{0}”必须是数组");
    private static readonly Bilingual NoText = new("“{0}” must be a text", "“{0}”必须是文本");
    private static readonly Bilingual Unknown = new("“{0}” is not known here; there are: {1}", "此处没有“{0}”；可用的有：{1}");
    private static readonly Bilingual Twice = new("“{0}” is given twice", "“{0}”重复");
    private static readonly Bilingual NoField = new("“on” must be one of: {0}", "“on”必须是以下之一：{0}");
    private static readonly Bilingual NoTest = new("one of these is missing: {0}", "缺少以下之一：{0}");
    private static readonly Bilingual ManyTests = new("only one of these may be given: {0}", "只能有以下之一：{0}");
    private static readonly Bilingual NotPresent = new("“present” can only be true", "“present”只能是 true");
    private static readonly Bilingual ManyRules = new("There are more than {0} rules", "规则超过 {0} 条");
    private static readonly Bilingual NoConditions = new("it has no condition", "没有条件");
    private static readonly Bilingual ManyConditions = new("it has more than {0} conditions", "条件超过 {0} 个");
    private static readonly Bilingual NoValues = new("no value is given", "尚未填写值");
    private static readonly Bilingual ManyValues = new("it has more than {0} values", "值超过 {0} 个");
    private static readonly Bilingual Empty = new("“{0}” is empty", "“{0}”为空");
    private static readonly Bilingual Long = new("“{0}” is longer than {1} characters", "“{0}”超过 {1} 个字符");
    private static readonly Bilingual Control = new("“{0}” has a line break or control character", "“{0}”含有换行或控制字符");
    private static readonly Bilingual NoNumber = new("“{0}” must be a whole number", "“{0}”必须是整数");
    private static readonly Bilingual Outside = new("“{0}” must be {1} to {2}", "“{0}”必须介于 {1} 与 {2} 之间");
    private static readonly Bilingual NotListed = new("“{0}” is none of: {1}", "“{0}”不是以下之一：{1}");

    private readonly List<OwnRuleProblem> _problems = [];
    private bool _isBroken;
    private int? _rule;
    private int? _condition;

    public OwnRuleReading Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            return new OwnRuleReading(null, [new OwnRuleProblem("", null, null, NoList)]);
        }

        if (root.GetArrayLength() > OwnRuleList.MostRules)
        {
            Limit("", ManyRules, OwnRuleList.MostRules);
        }

        var rules = ImmutableArray.CreateBuilder<OwnRule>();
        foreach (var element in root.EnumerateArray())
        {
            (_rule, _condition) = (rules.Count, null);
            rules.Add(ReadRule(element, $"[{rules.Count}]"));
        }

        return new OwnRuleReading(_isBroken ? null : new OwnRuleList(rules.ToImmutable()), _problems);
    }

    private OwnRule ReadRule(JsonElement element, string path)
    {
        var members = Members(element, path, RuleMembers);
        string? name = null;
        if (members.TryGetValue("name", out var named))
        {
            name = Text(named, "name", $"{path}.name", OwnRuleList.LongestName);
        }

        var conditions = ImmutableArray.CreateBuilder<OwnCondition>();
        if (members.TryGetValue("conditions", out var listed) && listed.ValueKind != JsonValueKind.Array)
        {
            Break($"{path}.conditions", NoArray, "conditions");
            return new OwnRule(name, []);
        }

        var count = listed.ValueKind == JsonValueKind.Array ? listed.GetArrayLength() : 0;
        if (count is 0 or > OwnRuleList.MostConditions)
        {
            Limit($"{path}.conditions", count == 0 ? NoConditions : ManyConditions, OwnRuleList.MostConditions);
        }

        for (var at = 0; at < count; at++)
        {
            _condition = at;
            if (ReadCondition(listed[at], $"{path}.conditions[{at}]") is { } condition)
            {
                conditions.Add(condition);
            }
        }

        _condition = null;
        return new OwnRule(name, conditions.ToImmutable());
    }

    private OwnCondition? ReadCondition(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Break(path, NoObject);
            return null;
        }

        var on = element.TryGetProperty("on", out var written) && written.ValueKind == JsonValueKind.String ? written.GetString() : null;
        var at = Array.IndexOf(FieldNames, on);
        if (at < 0)
        {
            Break($"{path}.on", NoField, string.Join(", ", FieldNames));
            return null;
        }

        var field = (OwnField)at;
        string[] tests = field switch
        {
            OwnField.Severity => ["oneOf", "from"],
            OwnField.Asset => ["oneOf", "like"],
            OwnField.Label => ["oneOf", "present"],
            OwnField.Text => ["contains"],
            OwnField.New => ["days"],
            _ => ["oneOf"],
        };
        var members = Members(element, path, field == OwnField.Label ? ["on", "name", .. tests] : ["on", .. tests]);
        var given = tests.Where(members.ContainsKey).ToList();
        if (given.Count != 1)
        {
            Break(path, given.Count == 0 ? NoTest : ManyTests, string.Join(", ", tests));
            return null;
        }

        var label = field != OwnField.Label ? null : members.TryGetValue("name", out var name)
            ? Text(name, "name", $"{path}.name", OwnRuleList.LongestValue) : Text(default, "name", $"{path}.name", 0);
        return ReadTest(field, label, given[0], members[given[0]], $"{path}.{given[0]}");
    }

    private OwnCondition? ReadTest(OwnField field, string? label, string test, JsonElement value, string path)
    {
        switch (test)
        {
            case "oneOf":
                return new OneOfCondition(field, ReadValues(field, value, path), label);
            case "present":
                if (value.ValueKind != JsonValueKind.True)
                {
                    Break(path, NotPresent);
                }

                return new LabelPresentCondition(label ?? "");
            case "from":
                var from = Text(value, test, path, OwnRuleList.LongestValue);
                CheckListed(from, [.. OwnWords.Severities.Skip(1)], path);
                return new SeverityFromCondition(from);
            case "days":
                return new NewCondition(ReadDays(value, path));
            case "like":
                return new AssetLikeCondition(Text(value, test, path, OwnRuleList.LongestValue));
            default:
                var contains = Text(value, test, path, OwnRuleList.LongestValue);
                if (contains.Length > 0 && OwnFacts.Fold(contains).Length == 0)
                {
                    Limit(path, Empty, test);
                }

                return new TextCondition(contains);
        }
    }

    private int ReadDays(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var days))
        {
            Break(path, NoNumber, "days");
            return 0;
        }

        if (days is < 1 or > NewCondition.MostDays)
        {
            Limit(path, Outside, "days", 1, NewCondition.MostDays);
        }

        return days;
    }

    private ImmutableArray<string> ReadValues(OwnField field, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Break(path, NoArray, "oneOf");
            return [];
        }

        var count = value.GetArrayLength();
        if (count is 0 or > OwnRuleList.MostValues)
        {
            Limit(path, count == 0 ? NoValues : ManyValues, OwnRuleList.MostValues);
        }

        var values = ImmutableArray.CreateBuilder<string>(count);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in value.EnumerateArray())
        {
            var here = $"{path}[{values.Count}]";
            var text = Text(element, "oneOf", here, OwnRuleList.LongestValue);
            values.Add(text);
            CheckListed(text, OwnWords.ClosedList(field), here);
            if (!known.Add(OwnFacts.Canonical(field, text)))
            {
                Limit(here, Twice, text);
            }
        }

        return values.MoveToImmutable();
    }

    private void CheckListed(string text, ImmutableArray<string> closed, string path)
    {
        if (text.Length > 0 && !closed.IsEmpty && !closed.Contains(text))
        {
            Limit(path, NotListed, text, string.Join(", ", closed));
        }
    }

    private string Text(JsonElement value, string name, string path, int longest)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Break(path, NoText, name);
            return "";
        }

        var text = value.GetString()!;
        if (string.IsNullOrWhiteSpace(text))
        {
            Limit(path, Empty, name);
        }
        else if (text.Length > longest)
        {
            Limit(path, Long, name, longest);
        }
        else if (text.Any(char.IsControl))
        {
            Limit(path, Control, name);
        }

        return text;
    }

    private Dictionary<string, JsonElement> Members(JsonElement element, string path, string[] known)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Break(path, NoObject);
            return members;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                Break($"{path}.{Shown(member.Name)}", Unknown, Shown(member.Name), string.Join(", ", known));
            }
            else if (!members.TryAdd(member.Name, member.Value))
            {
                Break($"{path}.{member.Name}", Twice, member.Name);
            }
        }

        return members;
    }

    private static string Shown(string foreign) =>
        string.Concat(foreign.Take(40).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '�' : letter));

    // It has not the form of rules.
    private void Break(string path, Bilingual text, params ReadOnlySpan<object?> parts)
    {
        _isBroken = true;
        Limit(path, text, parts);
    }

    private void Limit(string path, Bilingual text, params ReadOnlySpan<object?> parts)
    {
        if (_problems.Count < 100)
        {
            _problems.Add(new OwnRuleProblem(path, _rule, _condition, OwnRuleProblem.Fill(text, parts)));
        }
    }
}
