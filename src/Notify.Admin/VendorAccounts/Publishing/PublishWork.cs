using Notify.Admin.Background;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Takes up orders whose process is gone, and looks every hour whether what was published is still so.</summary>
internal sealed class PublishWork(ChannelLinkStore store, IEnumerable<IPublishVendor> vendors, Publisher publisher, WorkRegister works,
    TimeProvider time, ILogger<PublishWork> logger) : RecurringWork(works, Schedule, time, logger)
{
    public static readonly TimeSpan DriftEvery = TimeSpan.FromHours(1);

    private static readonly WorkSchedule Schedule = new("publishing", TimeSpan.FromSeconds(10)) { AtStart = true };

    protected override async Task RunAsync(CancellationToken stopping)
    {
        foreach (var run in await store.ListOpenAsync(stopping))
        {
            await publisher.RunAsync(run, Actor.System, stopping);
        }

        var now = Time.GetUtcNow();
        foreach (var links in (await store.TakeDueAsync(now, now + DriftEvery, stopping)).GroupBy(link => (link.AccountId, link.Kind)))
        {
            var vendor = vendors.Of(links.Key.Kind);
            if (vendor.TellsWhatItHas)
            {
                await ReadAsync(vendor, links.Key.AccountId, [.. links], stopping);
            }
        }
    }

    private async Task ReadAsync(IPublishVendor vendor, int account, IReadOnlyList<ChannelLink> links, CancellationToken stopping)
    {
        var (answer, all) = await vendor.ListAsync(account, stopping);
        foreach (var link in links)
        {
            await store.ChangeAsync(link.Key, row => row.Read(answer, all ?? [], Time.GetUtcNow()), stopping);
        }
    }
}
