using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Says which channels are published with an account, and how they stand; and on the overview, which are not there as they were
/// published.</summary>
internal sealed class PublishedChannels(ChannelLinkStore store, IEnumerable<IPublishVendor> vendors,
    IStringLocalizer<VendorAccountText> texts) : IVendorAccountUser, IAttentionSource
{
    public async Task<IReadOnlyList<VendorAccountUse>> ListUsesAsync(int account, CancellationToken cancellationToken) =>
    [
        .. (await ListStandingsAsync(account, cancellationToken)).Where(one => one.Standing != PublishStanding.GoneHere)
            .Select(one => new VendorAccountUse(
                one.Name, VendorAccountWords.Of(texts, $"Standing.{one.Standing}", one.Vendor), HrefOf(one.Link.Key))),
    ];

    public async Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await ListStandingsAsync(null, cancellationToken))
            .Where(one => one.Standing is PublishStanding.Drifted or PublishStanding.GoneThere or PublishStanding.GoneHere)
            .Select(one => new Attention(
                texts[$"Attention.{one.Standing}", one.Link.Name, VendorAccountWords.InText(texts, one.Vendor)],
                VendorAccountWords.Of(texts, $"Attention.{one.Standing}.Text", one.Vendor), null,
                one.Standing == PublishStanding.GoneHere ? $"accounts/{one.Link.AccountId}" : HrefOf(one.Link.Key), null, IsUrgent: false)
            {
                Policy = one.Standing == PublishStanding.GoneHere ? Policies.Administer : Policies.View,
            }),
    ];

    private async Task<IReadOnlyList<(ChannelLink Link, string Name, PublishStanding Standing, VendorKind Vendor)>> ListStandingsAsync(
        int? account, CancellationToken cancellationToken)
    {
        List<(ChannelLink, string, PublishStanding, VendorKind)> found = [];
        foreach (var links in (await store.ListAsync(account, cancellationToken)).GroupBy(link => link.Kind))
        {
            var vendor = vendors.Of(links.Key);
            var channels = await vendor.FindAsync([.. links.Select(link => link.ChannelId)], cancellationToken);
            found.AddRange(links.Select(link => (link, here: channels.GetValueOrDefault(link.ChannelId))).Select(one => (
                one.link, one.here?.Wanted.Name ?? one.link.Name, PublishStandings.Of(one.link, one.here, vendor.TellsWhatItHas),
                vendor.Vendor)));
        }

        return found;
    }

    /// <summary>Where a channel's page says how it is published.</summary>
    internal static string HrefOf(ChannelKey channel) => channel.Kind switch
    {
        ChannelKind.DingTalk => $"dingtalk/chatbots/{channel.Id}?tab=destination",
        ChannelKind.Slack => $"slack/integrations/{channel.Id}?tab=destination",
    };
}
