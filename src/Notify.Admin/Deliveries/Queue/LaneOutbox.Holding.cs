using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>What a worker writes where nothing is sent: holding, skipping, and what the lane waits for.</summary>
internal sealed partial class LaneOutbox
{
    /// <summary>Holds everything that waits.</summary>
    /// <param name="isKnown">What was held before is held so already, and need not be looked at.</param>
    /// <param name="counted">What is new and not among these is left alone: it was not looked at for repeats yet. Null where nobody
    /// looks for them.</param>
    /// <param name="dropsFrom">What has come since, and is to be dropped, is left alone: it may have come after what drops it had
    /// looked. Null where nothing is dropped.</param>
    public Task HoldAsync(ChannelLane lane, Hold hold, bool isKnown, CountedDeliveries? counted, DateTimeOffset? dropsFrom,
        CancellationToken cancellationToken)
    {
        var (reason, until, severities) = hold;
        var now = time.GetUtcNow();
        return ChangeAsync(lane, open => Counted(NotDropped(Within(NotHeld(open, hold, isKnown), severities), dropsFrom), counted)
            .ExecuteUpdateAsync(
                set => set.SetProperty(d => d.State, DeliveryState.Held)
                    .SetProperty(d => d.HoldReason, reason)
                    .SetProperty(d => d.DueAt, until)
                    .SetProperty(d => d.HeldSince, d => d.HeldSince ?? now)
                    .SetProperty(d => d.ChangedAt, now),
                cancellationToken), cancellationToken);
    }

    /// <summary>Ends everything open without sending it.</summary>
    public Task SkipAllAsync(ChannelLane lane, string code, CancellationToken cancellationToken) =>
        SkipAsync(lane, deliveries => deliveries, code, cancellationToken);

    /// <summary>Ends what has come since the channel was silenced. A summary that was promised is kept, and so is what somebody asked to
    /// be sent again.</summary>
    public Task DropAsync(ChannelLane lane, DateTimeOffset since, SeverityRange severities, CancellationToken cancellationToken) =>
        SkipAsync(
            lane, deliveries => Within(deliveries, severities)
                .Where(d => d.CreatedAt >= since && d.RequestedBy == null && d.HoldReason != HoldReason.Snoozed),
            OutcomeCodes.Snoozed, cancellationToken);

    /// <summary>The channel was edited, or somebody clicked "try again": it is well until shown otherwise.</summary>
    public async Task ForgiveAsync(ChannelLane lane, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await LaneStore.Held(context, lane).ExecuteUpdateAsync(LaneHealth.Forgive, cancellationToken);
        lane.Condition = ChannelCondition.Ok;
        lane.BackoffUntil = null;
        lane.FailureCount = 0;
        lane.SameCodeCount = 0;
        lane.RefusedCount = 0;
        lane.AttentionRevision = null;
    }

    /// <summary>Puts down when the next drill is due, and for which schedule.</summary>
    public async Task PlanDrillAsync(ChannelLane lane, string? plan, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await LaneStore.Held(context, lane).ExecuteUpdateAsync(
            set => set.SetProperty(l => l.DrillPlan, plan).SetProperty(l => l.DrillAt, at), cancellationToken);
        (lane.DrillPlan, lane.DrillAt) = (plan, at);
    }

    private static IQueryable<Delivery> Within(IQueryable<Delivery> deliveries, SeverityRange severities)
    {
        var (least, most, andNotStated) = severities;
        return deliveries.Where(d => (d.Severity >= least && d.Severity <= most) || (andNotStated && d.Severity == Severity.NotStated));
    }

    private static IQueryable<Delivery> NotDropped(IQueryable<Delivery> deliveries, DateTimeOffset? dropsFrom) =>
        dropsFrom is { } since ? deliveries.Where(d => d.CreatedAt < since || d.RequestedBy != null) : deliveries;

    // Nothing looks for repeats among what is held: so it waits for the next look, for which whoever committed it wakes the lane.
    private static IQueryable<Delivery> Counted(IQueryable<Delivery> deliveries, CountedDeliveries? counted) => counted?.Ids is { } ids
        ? deliveries.Where(d => d.State != DeliveryState.Waiting || d.Attempts > 0 || d.RequestedBy != null
            || EF.Parameter(ids).Contains(d.Id))
        : deliveries;

    // Two queries: what asks for the state alone is answered from the index, without reading the thousands that are held.
    private static IQueryable<Delivery> NotHeld(IQueryable<Delivery> deliveries, Hold hold, bool isKnown)
    {
        var (reason, until, _) = hold;
        // None can be sent before somebody acts, or the quiet hours or the snooze end: so what is retried waits with the rest.
        var holdsRetries = reason is HoldReason.NeedsAttention or HoldReason.QuietHours or HoldReason.Snoozed;
        return isKnown
            ? deliveries.Where(d => d.State == DeliveryState.Waiting || (d.State == DeliveryState.Retrying && holdsRetries))
            : deliveries.Where(d => d.State == DeliveryState.Waiting
                || (d.State == DeliveryState.Held && (d.HoldReason != reason || d.DueAt != until))
                || (d.State == DeliveryState.Retrying && holdsRetries));
    }

    private Task SkipAsync(
        ChannelLane lane, Func<IQueryable<Delivery>, IQueryable<Delivery>> which, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(lane, deliveries => which(deliveries).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Skipped)
                .SetProperty(d => d.HoldReason, HoldReason.None)
                .SetProperty(d => d.Code, code)
                .SetProperty(d => d.ChangedAt, now),
            cancellationToken), cancellationToken, DeliveryState.Skipped);
    }

    private async Task ChangeAsync(
        ChannelLane lane, Func<IQueryable<Delivery>, Task<int>> change, CancellationToken cancellationToken,
        DeliveryState into = DeliveryState.Held)
    {
        var changed = await commits.RunAsync(async context =>
        {
            await LaneStore.FenceAsync(context, lane, cancellationToken);
            var changed = await change(context.ByChannel().OpenIn(lane));
            await DeliveryTotalsStore.CountAsync(context, lane.Channel, [(into, changed)], cancellationToken);
            return changed;
        }, cancellationToken);
        if (changed > 0)
        {
            feed.Announce(ChangeAreas.Deliveries);
        }
    }
}
