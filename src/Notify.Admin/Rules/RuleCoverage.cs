using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>Says which rules add nothing, because another hears everything they hear: for chatbots that share one webhook.</summary>
public static class RuleCoverage
{
    /// <summary>Positions of the rules of <paramref name="narrow"/> whose every event <paramref name="wide"/> hears too.</summary>
    public static ImmutableArray<int> Covered(RuleSubscription narrow, RuleSubscription wide) =>
        !wide.IsOn || !GroupsCover(wide.GroupIds, narrow.GroupIds)
            ? []
            : [.. Enumerable.Range(0, narrow.Rules.Rules.Length)
                .Where(at => wide.Rules.Rules.Any(rule => Covers(rule, narrow.Rules.Rules[at])))];

    /// <summary>Whether <paramref name="wide"/> matches every event that <paramref name="narrow"/> matches.</summary>
    public static bool Covers(AlertRule wide, AlertRule narrow) =>
        wide.AlertType is { } alertType
        && alertType == narrow.AlertType
        && wide.Items.All(item => alertType.FindKey(item.Key) is { } key && KeyCovers(key, item, narrow.Find(item.Key)));

    // Every value together is still less than "all", which also takes events without the field.
    private static bool KeyCovers(AlertTypeKey key, ConfigItem wide, ConfigItem? narrow) =>
        wide.AcceptsAll
        || (narrow is { AcceptsAll: false } && narrow.Values.Select(key.Canonical).All(wide.Values.Select(key.Canonical).Contains));

    private static bool GroupsCover(IReadOnlyCollection<string> wide, IReadOnlyCollection<string> narrow) =>
        wide.Count == 0 || (narrow.Count > 0 && narrow.All(id => wide.Contains(id, StringComparer.Ordinal)));
}
