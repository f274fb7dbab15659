using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;

namespace Notify.Admin.RuleSets;

/// <summary>What is refused, for programs and files: in English, naming the field.</summary>
internal static class RuleSetWords
{
    private const int MostNamed = 10;

    public static FieldProblem ToProblem(FieldRefusal refusal) => new(null, refusal.Field.ToLowerInvariant(), refusal.TextKey switch
    {
        "Refused.Name" => $"must be one line of 1 to {RuleSet.LongestName} characters",
        "Refused.NameTaken" => "is the name of another rule set",
        "Refused.TooMany" => $"cannot have more: there are {RuleSet.Most}",
        "Refused.NoRules" => "must have at least one rule",
        _ => $"{refusal.Argument}",
    });

    public static string InUse(IReadOnlyList<ChannelName> uses) => $"It is used by {NamesOf(uses)}: take it from them first.";

    /// <summary>The first of them, as a file names them.</summary>
    public static string NamesOf(IReadOnlyList<ChannelName> uses) =>
        string.Join(", ", uses.Take(MostNamed).Select(use => $"{use.Key.Kind.ToString().ToLowerInvariant()}/{use.Name}"))
        + (uses.Count > MostNamed ? $" (+{uses.Count - MostNamed})" : "");
}
