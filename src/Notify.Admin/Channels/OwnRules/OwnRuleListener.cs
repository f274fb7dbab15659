using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>A channel with own rules, as matching needs it.</summary>
public sealed record OwnRuleListener(int ChannelId, OwnRuleList Rules, bool IsOn)
{
    /// <summary>Those of the channels that have own rules; rules that cannot be read hear nothing.</summary>
    /// <param name="channels">Id, own rules as stored, and whether it is on.</param>
    public static IReadOnlyList<OwnRuleListener> Read(IEnumerable<(int Id, string OwnRules, bool IsOn)> channels) =>
    [
        .. channels.Where(channel => channel.OwnRules != OwnRuleJson.None)
            .Select(channel => new OwnRuleListener(channel.Id, OwnRuleJson.Read(channel.OwnRules).Rules, channel.IsOn)),
    ];
}
