using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>How many deliveries are in each state, without ever counting those that have ended: the open ones are counted by their index,
/// and each lane keeps the number of its final ones, changed in the transactions that lock the lane's row anyway.</summary>
internal sealed class DeliveryTotalsStore(IDbContextFactory<NotifyDbContext> contexts)
{
    /// <summary>All states, also those without a delivery, and when the oldest open delivery was created.</summary>
    public async Task<DeliveryTotals> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Per state, as the index is ordered: ids grow with time, so the first is the oldest.
        var open = await context.Deliveries.AsNoTracking().Where(OpenStates.IsOpen).GroupBy(d => d.State)
            .Select(g => new { State = g.Key, Count = g.LongCount(), First = g.Min(d => d.Id) })
            .ToListAsync(cancellationToken);
        var first = open.Select(o => o.First).ToArray();
        DateTimeOffset? oldest = first.Length == 0
            ? null
            : await context.Deliveries.Where(d => first.Contains(d.Id)).MinAsync(d => (DateTimeOffset?)d.CreatedAt, cancellationToken);
        var ended = await context.ChannelLanes.GroupBy(_ => 1)
            .Select(g => new { Sent = g.Sum(l => l.SentCount), Failed = g.Sum(l => l.FailedCount), GivenUp = g.Sum(l => l.GivenUpCount),
                Skipped = g.Sum(l => l.SkippedCount) })
            .SingleOrDefaultAsync(cancellationToken);

        var counts = DeliveryStates.All.ToDictionary(state => state, _ => 0L);
        open.ForEach(o => counts[o.State] = o.Count);
        counts[DeliveryState.Sent] = ended?.Sent ?? 0;
        counts[DeliveryState.Failed] = ended?.Failed ?? 0;
        counts[DeliveryState.GivenUp] = ended?.GivenUp ?? 0;
        counts[DeliveryState.Skipped] = ended?.Skipped ?? 0;
        return new DeliveryTotals(counts, oldest);
    }

    /// <summary>Counts deliveries of a channel into final states, or out of them where negative. Call it in the transaction that moves
    /// them; open states are ignored.</summary>
    public static async Task CountAsync(
        NotifyDbContext context, ChannelKey channel, IEnumerable<(DeliveryState State, int Count)> moved,
        CancellationToken cancellationToken)
    {
        var byState = moved.Where(m => m.State.IsFinal()).GroupBy(m => m.State).ToDictionary(g => g.Key, g => g.Sum(m => m.Count));
        if (byState.Values.All(count => count == 0))
        {
            return;
        }

        var (sent, failed) = (byState.GetValueOrDefault(DeliveryState.Sent), byState.GetValueOrDefault(DeliveryState.Failed));
        var (givenUp, skipped) = (byState.GetValueOrDefault(DeliveryState.GivenUp), byState.GetValueOrDefault(DeliveryState.Skipped));
        var id = ChannelLane.IdOf(channel);
        await context.ChannelLanes.Where(l => l.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(l => l.SentCount, l => l.SentCount + sent)
                .SetProperty(l => l.FailedCount, l => l.FailedCount + failed)
                .SetProperty(l => l.GivenUpCount, l => l.GivenUpCount + givenUp)
                .SetProperty(l => l.SkippedCount, l => l.SkippedCount + skipped),
            cancellationToken);
    }
}

/// <param name="Counts">Every state. Final ones count what retention has removed, too.</param>
/// <param name="OldestOpenSince">Null when nothing is open.</param>
internal sealed record DeliveryTotals(IReadOnlyDictionary<DeliveryState, long> Counts, DateTimeOffset? OldestOpenSince);
