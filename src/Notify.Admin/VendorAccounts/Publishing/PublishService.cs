using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>What people do about publishing channels. Every call checks the actor's policy.</summary>
internal sealed class PublishService(ChannelLinkStore store, VendorAccountStore accounts, IEnumerable<IPublishVendor> vendors,
    Publisher publisher, ProvisionedMarks files, AuditTrail trail, TimeProvider time)
{
    /// <summary>How a channel is published; null where it is not linked.</summary>
    public async Task<PublishView?> FindAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var vendor = vendors.Of(channel.Kind);
        return await store.FindAsync(channel, cancellationToken) is { } link
            && await accounts.FindAsync(link.AccountId, cancellationToken) is { } account
            ? new PublishView(link, account.Name,
                PublishStandings.Of(link, await vendor.FindAsync(channel.Id, cancellationToken), vendor.TellsWhatItHas),
                await store.FindLastAsync(channel, cancellationToken))
            : null;
    }

    /// <summary>The vendor that channels of a kind are published to.</summary>
    public VendorKind VendorOf(ChannelKind kind, Actor actor)
    {
        actor.Demand(Policies.View);
        return vendors.Of(kind).Vendor;
    }

    /// <summary>The accounts to choose from, by id.</summary>
    public async Task<IReadOnlyDictionary<int, string>> ListAccountsAsync(
        ChannelKind kind, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var vendor = vendors.Of(kind).Vendor;
        return (await accounts.ListAsync(cancellationToken)).Where(account => account.Kind == vendor)
            .ToDictionary(account => account.Id, account => account.Name);
    }

    /// <summary>The links of an account whose channels were deleted here.</summary>
    public async Task<IReadOnlyList<GoneChannel>> ListGoneAsync(int account, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        List<GoneChannel> gone = [];
        foreach (var links in (await store.ListAsync(account, cancellationToken)).GroupBy(link => link.Kind))
        {
            var here = await vendors.Of(links.Key).FindAsync([.. links.Select(link => link.ChannelId)], cancellationToken);
            var left = links.Where(link => !here.ContainsKey(link.ChannelId)).ToList();
            var last = await store.ListLastAsync(links.Key, [.. left.Select(link => link.ChannelId)], cancellationToken);
            gone.AddRange(left.Select(link => new GoneChannel(link, last.GetValueOrDefault(link.ChannelId))));
        }

        return gone;
    }

    /// <summary>The file of the directory that says that it is linked; null where none does.</summary>
    public Task<ProvisionedObject?> FindFileAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return files.FindAsync(ProvisionedKinds.Link, LinkIdOf(channel), cancellationToken);
    }

    /// <summary>Links a channel to an account; nothing is published by it.</summary>
    /// <returns>False where it is linked already, one of the two is gone, or the account is at another vendor.</returns>
    public async Task<bool> LinkAsync(ChannelKey channel, int account, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var now = time.GetUtcNow();
        var vendor = vendors.Of(channel.Kind);
        return await vendor.FindAsync(channel.Id, cancellationToken) is { } found
            && await accounts.FindAsync(account, cancellationToken) is { } chosen && chosen.Kind == vendor.Vendor
            && await store.AddAsync(
                new ChannelLink
                {
                    Kind = channel.Kind, ChannelId = channel.Id, AccountId = account, Name = found.Wanted.Name,
                    NextReadAt = now + PublishWork.DriftEvery, CreatedAt = now,
                },
                trail.Entry(actor, $"{AuditedChannel.KindOf(channel.Kind)}.link", SubjectOf(channel, found.Wanted.Name),
                    [new FieldChange("account", null, chosen.Name)]),
                cancellationToken);
    }

    /// <summary>Ends the link; what was published stays there.</summary>
    public async Task UnlinkAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await store.FindAsync(channel, cancellationToken) is { } link)
        {
            var account = await accounts.FindAsync(link.AccountId, cancellationToken);
            await store.RemoveAsync(channel, trail.Entry(actor, $"{AuditedChannel.KindOf(channel.Kind)}.unlink",
                SubjectOf(channel, link.Name), [new FieldChange("account", account?.Name, null)]), cancellationToken);
        }
    }

    /// <summary>Reads what is there now, where the vendor tells, and says what publishing would do.</summary>
    /// <returns>A plan, or why there is none.</returns>
    public async Task<(PublishPlan? Plan, VendorAnswer Answer)> PlanAsync(
        ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var (plan, _, answer) = await MakeAsync(channel, cancellationToken);
        return (plan, answer);
    }

    /// <summary>Publishes by a plan that somebody has agreed to.</summary>
    /// <param name="basis"><see cref="PublishPlan.Basis"/> of that plan.</param>
    /// <returns>False where another plan holds by now, or another order is being carried out; its outcome is in the order.</returns>
    public async Task<bool> ApplyAsync(ChannelKey channel, string basis, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await MakeAsync(channel, cancellationToken) is not ({ } plan, { } here, _) || plan.Basis != basis
            || await store.FindAsync(channel, cancellationToken) is not { } link)
        {
            return false;
        }

        return await OrderAsync(new PublishRun
        {
            Kind = channel.Kind, ChannelId = channel.Id, Name = plan.Wanted.Name, AccountId = link.AccountId,
            Wanted = plan.Wanted.Write(), WantedSecret = here.Secret, By = actor.Name, StartedAt = time.GetUtcNow(),
        }, actor);
    }

    /// <summary>Takes away at the vendor what was published, and ends the link.</summary>
    /// <returns>False where another order is being carried out, or there is no link.</returns>
    public async Task<bool> RemoveAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        // The link ends only once it is gone there.
        await files.DemandFreeAsync(ProvisionedKinds.Link, LinkIdOf(channel), cancellationToken);
        return await store.FindAsync(channel, cancellationToken) is { } link && await OrderAsync(
            new PublishRun
            {
                Kind = channel.Kind, ChannelId = channel.Id, Name = link.Name, AccountId = link.AccountId, Removes = true,
                By = actor.Name, StartedAt = time.GetUtcNow(),
            }, actor);
    }

    /// <summary>Takes what was changed there as what is wanted here; what was changed here stays, to be published.</summary>
    /// <returns>False where there is nothing to take, or it cannot be kept here.</returns>
    public async Task<bool> AcceptAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await store.FindAsync(channel, cancellationToken) is not { SeenState: { } seen, PublishedState: { } published }
            || await vendors.Of(channel.Kind).AcceptAsync(channel.Id, seen, published, actor, cancellationToken) is not { } accepted)
        {
            return false;
        }

        await store.ChangeAsync(channel, row => row.Published = accepted.Write(), cancellationToken);
        return true;
    }

    private async Task<(PublishPlan? Plan, PublishedHere? Here, VendorAnswer Answer)> MakeAsync(
        ChannelKey channel, CancellationToken cancellationToken)
    {
        var vendor = vendors.Of(channel.Kind);
        if (await store.FindAsync(channel, cancellationToken) is not { } link
            || await vendor.FindAsync(channel.Id, cancellationToken) is not { } here)
        {
            return (null, null, new VendorAnswer(VendorCodes.LinkGone));
        }

        var (answer, all) = await vendor.ListAsync(link.AccountId, cancellationToken);
        if (vendor.TellsWhatItHas)
        {
            await store.ChangeAsync(channel, row => row.Read(answer, all ?? [], time.GetUtcNow()), cancellationToken);
        }

        return (answer.IsAccepted
            ? PublishPlan.Make(here, link, all, await store.ListOtherIdsAsync(link, cancellationToken)) : null, here, answer);
    }

    // Once recorded it is carried out, whether or not whoever ordered it is still there.
    private async Task<bool> OrderAsync(PublishRun run, Actor actor)
    {
        if (!await store.OpenAsync(run, CancellationToken.None))
        {
            return false;
        }

        await publisher.RunAsync(run, actor, CancellationToken.None);
        return true;
    }

    private static string LinkIdOf(ChannelKey channel) =>
        ProvisionedKinds.LinkIdOf(AuditedChannel.KindOf(channel.Kind), channel.Id.ToString(CultureInfo.InvariantCulture));

    private static AuditSubject SubjectOf(ChannelKey channel, string name) =>
        new(AuditedChannel.KindOf(channel.Kind), channel.Id.ToString(CultureInfo.InvariantCulture), name);
}

/// <summary>How a channel is published.</summary>
/// <param name="Last">The newest order; null while there was none.</param>
internal sealed record PublishView(ChannelLink Link, string Account, PublishStanding Standing, PublishRun? Last);

/// <summary>A link whose channel was deleted here.</summary>
/// <param name="Last">The newest order about it; null while there was none.</param>
internal sealed record GoneChannel(ChannelLink Link, PublishRun? Last);
