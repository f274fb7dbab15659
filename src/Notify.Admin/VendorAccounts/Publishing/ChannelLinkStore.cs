using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

/// <summary>Every query and save of links, and of the orders to publish.</summary>
internal sealed class ChannelLinkStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    public async Task<ChannelLink?> FindAsync(ChannelKey channel, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ChannelLinks.AsNoTracking()
            .SingleOrDefaultAsync(l => l.Kind == channel.Kind && l.ChannelId == channel.Id, cancellationToken);
    }

    /// <summary>All of them, or those of one account.</summary>
    public async Task<IReadOnlyList<ChannelLink>> ListAsync(int? account, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ChannelLinks.AsNoTracking().Where(l => account == null || l.AccountId == account)
            .OrderBy(l => l.Name).ThenBy(l => l.Kind).ThenBy(l => l.ChannelId).ToListAsync(cancellationToken);
    }

    /// <summary>The vendor's ids that belong to other channels of the same account.</summary>
    public async Task<IReadOnlySet<int>> ListOtherIdsAsync(ChannelLink link, CancellationToken cancellationToken) =>
        (await ListAsync(link.AccountId, cancellationToken)).Where(other => other.Key != link.Key)
            .Select(other => other.VendorId).OfType<int>().ToHashSet();

    /// <summary>Takes those that are due to be read again, so that no other instance does.</summary>
    public async Task<IReadOnlyList<ChannelLink>> TakeDueAsync(DateTimeOffset now, DateTimeOffset next, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await context.ChannelLinks.AsNoTracking().Where(l => l.NextReadAt <= now).ToListAsync(cancellationToken);
        List<ChannelLink> taken = [];
        foreach (var link in due)
        {
            if (await context.ChannelLinks
                .Where(l => l.Kind == link.Kind && l.ChannelId == link.ChannelId && l.NextReadAt == link.NextReadAt)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.NextReadAt, next), cancellationToken) > 0)
            {
                taken.Add(link);
            }
        }

        return taken;
    }

    /// <returns>False where the channel is linked already, or the account is gone.</returns>
    public async Task<bool> AddAsync(ChannelLink link, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.ChannelLinks.AnyAsync(l => l.Kind == link.Kind && l.ChannelId == link.ChannelId, cancellationToken)
                || !await context.VendorAccounts.AnyAsync(a => a.Id == link.AccountId, cancellationToken))
            {
                return false;
            }

            context.ChannelLinks.Add(link);
            context.AuditEntries.Add(entry);
            return true;
        }, cancellationToken);
    }

    /// <summary>Changes one as it stands; nothing where it is gone.</summary>
    public async Task ChangeAsync(ChannelKey channel, Action<ChannelLink> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.ChannelLinks.SingleOrDefaultAsync(
                l => l.Kind == channel.Kind && l.ChannelId == channel.Id, cancellationToken) is not { } row)
            {
                return false;
            }

            change(row);
            return true;
        }, cancellationToken);
    }

    /// <param name="entry">Null where another one tells of it.</param>
    public async Task RemoveAsync(ChannelKey channel, AuditEntry? entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.ChannelLinks.SingleOrDefaultAsync(
                l => l.Kind == channel.Kind && l.ChannelId == channel.Id, cancellationToken) is not { } row)
            {
                return false;
            }

            context.ChannelLinks.Remove(row);
            if (entry is not null)
            {
                context.AuditEntries.Add(entry);
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>Records an order.</summary>
    /// <returns>False while another one of the same channel is not over.</returns>
    public async Task<bool> OpenAsync(PublishRun run, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.PublishRuns.AnyAsync(
                r => r.Kind == run.Kind && r.ChannelId == run.ChannelId && r.State == PublishState.Open, cancellationToken))
            {
                return false;
            }

            context.PublishRuns.Add(run);
            return true;
        }, cancellationToken);
    }

    /// <summary>Records orders that are given at once, with the links that they need.</summary>
    /// <returns>Those that were recorded: not those of channels that are linked by now, or that another order is about.</returns>
    public async Task<IReadOnlyList<PublishRun>> OpenAllAsync(IReadOnlyList<NewOrder> orders, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        List<PublishRun> opened = [];
        await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            var accounts = await context.VendorAccounts.Select(a => a.Id).ToHashSetAsync(cancellationToken);
            var linked = (await context.ChannelLinks.Select(l => new { l.Kind, l.ChannelId }).ToListAsync(cancellationToken))
                .Select(l => new ChannelKey(l.Kind, l.ChannelId)).ToHashSet();
            var busy = (await context.PublishRuns.Where(r => r.State == PublishState.Open).Select(r => new { r.Kind, r.ChannelId })
                .ToListAsync(cancellationToken)).Select(r => new ChannelKey(r.Kind, r.ChannelId)).ToHashSet();
            foreach (var order in orders.Where(order => accounts.Contains(order.Run.AccountId) && busy.Add(order.Run.Key)
                && linked.Contains(order.Run.Key) == (order.Link is null)))
            {
                if (order.Link is { } link)
                {
                    context.ChannelLinks.Add(link);
                    context.AuditEntries.Add(order.Linked!);
                }

                context.PublishRuns.Add(order.Run);
                opened.Add(order.Run);
            }

            return opened.Count > 0;
        }, cancellationToken);
        return opened;
    }

    /// <summary>The orders that were last given at once to an account.</summary>
    public async Task<IReadOnlyList<PublishRun>> ListLastBatchAsync(int account, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PublishRuns.Where(r => r.AccountId == account && r.Batch != null).OrderByDescending(r => r.Id)
            .Select(r => r.Batch).FirstOrDefaultAsync(cancellationToken) is { } batch
            ? await context.PublishRuns.AsNoTracking().Where(r => r.Batch == batch).OrderBy(r => r.Id).ToListAsync(cancellationToken) : [];
    }

    /// <summary>Ends an order, with its entry in the trail; nothing where it is over.</summary>
    public async Task EndAsync(long run, Action<PublishRun> end, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.PublishRuns.SingleOrDefaultAsync(r => r.Id == run && r.State == PublishState.Open, cancellationToken)
                is not { } row)
            {
                return false;
            }

            end(row);
            context.AuditEntries.Add(entry);
            return true;
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<PublishRun>> ListOpenAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PublishRuns.AsNoTracking().Where(r => r.State == PublishState.Open).OrderBy(r => r.Id)
            .ToListAsync(cancellationToken);
    }

    public async Task<bool> IsOpenAsync(long run, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PublishRuns.AnyAsync(r => r.Id == run && r.State == PublishState.Open, cancellationToken);
    }

    /// <summary>The newest order about a channel.</summary>
    public async Task<PublishRun?> FindLastAsync(ChannelKey channel, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PublishRuns.AsNoTracking().Where(r => r.Kind == channel.Kind && r.ChannelId == channel.Id)
            .OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The newest order about each of these channels, by their ids; nothing of those without one.</summary>
    public async Task<IReadOnlyDictionary<int, PublishRun>> ListLastAsync(
        ChannelKind kind, IReadOnlyCollection<int> channels, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = context.PublishRuns.Where(r => r.Kind == kind && channels.Contains(r.ChannelId))
            .GroupBy(r => r.ChannelId).Select(about => about.Max(r => r.Id));
        return await context.PublishRuns.AsNoTracking().Where(r => newest.Contains(r.Id))
            .ToDictionaryAsync(r => r.ChannelId, cancellationToken);
    }
}

/// <param name="Link">Where the channel is not linked yet.</param>
/// <param name="Linked">What the trail says of that.</param>
internal sealed record NewOrder(PublishRun Run, ChannelLink? Link, AuditEntry? Linked);
