using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Publishes many channels with one account: one plan of all, an order for each, carried out one after the other. Every call
/// checks the actor's policy.</summary>
internal sealed class BulkPublishService(ChannelLinkStore store, VendorAccountStore accounts, IEnumerable<IPublishVendor> vendors,
    Publisher publisher, AuditTrail trail, TimeProvider time, ILogger<BulkPublishService> logger)
{
    /// <summary>What publishing would do to each channel that is linked with the account, or could be, by name.</summary>
    /// <returns>None, and why, where the account could not be read.</returns>
    public async Task<(IReadOnlyList<BulkPublishRow> Rows, VendorAnswer Answer)> PlanAsync(
        int account, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var (rows, _, answer) = await MakeAsync(account, cancellationToken);
        return (rows, answer);
    }

    /// <summary>Records orders for rows of a plan that somebody has agreed to, each by its own basis: what has changed since is left
    /// out.</summary>
    public async Task<BulkPublishStart> OrderAsync(
        int account, IReadOnlyCollection<BulkPublishRow> agreed, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var (rows, here, answer) = await MakeAsync(account, cancellationToken);
        if (!answer.IsAccepted)
        {
            return new BulkPublishStart([], [], answer);
        }

        var now = rows.ToDictionary(row => row.Channel);
        var name = (await accounts.FindAsync(account, cancellationToken))?.Name;
        var batch = Guid.NewGuid();
        var orders = agreed.Where(row => now.TryGetValue(row.Channel, out var standing) && standing.Basis == row.Basis
                && standing.IsLinked == row.IsLinked && !standing.IsSettled)
            .Select(row => OrderOf(row, account, name, batch, here.GetValueOrDefault(row.Channel.Id)?.Secret, actor)).ToList();
        var runs = await store.OpenAllAsync(orders, cancellationToken);
        var begun = runs.Select(run => run.Key).ToHashSet();
        return new BulkPublishStart(runs, [.. agreed.Where(row => !begun.Contains(row.Channel)).Select(row => row.Name)], answer);
    }

    /// <summary>Carries recorded orders out, one after the other. Whatever cuts it off, the work beside takes them up.</summary>
    public async Task CarryOutAsync(BulkPublishStart start, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        foreach (var run in start.Runs)
        {
            await publisher.RunAsync(run, actor, cancellationToken);
        }
    }

    /// <summary>The same, for a caller who does not wait.</summary>
    public void CarryOutUnawaited(BulkPublishStart start, Actor actor)
    {
        actor.Demand(Policies.Administer);
        _ = Task.Run(async () =>
        {
            try
            {
                await CarryOutAsync(start, actor, CancellationToken.None);
            }
            catch (Exception e)
            {
                logger.LogError(e, "Publishing was interrupted; the orders {Runs} are taken up again",
                    string.Join(", ", start.Runs.Select(run => run.Id)));
            }
        });
    }

    /// <summary>The orders that were last given to an account at once.</summary>
    public async Task<IReadOnlyList<PublishRun>> ListLastAsync(int account, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return await store.ListLastBatchAsync(account, cancellationToken);
    }

    private NewOrder OrderOf(BulkPublishRow row, int account, string? accountName, Guid batch, string? secret, Actor actor)
    {
        var now = time.GetUtcNow();
        var run = new PublishRun
        {
            Kind = row.Channel.Kind, ChannelId = row.Channel.Id, Name = row.Name, AccountId = account, Batch = batch,
            Removes = row.Removes, Wanted = row.Plan?.Wanted.Write(), WantedSecret = secret, By = actor.Name, StartedAt = now,
        };
        return row.IsLinked ? new NewOrder(run, null, null) : new NewOrder(run, NewLink(row.Channel, row.Name, account, now),
            trail.Entry(actor, $"{AuditedChannel.KindOf(row.Channel.Kind)}.link",
                new AuditSubject(AuditedChannel.KindOf(row.Channel.Kind), row.Channel.Id.ToString(CultureInfo.InvariantCulture), row.Name),
                [new FieldChange("account", null, accountName)]));
    }

    private async Task<(IReadOnlyList<BulkPublishRow> Rows, IReadOnlyDictionary<int, PublishedHere> Here, VendorAnswer Answer)> MakeAsync(
        int account, CancellationToken cancellationToken)
    {
        var nothing = new Dictionary<int, PublishedHere>();
        if (await accounts.FindAsync(account, cancellationToken) is not { } found)
        {
            return ([], nothing, new VendorAnswer(VendorCodes.AccountGone));
        }

        var vendor = vendors.Single(vendor => vendor.Vendor == found.Kind);
        var (answer, all) = await vendor.ListAsync(account, cancellationToken);
        if (!answer.IsAccepted)
        {
            return ([], nothing, answer);
        }

        var here = await vendor.FindAsync(channels: null, cancellationToken);
        var links = (await store.ListAsync(null, cancellationToken)).Where(link => link.Kind == vendor.Channels)
            .ToDictionary(link => link.ChannelId);
        List<BulkPublishRow> rows = [.. PlanChannels(vendor.Channels, account, here, links, all)];
        rows.AddRange(links.Values.Where(link => link.AccountId == account && !here.ContainsKey(link.ChannelId)
                && all?.Any(there => there.Id == link.VendorId) == true)
            .Select(link => new BulkPublishRow(link.Key, link.Name, IsLinked: true)));
        return ([.. rows.OrderBy(row => row.Name, StringComparer.CurrentCulture).ThenBy(row => row.Channel.Id)], here, answer);
    }

    private static IEnumerable<BulkPublishRow> PlanChannels(ChannelKind kind, int account, IReadOnlyDictionary<int, PublishedHere> here,
        IReadOnlyDictionary<int, ChannelLink> links, IReadOnlyList<VendorChannel>? all)
    {
        var taken = links.Values.Where(link => link.AccountId == account).Select(link => link.VendorId).OfType<int>().ToHashSet();
        foreach (var (id, channel) in here.OrderBy(one => one.Key))
        {
            var link = links.GetValueOrDefault(id);
            if (link is not null && link.AccountId != account)
            {
                continue;
            }

            var key = new ChannelKey(kind, id);
            var own = link ?? NewLink(key, channel.Wanted.Name, account, default);
            var plan = PublishPlan.Make(channel, own, all, taken.Where(other => other != own.VendorId).ToHashSet());
            if (plan is { TakesOver: true, There: { } there })
            {
                // Names are not unique: two channels cannot take over the same one.
                taken.Add(there.Id);
            }

            yield return new BulkPublishRow(key, channel.Wanted.Name, link is not null) { Plan = plan };
        }
    }

    private static ChannelLink NewLink(ChannelKey channel, string name, int account, DateTimeOffset now) => new()
    {
        Kind = channel.Kind, ChannelId = channel.Id, AccountId = account, Name = name, NextReadAt = now + PublishWork.DriftEvery,
        CreatedAt = now,
    };
}
