using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>A channel that fails, or of whose outage somebody was told.</summary>
/// <param name="Since">Since when it fails; null when it is well again.</param>
/// <param name="IsTroubled">The last attempt failed, and nobody has edited it or asked to try again since.</param>
/// <param name="Told">What the fallback was told; null when nothing.</param>
internal sealed record TroubledChannel(
    ChannelKey Channel, DateTimeOffset? Since, bool IsTroubled, bool NeedsAttention, string? Code, string? Detail, ChannelOutage? Told);

/// <summary>Which channels fail, and what their fallbacks have been told; and which have a drill before them.</summary>
internal sealed class OutageStore(IDbContextFactory<NotifyDbContext> contexts, TimeProvider time)
{
    public async Task<IReadOnlyList<TroubledChannel>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var told = await context.ChannelOutages.AsNoTracking().ToDictionaryAsync(o => o.LaneId, cancellationToken);
        var ids = told.Keys.ToArray();
        var lanes = await context.ChannelLanes.AsNoTracking().Where(l => l.FailingSince != null || ids.Contains(l.Id))
            .ToListAsync(cancellationToken);
        return
        [
            .. lanes.Select(l => new TroubledChannel(
                l.Channel, l.FailingSince, l.Condition != ChannelCondition.Ok, l.Condition == ChannelCondition.NeedsAttention,
                l.LastCode, l.LastDetail, told.GetValueOrDefault(l.Id))),
        ];
    }

    /// <summary>Another instance may have put it down already: it told the same.</summary>
    public async Task RememberAsync(ChannelKey channel, DateTimeOffset since, ChannelKey told, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ChannelOutages.Add(new ChannelOutage { LaneId = ChannelLane.IdOf(channel), Since = since, ToldKind = told.Kind,
            ToldId = told.Id });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (StoreErrors.IsDuplicate(e))
        {
            // As said.
        }
    }

    public async Task ForgetAsync(ChannelKey channel, CancellationToken cancellationToken)
    {
        var id = ChannelLane.IdOf(channel);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.ChannelOutages.Where(o => o.LaneId == id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Wakes the lanes with a drill that is due, and those whose drills are not planned as their schedule says, making those that
    /// are not there yet.</summary>
    /// <param name="plans">The schedules' marks.</param>
    public async Task<bool> WakeForDrillsAsync(IReadOnlyDictionary<ChannelKey, string> plans, CancellationToken cancellationToken)
    {
        var ids = plans.Keys.Select(ChannelLane.IdOf).ToArray();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var lanes = await context.ChannelLanes.Where(l => ids.Contains(l.Id))
            .Select(l => new { l.Id, l.DrillPlan, IsDue = l.DrillAt <= now && l.Condition != ChannelCondition.NeedsAttention })
            .ToDictionaryAsync(l => l.Id, cancellationToken);
        var asleep = plans.Where(p => lanes.GetValueOrDefault(ChannelLane.IdOf(p.Key)) is not { IsDue: false } lane
            || lane.DrillPlan != p.Value)
            .Select(p => p.Key).ToList();
        if (asleep.Count == 0)
        {
            return false;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await DeliveryQueue.WakeAsync(context, asleep, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
