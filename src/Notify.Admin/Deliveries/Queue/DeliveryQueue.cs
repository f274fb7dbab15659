using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Makes the lanes of new deliveries due.</summary>
internal static class DeliveryQueue
{
    /// <summary>Wakes the lanes of <paramref name="channels"/>, making those that are not there yet. Call it after the deliveries were
    /// written, in their transaction: the lane's row lock then makes a worker that is about to let go look again.</summary>
    public static async Task WakeAsync(NotifyDbContext context, IReadOnlyCollection<ChannelKey> channels, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var known = await AddLanesAsync(context, channels, now, cancellationToken);
        await context.ChannelLanes.Where(l => known.Contains(l.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(l => l.Wakes, l => l.Wakes + 1)
            .SetProperty(l => l.DueAt, l => l.DueAt == null || l.DueAt > now ? now : l.DueAt), cancellationToken);
    }

    /// <summary>Has lanes change messages that stand at the vendor.</summary>
    public static async Task ReviseAsync(
        NotifyDbContext context, IReadOnlyCollection<ChannelKey> channels, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = channels.Select(ChannelLane.IdOf).ToArray();
        await context.ChannelLanes.Where(l => ids.Contains(l.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.HasRevisions, true), cancellationToken);
        await WakeAsync(context, channels, now, cancellationToken);
    }

    /// <summary>Makes the lanes that are not there yet, due at once.</summary>
    /// <returns>The ids of those that were there.</returns>
    public static async Task<IReadOnlyList<long>> AddLanesAsync(
        NotifyDbContext context, IReadOnlyCollection<ChannelKey> channels, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = channels.Select(ChannelLane.IdOf).Distinct().ToArray();
        var known = await context.ChannelLanes.Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToListAsync(cancellationToken);
        if (known.Count < ids.Length)
        {
            context.ChannelLanes.AddRange(channels.Distinct().Where(c => !known.Contains(ChannelLane.IdOf(c))).Select(c => new ChannelLane
            {
                Id = ChannelLane.IdOf(c),
                ChannelKind = c.Kind,
                ChannelId = c.Id,
                DueAt = now,
                Wakes = 1,
            }));
            await context.SaveChangesAsync(cancellationToken);
        }

        return known;
    }
}
