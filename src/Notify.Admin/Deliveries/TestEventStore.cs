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

    /// <summary>The newest events that matched the channel; for one that none matched, the newest of its kind. Newest first.</summary>
    public async Task<IReadOnlyList<TestEvent>> ListAsync(ChannelKey channel, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var matched = channel.Id == 0 ? [] : await MatchedAsync(context, channel, MostShown, cancellationToken);
        var events = matched.Count > 0
            ? context.Events.Where(e => matched.Contains(e.Id))
            : context.Events.OrderByDescending(e => e.Id).Take(MostRead);
        var found = await events.AsNoTracking().OrderByDescending(e => e.Id)
            .Select(e => new { e.Id, e.Title, e.EventId, e.Severity, e.ReceivedAt, e.AlertType }).ToListAsync(cancellationToken);
        return [.. found
            .Where(e => matched.Count > 0 || channel.Kind != ChannelKind.DingTalk || e.AlertType is not null)
            .Take(MostShown)
            .Select(e => new TestEvent(e.Id, e.Title ?? e.EventId, e.Severity, e.ReceivedAt, matched.Count > 0))];
    }

    // One range of the index for each state: a channel may have millions of deliveries.
    private static async Task<List<long>> MatchedAsync(NotifyDbContext context, ChannelKey channel, int most,
        CancellationToken cancellationToken)
    {
        var newest = new List<(long Id, long EventRowId)>();
        foreach (var state in Enum.GetValues<DeliveryState>())
        {
            var rows = await context.Deliveries.AsNoTracking()
                .Where(d => d.ChannelKind == channel.Kind && d.ChannelId == channel.Id && d.State == state)
                .OrderByDescending(d => d.Id).Take(most).Select(d => new { d.Id, d.EventRowId }).ToListAsync(cancellationToken);
            newest.AddRange(rows.Select(row => (row.Id, row.EventRowId)));
        }

        return [.. newest.OrderByDescending(row => row.Id).Take(most).Select(row => row.EventRowId)];
    }
}
