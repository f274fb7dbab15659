using System.Collections.Immutable;
using System.Text;

namespace Notify.Admin.Rules;

/// <summary>What is allowed but perhaps not meant.</summary>
public enum RuleWarningKind
{
    HearsNothing,

    /// <summary>Args: the value, the one that means the same.</summary>
    SameMeaning,

    /// <summary>Args: the key.</summary>
    EveryValueButNotAll,

    /// <summary>Args: the value.</summary>
    UnknownValue,

    /// <summary>Args: the value, the documented one it resembles.</summary>
    LooksLikeKnownValue,

    /// <summary>Args: the prefix.</summary>
    UnusualPrefix,

    /// <summary>Only in rules that are not valid yet.</summary>
    NeverMatches,
}

/// <param name="Path">As in <see cref="ConfigListError"/>.</param>
public sealed record RuleWarning(RuleWarningKind Kind, string Path, ImmutableArray<string> Args)
{
    /// <summary>What may surprise, one sentence.</summary>
    public string Describe(RuleLanguage language) => RuleSentence.Fill(RuleWarnings.Template(Kind).In(language), [.. Args]);
}

/// <summary>Finds what is allowed but perhaps not meant, within one chatbot's rules.</summary>
public static class RuleWarnings
{
    private static readonly string[] UsualPrefixes = [AlertType.OnlinePrefix, "sas_analysis_pre-sas-operation-log-sas-event-"];

    public static ImmutableArray<RuleWarning> Find(IReadOnlyList<AlertRule> rules)
    {
        var warnings = ImmutableArray.CreateBuilder<RuleWarning>();
        if (rules.Count == 0)
        {
            warnings.Add(new(RuleWarningKind.HearsNothing, "", []));
        }

        for (var at = 0; at < rules.Count; at++)
        {
            CheckRule(rules[at], $"[{at}]", warnings);
        }

        return warnings.ToImmutable();
    }

    internal static Bilingual Template(RuleWarningKind kind) => kind switch
    {
        RuleWarningKind.HearsNothing => new("There are no rules, so this chatbot sends nothing.", "尚未设置规则，该机器人不会收到任何通知。"),
        RuleWarningKind.SameMeaning => new("“{0}” and “{1}” mean the same; one of them is enough.", "“{0}”与“{1}”含义相同，保留其一即可。"),
        RuleWarningKind.EveryValueButNotAll => new(
            "Every value is chosen, but not “all”: events that do not say, and values the vendor adds later, are not matched.",
            "已选择每一个取值，但并非“all”：未提供该字段的事件以及厂商日后新增的取值不会触发通知。"),
        RuleWarningKind.UnknownValue => new(
            "“{0}” is not in the vendor's list; it is matched exactly as written.",
            "“{0}”不在厂商的列表中，将按原文精确匹配。"),
        RuleWarningKind.LooksLikeKnownValue => new(
            "“{0}” is not in the vendor's list and is matched exactly as written; did you mean “{1}”?",
            "“{0}”不在厂商的列表中，将按原文精确匹配；是否应为“{1}”？"),
        RuleWarningKind.UnusualPrefix => new(
            "“{0}” is not a prefix the vendor uses; only what follows “sas-event-” is matched.",
            "“{0}”不是厂商使用的前缀；只匹配“sas-event-”之后的部分。"),
        RuleWarningKind.NeverMatches => new("As it stands, this can never match an event.", "按目前的设置，不可能匹配任何事件。"),
    };

    private static void CheckRule(AlertRule rule, string path, ImmutableArray<RuleWarning>.Builder warnings)
    {
        if (rule.AlertType is not { } alertType)
        {
            warnings.Add(new(RuleWarningKind.NeverMatches, $"{path}.type", []));
            return;
        }

        if (!UsualPrefixes.Contains(rule.Type[..^alertType.Suffix.Length]))
        {
            warnings.Add(new(RuleWarningKind.UnusualPrefix, $"{path}.type", [rule.Type[..^alertType.Suffix.Length]]));
        }

        for (var at = 0; at < rule.Items.Length; at++)
        {
            CheckItem(rule.Items[at], alertType, $"{path}.configItemList[{at}]", warnings);
        }
    }

    private static void CheckItem(ConfigItem item, AlertType alertType, string path, ImmutableArray<RuleWarning>.Builder warnings)
    {
        if (alertType.FindKey(item.Key) is not { } key || item.Values.IsEmpty)
        {
            warnings.Add(new(RuleWarningKind.NeverMatches, path, []));
            return;
        }

        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < item.Values.Length; at++)
        {
            var value = item.Values[at];
            var valuePath = $"{path}.valueList[{at}]";
            if (!seen.TryAdd(key.Canonical(value), value))
            {
                warnings.Add(new(RuleWarningKind.SameMeaning, valuePath, [value, seen[key.Canonical(value)]]));
            }
            else if (key.Find(value) is null)
            {
                warnings.Add(Resembled(value, key) is { } known
                    ? new(RuleWarningKind.LooksLikeKnownValue, valuePath, [value, known])
                    : new(RuleWarningKind.UnknownValue, valuePath, [value]));
            }
        }

        if (!item.AcceptsAll && key.ConcreteValues.All(value => seen.ContainsKey(value.Literal)))
        {
            warnings.Add(new(RuleWarningKind.EveryValueButNotAll, path, [key.Name]));
        }
    }

    private static string? Resembled(string value, AlertTypeKey key)
    {
        var shape = Shape(value);
        return key.Values
            .SelectMany(known => known.Aliases.Prepend(known.Literal))
            .FirstOrDefault(known => Shape(known) == shape);
    }

    // Compatibility normalisation makes full-width brackets and spaces plain.
    private static string Shape(string value) =>
        string.Concat(value.Normalize(NormalizationForm.FormKC).Where(character => !char.IsWhiteSpace(character))).ToUpperInvariant();
}
