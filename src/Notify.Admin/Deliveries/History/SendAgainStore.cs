using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Puts final deliveries back into their lanes, where they get a new message.</summary>
internal sealed class SendAgainStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, TimeProvider time)
{
    /// <summary>The states of those of these deliveries that are still there. A repeat that was counted in another delivery has arrived
    /// with that.</summary>
    public async Task<IReadOnlyDictionary<long, DeliveryState>> StatesAsync(
        IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        Dictionary<long, DeliveryState> states = [];
        foreach (var batch in ids.Chunk(SendAgain.BatchSize))
        {
            var part = await context.Deliveries.Where(d => batch.Contains(d.Id)).Select(d => new { d.Id, d.State, d.RepeatOf })
                .ToListAsync(cancellationToken);
            foreach (var delivery in part)
            {
                states[delivery.Id] = delivery.RepeatOf == null ? delivery.State : DeliveryState.Sent;
            }
        }

        return states;
    }

    /// <summary>The channels that hold any of these because they need attention.</summary>
    public async Task<IReadOnlyList<ChannelKey>> ListNeedyChannelsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        HashSet<ChannelKey> channels = [];
        foreach (var batch in ids.Chunk(SendAgain.BatchSize))
        {
            var part = await context.Deliveries
                .Where(d => batch.Contains(d.Id) && d.State == DeliveryState.Held && d.HoldReason == HoldReason.NeedsAttention)
                .Select(d => new { d.ChannelKind, d.ChannelId }).Distinct().ToListAsync(cancellationToken);
            channels.UnionWith(part.Select(d => new ChannelKey(d.ChannelKind, d.ChannelId)));
        }

        return [.. channels];
    }

    /// <summary>Makes those of <paramref name="ids"/> that are in one of <paramref name="states"/> wait again, in one transaction with the
    /// audit entry.</summary>
    /// <param name="entry">Makes the entry from the number of deliveries.</param>
    /// <returns>How many now wait again.</returns>
    public async Task<int> QueueAsync(
        IReadOnlyCollection<long> ids, IReadOnlyList<DeliveryState> states, string requestedBy, Func<int, AuditEntry> entry,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await contexts.InTransactionAsync(async (context, transaction) =>
        {
            var arrived = states.Contains(DeliveryState.Sent);
            var again = context.Deliveries.Where(d => ids.Contains(d.Id) && states.Contains(d.State) && (d.RepeatOf == null || arrived));
            var channels = await again.Select(d => new { d.ChannelKind, d.ChannelId }).Distinct().ToListAsync(cancellationToken);
            // First of all, since it locks the lanes: what is counted next is then what is changed, also when two people do this at once.
            await DeliveryQueue.WakeAsync(context, [.. channels.Select(c => new ChannelKey(c.ChannelKind, c.ChannelId))], now,
                cancellationToken);
            var ended = await again.GroupBy(d => new { d.ChannelKind, d.ChannelId, d.State }).Select(g => new { g.Key, Count = g.Count() })
                .ToListAsync(cancellationToken);
            var queued = await again.ExecuteUpdateAsync(
                set => set.SetProperty(d => d.State, DeliveryState.Waiting)
                    .SetProperty(d => d.HoldReason, HoldReason.None)
                    .SetProperty(d => d.Code, (string?)null)
                    .SetProperty(d => d.MessageId, (long?)null)
                    .SetProperty(d => d.MostTogether, (int?)null)
                    .SetProperty(d => d.RepeatOf, (long?)null)
                    .SetProperty(d => d.FirstAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(d => d.HeldSince, (DateTimeOffset?)null)
                    .SetProperty(d => d.DueAt, now)
                    .SetProperty(d => d.ChangedAt, now)
                    .SetProperty(d => d.RequestedBy, requestedBy),
                cancellationToken);
            if (queued == 0)
            {
                return 0;
            }

            context.AuditEntries.Add(entry(queued));
            await context.SaveChangesAsync(cancellationToken);
            foreach (var channel in ended.ToLookup(e => new ChannelKey(e.Key.ChannelKind, e.Key.ChannelId), e => (e.Key.State, -e.Count)))
            {
                await DeliveryTotalsStore.CountAsync(context, channel.Key, channel, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            feed.Announce(ChangeAreas.Deliveries);
            return queued;
        }, cancellationToken);
    }
}
