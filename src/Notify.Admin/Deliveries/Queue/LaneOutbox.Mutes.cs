using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Ends what comes of muted problems, and counts it.</summary>
internal sealed partial class LaneOutbox
{
    /// <summary>Ends deliveries unsent, counts them at their mutes, and ends the mutes whose problem has ended.</summary>
    public async Task MuteAsync(ChannelLane lane, MutePlan plan, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // In turn with what people change of mutes: lanes hold them by the version of pauses.
        await feed.ChangeInTurnAsync(context, ChangeAreas.Pauses, async () =>
        {
            await LaneStore.FenceAsync(context, lane, cancellationToken);
            foreach (var muted in plan.Skipped)
            {
                var ids = muted.Select(delivery => delivery.Id).ToArray();
                var skipped = await context.ByChannel().OpenIn(lane).Where(d => ids.Contains(d.Id)).ExecuteUpdateAsync(
                    set => set.SetProperty(d => d.State, DeliveryState.Skipped)
                        .SetProperty(d => d.HoldReason, HoldReason.None)
                        .SetProperty(d => d.Code, OutcomeCodes.Muted)
                        .SetProperty(d => d.ChangedAt, now),
                    cancellationToken);
                await DeliveryTotalsStore.CountAsync(context, lane.Channel, [(DeliveryState.Skipped, skipped)], cancellationToken);
                await context.ProblemMutes.Where(m => m.Id == muted.Key)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.Skipped, m => m.Skipped + skipped), cancellationToken);
            }

            foreach (var (id, at) in plan.Ended)
            {
                await context.ProblemMutes.Where(m => m.Id == id && m.EndsAt > at)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.EndsAt, at), cancellationToken);
            }

            return true;
        }, cancellationToken);
        feed.Announce(ChangeAreas.Deliveries);
    }
}
