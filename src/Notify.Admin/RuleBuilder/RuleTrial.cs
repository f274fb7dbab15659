using System.Collections.Immutable;
using Notify.Admin.Rules;

namespace Notify.Admin.RuleBuilder;

/// <summary>Rules and what else decides whether a chatbot hears an event.</summary>
/// <param name="GroupIds">Empty: every asset group.</param>
public sealed record TriedRules(ConfigList List, IReadOnlyList<string> GroupIds)
{
    /// <summary>The live evaluator's verdict, for a chatbot that is on.</summary>
    public bool Hears(EventShape shape) => RuleEvaluator.Hears(List, GroupIds, isOn: true, shape.Facts);

    public ChatbotExplanation Explain(EventShape shape) => RuleEvaluator.Explain(List, GroupIds, isOn: true, shape.Facts);
}

/// <summary>Events that one condition kept from matching.</summary>
/// <param name="AlertType">Their type.</param>
/// <param name="Condition">The condition that failed, in words: what the event says and what is accepted.</param>
/// <param name="NewestId">The row of the newest of them.</param>
public sealed record NearMiss(AlertType AlertType, string Condition, int Count, long NewestId);

/// <summary>What rules would have heard of the last days' events.</summary>
/// <param name="PerDay">Matching events a day, oldest first.</param>
/// <param name="Added">Events that the saved rules do not hear; null where nothing is saved.</param>
/// <param name="Lost">Events that only the saved rules hear; null where nothing is saved.</param>
/// <param name="NewestIds">Rows of a few that match, each of another kind, newest first.</param>
/// <param name="NearMisses">The most frequent first.</param>
public sealed record RuleTrial(
    int Count, ImmutableArray<int> PerDay, int? Added, int? Lost, ImmutableArray<long> NewestIds, ImmutableArray<NearMiss> NearMisses)
{
    private const int MostSamples = 5;
    private const int MostNearMisses = 4;

    /// <summary>Tries rules by the evaluator that decides for real. Quick: it looks at kinds of events, not at each.</summary>
    /// <param name="saved">What is stored; null for a new chatbot.</param>
    public static RuleTrial Run(PastEvents events, TriedRules rules, TriedRules? saved, Func<string, string> groupName, RuleLanguage language)
    {
        var perDay = new int[PastEvents.Days];
        int count = 0, added = 0, lost = 0;
        var matching = new List<EventShape>();
        var missed = new Dictionary<(string, string), NearMiss>();
        foreach (var shape in events.Shapes)
        {
            var hears = rules.Hears(shape);
            if (hears)
            {
                count += shape.Count;
                perDay[Math.Clamp(shape.Day, 0, PastEvents.Days - 1)] += shape.Count;
                matching.Add(shape);
            }
            else if (MissedBy(rules.Explain(shape), groupName, language) is { } condition)
            {
                var before = missed.GetValueOrDefault((shape.AlertType, condition));
                missed[(shape.AlertType, condition)] = new NearMiss(shape.Facts.AlertType!, condition, shape.Count + (before?.Count ?? 0), Math.Max(shape.NewestId, before?.NewestId ?? 0));
            }

            if (saved is not null && saved.Hears(shape) != hears)
            {
                _ = hears ? added += shape.Count : lost += shape.Count;
            }
        }

        return new RuleTrial(
            count,
            [.. perDay],
            saved is null ? null : added,
            saved is null ? null : lost,
            [.. matching.GroupBy(s => (s.AlertType, s.ItemLevel, s.EventType, s.SubType, s.Necessity, s.GroupId))
                .Select(kind => kind.Max(shape => shape.NewestId)).OrderDescending().Take(MostSamples)],
            [.. missed.Values.OrderByDescending(miss => miss.Count).ThenBy(miss => miss.Condition, StringComparer.Ordinal).Take(MostNearMisses)]);
    }

    /// <summary>The one condition that failed; null where more than one did, or there is no rule for the type.</summary>
    private static string? MissedBy(ChatbotExplanation explanation, Func<string, string> groupName, RuleLanguage language)
    {
        if (!explanation.Rules.Any(rule => rule.IsOfType))
        {
            return null;
        }

        var failed = ExplanationText.Describe(explanation, groupName, language).Where(condition => !condition.Passed).Take(2).ToList();
        return failed is [var only] ? only.Text : null;
    }
}
