using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>A channel with own rules or rule sets, as matching needs it.</summary>
/// <param name="RuleSets">The ids of those that it uses, in order.</param>
public sealed record OwnRuleListener(int ChannelId, OwnRuleList Rules, IReadOnlyList<int> RuleSets, bool IsOn)
{
    /// <summary>Those of the channels that have any; rules that cannot be read hear nothing.</summary>
    /// <param name="channels">Id, own rules and rule sets as stored, and whether it is on.</param>
    public static IReadOnlyList<OwnRuleListener> Read(IEnumerable<(int Id, string OwnRules, string RuleSets, bool IsOn)> channels) =>
    [
        .. channels.Where(channel => channel.OwnRules != OwnRuleJson.None || channel.RuleSets.Length > 0)
            .Select(channel => new OwnRuleListener(channel.Id, OwnRuleJson.Read(channel.OwnRules).Rules,
                RuleSetIds.Read(channel.RuleSets), channel.IsOn)),
    ];
}
