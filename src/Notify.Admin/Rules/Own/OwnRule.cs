using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>What a channel of any kind hears beside its vendor's own dialect: conditions over an event, all of which hold.</summary>
/// <param name="Name">For people; null where it has none.</param>
public sealed record OwnRule(string? Name, ImmutableArray<OwnCondition> Conditions)
{
    /// <summary>How many days it looks back for the same event; 0 where it does not ask.</summary>
    public int NewDays => Conditions.OfType<NewCondition>().Select(condition => condition.Days).DefaultIfEmpty().Max();

    public bool Matches(OwnFacts facts)
    {
        foreach (var condition in Conditions)
        {
            if (!condition.Holds(facts))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A channel's own rules; it hears what any of them matches.</summary>
public sealed record OwnRuleList(ImmutableArray<OwnRule> Rules)
{
    public const int MostRules = 50;
    public const int MostConditions = 20;
    public const int MostValues = 100;
    public const int LongestName = 64;
    public const int LongestValue = 256;

    /// <summary>Characters of the JSON form.</summary>
    public const int LongestJson = 64 * 1024;

    public static readonly OwnRuleList Empty = new([]);

    /// <inheritdoc cref="OwnRule.NewDays"/>
    public int NewDays => Rules.Select(rule => rule.NewDays).DefaultIfEmpty().Max();

    /// <summary>The position of the first rule that matches, or -1.</summary>
    public int FirstMatch(OwnFacts facts)
    {
        for (var at = 0; at < Rules.Length; at++)
        {
            if (Rules[at].Matches(facts))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The rule that an event comes nearest to, and how many of its conditions fail: 0 exactly where one matches. Null where every
    /// rule asks for events of another kind.</summary>
    public (int At, int Failed)? Nearest(OwnFacts facts)
    {
        (int At, int Failed)? nearest = null;
        for (var at = 0; at < Rules.Length; at++)
        {
            var failed = 0;
            var isOfKind = true;
            foreach (var condition in Rules[at].Conditions)
            {
                if (!condition.Holds(facts))
                {
                    failed++;
                    isOfKind &= condition.Field != OwnField.Kind;
                }
            }

            if (isOfKind && (nearest is null || failed < nearest.Value.Failed))
            {
                nearest = (at, failed);
            }
        }

        return nearest;
    }
}
