using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Finds the events that tests and drills tell.</summary>
internal sealed class TestEventStore(IDbContextFactory<NotifyDbContext> contexts)
{
    private const int MostShown = 20;

    // Of the newest events of all, those that a robot can be told are picked out: no more are read for it.
    private const int MostRead = 200;

    /// <summary>The chosen or given event, the newest that matched the channel, or the channel's own example.</summary>
    public async Task<EventRecord> FindAsync(IChannel channel, Destination destination, TestChoice choice, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (choice.Event is { } given)
        {
            return given;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rowId = choice.RowId;
        if (rowId is null && !choice.IsExample && destination.Key.Id != 0)
        {
            rowId = (await MatchedAsync(context, destination.Key, 1, cancellationToken)).Cast<long?>().FirstOrDefault();
        }

        var stored = rowId is null ? null
            : await context.Events.AsNoTracking().SingleOrDefaultAsync(e => e.Id == rowId, cancellationToken);
        return stored is null ? channel.Example(destination, now) : EventPayload.ToRecord(stored);
    }

    /// <summary>A stored event; null where it has been deleted.</summary>
    public async Task<EventRecord?> FindAsync(long rowId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Events.AsNoTracking().SingleOrDefaultAsync(e => e.Id == rowId, cancellationToken) is { } stored
            ? EventPayload.ToRecord(stored) : null;
    }

    /// <summary>The newest events that matched the channel, and then the newest of all others that it can be told. Newest first.</summary>
    public async Task<IReadOnlyList<TestEvent>> ListAsync(ChannelKey channel, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var matched = channel.Id == 0 ? [] : await MatchedAsync(context, channel, MostShown, cancellationToken);
        var newest = await ReadAsync(context.Events.OrderByDescending(e => e.Id).Take(MostRead), cancellationToken);
        var own = await ReadAsync(context.Events.Where(e => matched.Contains(e.Id)), cancellationToken);
        return
        [
            .. own.Select(found => found.Event with { Matched = true }),
            .. newest.Where(found => !matched.Contains(found.Event.RowId) && (channel.Kind != ChannelKind.DingTalk || found.IsAlert))
                .Select(found => found.Event).Take(MostShown),
        ];
    }

    private static async Task<List<(TestEvent Event, bool IsAlert)>> ReadAsync(IQueryable<IncomingEvent> events,
        CancellationToken cancellationToken)
    {
        var found = await events.AsNoTracking().OrderByDescending(e => e.Id)
            .Select(e => new { e.Id, e.Title, e.EventId, e.Severity, e.ReceivedAt, e.AlertType }).ToListAsync(cancellationToken);
        return [.. found.Select(e => (
            new TestEvent(e.Id, e.Title ?? e.EventId, e.Severity, e.ReceivedAt, Matched: false), e.AlertType is not null))];
    }

    // One range of the index for each part and state: a channel may have millions of deliveries.
    private static async Task<List<long>> MatchedAsync(NotifyDbContext context, ChannelKey channel, int most,
        CancellationToken cancellationToken)
    {
        var newest = new List<(long Id, long EventRowId)>();
        foreach (var (part, state) in context.EachByChannel().SelectMany(_ => Enum.GetValues<DeliveryState>(), ValueTuple.Create))
        {
            var rows = await part.AsNoTracking()
                .Where(d => d.ChannelKind == channel.Kind && d.ChannelId == channel.Id && d.State == state)
                .OrderByDescending(d => d.Id).Take(most).Select(d => new { d.Id, d.EventRowId }).ToListAsync(cancellationToken);
            newest.AddRange(rows.Select(row => (row.Id, row.EventRowId)));
        }

        return [.. newest.Distinct().OrderByDescending(row => row.Id).Take(most).Select(row => row.EventRowId)];
    }
}
