using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Ends what waits and depends on a problem that came after it.</summary>
internal sealed partial class LaneOutbox
{
    /// <summary>Ends deliveries unsent, with the problem on record at their events, and counts the events at their problems. What a problem
    /// held back that has ended meanwhile is left as it is.</summary>
    public async Task InhibitAsync(ChannelLane lane, IReadOnlyList<LateDependant> dependants, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await commits.RunAsync(async context =>
        {
            List<long> ended = [];
            // Problems before the lane, and in one order, as intake locks them.
            foreach (var held in dependants.GroupBy(dependant => dependant.ProblemRowId).OrderBy(held => held.Key))
            {
                if (await HoldBackAsync(context, held.Key, [.. held], cancellationToken))
                {
                    ended.AddRange(held.Select(dependant => dependant.Delivery.Id));
                }
            }

            await LaneStore.FenceAsync(context, lane, cancellationToken);
            var skipped = await context.ByChannel().OpenIn(lane).Where(d => ended.Contains(d.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.State, DeliveryState.Skipped)
                    .SetProperty(d => d.HoldReason, HoldReason.None)
                    .SetProperty(d => d.Code, OutcomeCodes.Inhibited)
                    .SetProperty(d => d.ChangedAt, now),
                cancellationToken);
            await DeliveryTotalsStore.CountAsync(context, lane.Channel, [(DeliveryState.Skipped, skipped)], cancellationToken);
            return true;
        }, cancellationToken);
        feed.Announce(ChangeAreas.Events);
        feed.Announce(ChangeAreas.Deliveries);
    }

    // An event that another channel has held back already is counted there.
    private static async Task<bool> HoldBackAsync(
        NotifyDbContext context, long problemRowId, IReadOnlyList<LateDependant> held, CancellationToken cancellationToken)
    {
        if (!await OpenProblemStore.CountAsync(context, problemRowId, held.Count, cancellationToken))
        {
            return false;
        }

        var by = held[0].By;
        var events = held.Select(dependant => dependant.Delivery.EventRowId).ToArray();
        var fresh = await context.Events.Where(e => events.Contains(e.Id) && e.InhibitedBy == null).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.Inhibition, by.Inhibition).SetProperty(e => e.InhibitedBy, by.By), cancellationToken);
        if (fresh < held.Count)
        {
            await OpenProblemStore.CountAsync(context, problemRowId, fresh - held.Count, cancellationToken);
        }

        return true;
    }
}
