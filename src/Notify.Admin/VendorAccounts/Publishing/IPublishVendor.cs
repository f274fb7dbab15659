using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>A vendor that channels of one kind are published to.</summary>
internal interface IPublishVendor
{
    ChannelKind Channels { get; }

    VendorKind Vendor { get; }

    /// <summary>False where it does not tell what it has: a plan is then made of what was last published.</summary>
    bool TellsWhatItHas { get; }

    /// <summary>Those of the channels that exist, as the vendor would have them.</summary>
    /// <param name="channels">Null for all.</param>
    Task<IReadOnlyDictionary<int, PublishedHere>> FindAsync(IReadOnlyCollection<int>? channels, CancellationToken cancellationToken);

    /// <summary>All that an account has.</summary>
    /// <returns>The answer that kept it from being read, or the last one; null where it does not tell.</returns>
    Task<(VendorAnswer Answer, IReadOnlyList<VendorChannel>? All)> ListAsync(int account, CancellationToken cancellationToken);

    /// <summary>Makes the call that is due.</summary>
    Task<VendorAnswer> CallAsync(int account, ChannelKey channel, PublishStep step, PublishPlan plan, CancellationToken cancellationToken);

    /// <summary>Takes away what was published.</summary>
    /// <returns>Null where there is nothing of it.</returns>
    Task<VendorAnswer?> RemoveAsync(ChannelLink link, IReadOnlyList<VendorChannel>? all, CancellationToken cancellationToken);

    /// <summary>Takes over here what was changed there, and leaves what was changed here.</summary>
    /// <returns>What counts as published from now on; null where nothing of it can be kept here.</returns>
    Task<VendorChannel?> AcceptAsync(
        int channel, VendorChannel seen, VendorChannel published, Actor actor, CancellationToken cancellationToken);
}

internal static class PublishVendors
{
    public static IPublishVendor Of(this IEnumerable<IPublishVendor> vendors, ChannelKind kind) =>
        vendors.Single(vendor => vendor.Channels == kind);

    public static async Task<PublishedHere?> FindAsync(this IPublishVendor vendor, int channel, CancellationToken cancellationToken) =>
        (await vendor.FindAsync([channel], cancellationToken)).GetValueOrDefault(channel);
}
