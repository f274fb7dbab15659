using Notify.Admin.Rules;

namespace Notify.Admin.RuleBuilder;

/// <summary>The newest events: what rules would have heard of them, and the words that occur in them.</summary>
/// <param name="KnowEarlier">They know which of them are new.</param>
/// <param name="KeptDays">How long events are kept.</param>
public sealed record SeenEvents(IReadOnlyList<OwnFacts> Events, bool KnowEarlier = false, int KeptDays = int.MaxValue)
{
    public const int Most = 200;

    private const int MostWords = 100;

    public static readonly SeenEvents None = new([]);

    public int CountOf(OwnRule rule) => Events.Count(rule.Matches);

    /// <summary>The values of a field, the most frequent first.</summary>
    /// <param name="label">The label's name, where the field is a label.</param>
    public IReadOnlyList<string> ValuesOf(OwnField field, string? label = null) =>
        Ranked(Events.Select(facts => facts.Show(field, label)).OfType<string>());

    public IReadOnlyList<string> LabelNames() => Ranked(Events.SelectMany(facts => facts.Labels.Keys));

    private static IReadOnlyList<string> Ranked(IEnumerable<string> words) =>
        [.. words.Where(word => word.Length is > 0 and <= OwnRuleList.LongestValue).GroupBy(word => word)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostWords)
            .Select(group => group.Key)];
}
