using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>What a worker does when the world around it moves: the store goes away, or the clock is set.</summary>
internal sealed partial class LaneOutbox
{
    /// <summary>After verdicts could not be committed: the same messages with their rows as they are now, to try again. Null when they were
    /// committed after all, and only the answer was lost.</summary>
    /// <exception cref="LeaseLostException">Another worker has the lane, and has taken them for unknown.</exception>
    public async Task<(ChannelLane Lane, IReadOnlyList<Ended> Ended)?> RereadAsync(ChannelLane lane, IReadOnlyList<Ended> ended,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var attemptIds = ended.Select(e => e.Begun.Attempt.Id).ToArray();
        var attempts = await context.Attempts.AsNoTracking().Where(a => attemptIds.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, cancellationToken);
        if (attempts.Values.All(a => a.Outcome != AttemptOutcome.InFlight))
        {
            return null;
        }

        var current = await LaneStore.Held(context, lane).AsNoTracking().SingleOrDefaultAsync(cancellationToken)
            ?? throw new LeaseLostException();
        var ids = ended.SelectMany(e => e.Begun.Outgoing.Deliveries.Select(d => d.Id)).ToArray();
        var rows = await context.Deliveries.AsNoTracking().Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, cancellationToken);
        var messageIds = ended.Select(e => e.Begun.Message.Id).ToArray();
        var messages = await context.Messages.AsNoTracking().Where(m => messageIds.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, cancellationToken);
        return (current, [.. ended.Select(e => e with
        {
            Begun = new Begun(
                e.Begun.Outgoing with { Deliveries = [.. e.Begun.Outgoing.Deliveries.Select(d => rows[d.Id])] },
                messages[e.Begun.Message.Id], attempts[e.Begun.Attempt.Id]),
        })]);
    }

    /// <summary>The clock was set back: what the lane and its retries wait for moves back with it, or it would wait that much
    /// longer.</summary>
    public async Task SetBackAsync(ChannelLane lane, Destination destination, TimeSpan by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await LaneStore.FenceAsync(context, lane, cancellationToken);
        context.ChannelLanes.Attach(lane);
        LaneHealth.SetBack(lane, by, now);
        foreach (var delivery in await context.ByChannel().OpenIn(lane).Where(d => d.State == DeliveryState.Retrying && d.ChangedAt > now)
            .ToListAsync(cancellationToken))
        {
            delivery.DueAt -= by;
            delivery.ChangedAt = now;
        }

        await PacingStore.SetBackAsync(context, destination.Fingerprint, now, by, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
