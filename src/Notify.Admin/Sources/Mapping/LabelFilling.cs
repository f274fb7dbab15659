using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>Fills an event's labels by a mapping's rules: the first rule that gives a name wins, and there are at most
/// <see cref="MappingLimits.Labels"/>.</summary>
internal sealed class LabelFilling(IReadOnlyList<LabelRule> rules, PayloadValues values)
{
    // Labels that do not depend on the element are read once.
    private readonly Dictionary<LabelRule, List<(string Name, string Value)>> _shared = [];

    public IReadOnlyDictionary<string, string> Fill()
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in rules.SelectMany(Read))
        {
            if (labels.Count >= MappingLimits.Labels)
            {
                break;
            }

            labels.TryAdd(name, value);
        }

        return labels;
    }

    private IEnumerable<(string Name, string Value)> Read(LabelRule rule)
    {
        if (rule.Name is not null)
        {
            return values.Text(rule.From, MappingLimits.LabelValue, out _) is { } text
                && ForeignText.OnLines(text) is { Length: > 0 } clean ? [(rule.Name, clean)] : [];
        }

        if (rule.From.Path?.Root != PathRoot.Payload)
        {
            return Members(rule);
        }

        if (!_shared.TryGetValue(rule, out var members))
        {
            members = Members(rule);
            _shared.Add(rule, members);
        }

        return members;
    }

    private List<(string Name, string Value)> Members(LabelRule rule)
    {
        List<(string, string)> members = [];
        if (rule.From.Path is not { } path || values.Find(path) is not { ValueKind: JsonValueKind.Object } found)
        {
            return members;
        }

        foreach (var member in found.EnumerateObject())
        {
            if (members.Count >= MappingLimits.Labels)
            {
                break;
            }

            var name = ForeignText.OnOneLine(rule.Prefix + ForeignText.Cut(member.Name, MappingLimits.LabelName));
            if (name.Length > 0 && FieldText.Of(member.Value, MappingLimits.LabelValue, out _) is { } text
                && ForeignText.OnLines(text) is { Length: > 0 } value)
            {
                members.Add((ForeignText.Cut(name, MappingLimits.LabelName), value));
            }
        }

        return members;
    }
}
