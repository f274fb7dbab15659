using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.ChannelPages;

/// <summary>What is wrong with the rule sets that a channel is to use, for the form of every kind.</summary>
internal static class RuleSetChecks
{
    private const string Field = nameof(IChannelModel<>.RuleSets);

    public static async Task<FieldRefusal?> CheckAsync(this IRuleSets sets, IReadOnlyList<int> chosen, CancellationToken cancellationToken)
    {
        if (chosen.Count == 0)
        {
            return null;
        }

        return chosen.Count > RuleSetIds.Most ? new FieldRefusal(Field, "Form.RuleSets.TooMany", RuleSetIds.Most)
            : chosen.Except((await sets.ListAsync(Actor.System, cancellationToken)).Select(set => set.Id)).Any() ? Gone : null;
    }

    /// <summary>Somebody has deleted one of them.</summary>
    public static FieldRefusal Gone { get; } = new(Field, "Form.RuleSets.Gone");

    /// <summary>A refusal for programs; null where it is about something else.</summary>
    public static string? Say(FieldRefusal refusal) => refusal.Field != Field ? null
        : refusal == Gone ? "names a rule set that does not exist" : $"has more than {RuleSetIds.Most} entries";
}
