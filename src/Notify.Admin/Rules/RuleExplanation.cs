using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>One key of a rule against one event.</summary>
/// <param name="Key">Null for a key the alert type does not have.</param>
/// <param name="Item">The accepted values.</param>
/// <param name="Value">What the event says; null when the field is absent.</param>
public sealed record RuleCondition(AlertTypeKey? Key, ConfigItem Item, string? Value, bool Passed);

/// <summary>One rule against one event. Where <paramref name="IsOfType"/> is false, the conditions did not decide.</summary>
public sealed record RuleExplanation(AlertRule Rule, bool IsOfType, ImmutableArray<RuleCondition> Conditions)
{
    public bool Matches => IsOfType && Conditions.All(condition => condition.Passed);

    /// <summary>True when exactly one thing kept a rule of the event's type from matching: "nearly matched".</summary>
    public bool NearlyMatches => IsOfType && Conditions.Count(condition => !condition.Passed) == 1;
}

/// <summary>A chatbot's asset groups against one event.</summary>
/// <param name="Accepted">Empty accepts every event, also one without a group.</param>
public sealed record GroupCondition(ImmutableArray<string> Accepted, string? Value, bool Passed);

/// <summary>One chatbot against one event.</summary>
/// <param name="AlertType">The event's; null when it is of no known alert type.</param>
/// <param name="Rules">In the list's order, those for other alert types too.</param>
public sealed record ChatbotExplanation(bool IsOn, AlertType? AlertType, GroupCondition Group, ImmutableArray<RuleExplanation> Rules)
{
    public bool Hears => IsOn && Group.Passed && FirstMatch >= 0;

    /// <summary>The position in the list of the first rule that matches, or -1.</summary>
    public int FirstMatch
    {
        get
        {
            for (var at = 0; at < Rules.Length; at++)
            {
                if (Rules[at].Matches)
                {
                    return at;
                }
            }

            return -1;
        }
    }
}
