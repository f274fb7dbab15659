using System.Collections.Immutable;
using Notify.Admin.Rules;

namespace Notify.Admin.RuleBuilder;

/// <summary>Rules and what else decides whether a chatbot hears an event.</summary>
/// <param name="GroupIds">Empty: every asset group.</param>
public sealed record TriedRules(ConfigList List, IReadOnlyList<string> GroupIds)
{
    /// <summary>The live evaluator's verdict, for a chatbot that is on.</summary>
    public bool Hears(EventShape shape) => RuleEvaluator.Hears(List, GroupIds, isOn: true, shape.Facts);

    /// <summary>The one condition that failed, as its key (null: the asset group) and what the event says there. Null where more than one
    /// failed, or there is no rule for the type.</summary>
    internal (string? Key, string? Value)? MissedBy(EventShape shape)
    {
        if (shape.Facts.AlertType is not { } alertType || List.Find(alertType) is not { } rule)
        {
            return null;
        }

        var group = RuleEvaluator.AcceptsGroup(GroupIds, shape.Facts.GroupId);
        var failed = RuleEvaluator.Explain(rule, shape.Facts).Conditions.Where(condition => !condition.Passed).Take(2).ToList();
        return (failed, group) switch
        {
            ([], false) => (null, shape.Facts.GroupId),
            ([var only], true) => (only.Item.Key, only.Value),
            _ => null,
        };
    }

    /// <summary>The first condition that failed, in words.</summary>
    internal string Describe(EventShape shape, Func<string, string> groupName, RuleLanguage language) =>
        ExplanationText.Describe(RuleEvaluator.Explain(List, GroupIds, isOn: true, shape.Facts), groupName, language)
            .First(condition => !condition.Passed).Text;
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
    public static RuleTrial Run(PastEvents events, TriedRules rules, TriedRules? saved, Func<string, string> groupName,
        RuleLanguage language)
    {
        var perDay = new int[PastEvents.Days];
        int count = 0, added = 0, lost = 0;
        var matching = new List<EventShape>();
        var missed = new Dictionary<(string AlertType, string? Key, string? Value), Missed>();
        foreach (var shape in events.Shapes)
        {
            var hears = rules.Hears(shape);
            if (hears)
            {
                count += shape.Count;
                perDay[Math.Clamp(shape.Day, 0, PastEvents.Days - 1)] += shape.Count;
                matching.Add(shape);
            }
            else if (rules.MissedBy(shape) is var (key, value))
            {
                var before = missed.GetValueOrDefault((shape.AlertType, key, value));
                missed[(shape.AlertType, key, value)] = new(shape, shape.Count + (before?.Count ?? 0),
                    Math.Max(shape.NewestId, before?.NewestId ?? 0));
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
            [.. missed.Values.OrderByDescending(miss => miss.Count).ThenByDescending(miss => miss.NewestId).Take(MostNearMisses)
                .Select(miss => new NearMiss(miss.Shape.Facts.AlertType!, rules.Describe(miss.Shape, groupName, language), miss.Count,
                    miss.NewestId))]);
    }

    // Put into words only where it is shown: there may be tens of thousands.
    private sealed record Missed(EventShape Shape, int Count, long NewestId);
}
