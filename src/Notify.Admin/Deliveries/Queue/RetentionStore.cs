using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Where a sweep is: events are looked at by when they came, oldest first.</summary>
internal readonly record struct RetentionCursor(DateTimeOffset ReceivedAt, long Id)
{
    public static readonly RetentionCursor Start = new(DateTimeOffset.MinValue, 0);
}

/// <summary>Deletes what is past its time, a batch per transaction: nobody who writes waits for more than one of them.</summary>
internal sealed class RetentionStore(IDbContextFactory<NotifyDbContext> contexts, TimeProvider time)
{
    /// <summary>So many at once.</summary>
    public const int BatchSize = 200;

    /// <summary>Deletes the oldest events before <paramref name="before"/> that have no open delivery, with everything that hangs on
    /// them.</summary>
    /// <param name="waiting">Those that go otherwise.</param>
    /// <returns>How many were deleted, and where to go on; null at the end.</returns>
    public async Task<(int Deleted, RetentionCursor? Next)> DeleteEventsAsync(DateTimeOffset before, RetentionCursor from,
        IReadOnlyList<IdRange> waiting, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var events = waiting.Aggregate(context.Events.AsQueryable(),
            (rest, range) => rest.Where(e => e.Id < range.From || e.Id >= range.Below));
        var old = await events
            .Where(e => e.ReceivedAt < before && (e.ReceivedAt > from.ReceivedAt || (e.ReceivedAt == from.ReceivedAt && e.Id > from.Id)))
            .OrderBy(e => e.ReceivedAt).ThenBy(e => e.Id).Take(BatchSize)
            .Select(e => new { e.Id, e.ReceivedAt })
            .ToListAsync(cancellationToken);
        if (old.Count == 0)
        {
            return (0, null);
        }

        var deleted = await DeleteAsync([.. old.Select(e => e.Id)], cancellationToken);
        return (deleted, new RetentionCursor(old[^1].ReceivedAt, old[^1].Id));
    }

    /// <summary>Deletes those of these events that have no open delivery, with everything that hangs on them.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteAsync(long[] ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var open = await context.Deliveries.Where(d => ids.Contains(d.EventRowId)).Where(OpenStates.IsOpen).Select(d => d.EventRowId)
            .ToListAsync(cancellationToken);
        ids = [.. ids.Except(open)];
        var messages = await context.MessageDeliveries
            .Where(m => context.Deliveries.Any(d => d.Id == m.DeliveryId && ids.Contains(d.EventRowId)))
            .Select(m => m.MessageId).Distinct().ToArrayAsync(cancellationToken);
        // Deliveries go with their event, attempts with their message. Looked at again: "send again" may have opened one meanwhile.
        var deleted = await context.Events
            .Where(e => ids.Contains(e.Id) && !context.Deliveries.Any(d => d.EventRowId == e.Id && d.State < OpenStates.FirstFinal))
            .ExecuteDeleteAsync(cancellationToken);
        await context.Messages.Where(m => messages.Contains(m.Id) && !context.MessageDeliveries.Any(d => d.MessageId == m.Id))
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }

    /// <summary>Deletes messages that carry nothing: tests, drills, and what lost its last delivery.</summary>
    /// <param name="from">After this id.</param>
    /// <param name="waiting">Those that go otherwise.</param>
    /// <returns>How many were deleted, and where to go on; null at the end.</returns>
    public async Task<(int Deleted, long? Next)> DeleteMessagesAsync(DateTimeOffset before, long from,
        IReadOnlyList<IdRange> waiting, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = waiting.Aggregate(context.Messages.AsQueryable(),
            (rest, range) => rest.Where(m => m.Id < range.From || m.Id >= range.Below));
        // By id, which rises with the time: the first that is younger ends it, without a look at all that follow.
        var old = await messages.Where(m => m.Id > from).OrderBy(m => m.Id).Take(BatchSize)
            .Select(m => new { m.Id, m.CreatedAt, IsEmpty = !context.MessageDeliveries.Any(d => d.MessageId == m.Id) })
            .ToListAsync(cancellationToken);
        var ids = old.Where(m => m.CreatedAt < before && m.IsEmpty).Select(m => m.Id).ToArray();
        var deleted = ids.Length == 0 ? 0 : await context.Messages.Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync(cancellationToken);
        return (deleted, old.Count < BatchSize || old.TrueForAll(m => m.CreatedAt >= before) ? null : old[^1].Id);
    }

    /// <summary>Deletes counters of repeats and reservations of budget that no longer count for anything.</summary>
    public async Task DeleteExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counted = now - TimeSpan.FromMinutes(Channels.Deduplication.MostMinutes);
        await context.RepeatCounters.Where(c => c.Since < counted).ExecuteDeleteAsync(cancellationToken);
        // No window is this long; those of destinations that are in use are cleared as they are used.
        var reserved = now - TimeSpan.FromHours(1);
        await context.PacingSlots.Where(s => s.At < reserved).ExecuteDeleteAsync(cancellationToken);
    }
}
