using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Puts deliveries into their channels' lanes, inside the transaction of whoever makes them.</summary>
internal static class DeliveryQueue
{
    /// <summary>Wakes the lanes of <paramref name="channels"/>, making those that are not there yet. Call it after the deliveries were
    /// written, in their transaction: the lane's row lock then makes a worker that is about to sleep look again.</summary>
    /// <param name="patience">How long a lane that sleeps until a moment (an interval, a back-off) may go on sleeping.</param>
    public static async Task WakeAsync(
        NotifyDbContext context, IReadOnlyCollection<ChannelKey> channels, DateTimeOffset now, TimeSpan patience, CancellationToken cancellationToken)
    {
        // In one order everywhere, so that two instances cannot lock each other out.
        var ids = channels.Select(ChannelLane.IdOf).Distinct().Order().ToArray();
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

        var latest = now + patience;
        await context.ChannelLanes.Where(l => known.Contains(l.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(l => l.Wakes, l => l.Wakes + 1)
                .SetProperty(l => l.DueAt, l => l.DueAt == null ? now : l.DueAt > latest ? latest : l.DueAt),
            cancellationToken);
    }
}
