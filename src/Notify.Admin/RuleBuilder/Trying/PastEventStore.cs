using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.RuleBuilder;

/// <summary>Reads stored security alerts for trying rules on them.</summary>
internal sealed class PastEventStore(IDbContextFactory<NotifyDbContext> contexts)
{
    /// <summary>The events received since <paramref name="from"/>, counted by what rules can tell apart and by day: few rows, however many
    /// events.</summary>
    /// <param name="from">Where day 0 begins; a day has 24 hours.</param>
    public async Task<IReadOnlyList<EventShape>> CountShapesAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Times are ticks in every store, and a tick number divides by a day's; LINQ sees only the time. Grouped by what differs most
        // first: sorting compares less.
        var rows = await context.Database.SqlQueryRaw<ShapeRow>(
            """
            SELECT "AlertType", "ItemLevel", "EventType", "SubType", "Necessity", "GroupId", "Day", CAST(COUNT(*) AS INTEGER) AS "Count", MAX("Id") AS "NewestId"
            FROM (
                SELECT "AlertType", "ItemLevel", "EventType", "SubType", "Necessity", "GroupId", "Id", CAST(("ReceivedAt" - {0}) / {1} AS INTEGER) AS "Day"
                FROM "Events" WHERE "ReceivedAt" >= {0} AND "AlertType" IS NOT NULL) days
            GROUP BY "Day", "GroupId", "EventType", "ItemLevel", "Necessity", "SubType", "AlertType"
            """,
            from.UtcTicks,
            TimeSpan.TicksPerDay).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new EventShape(r.AlertType, r.ItemLevel, r.EventType, r.SubType, r.Necessity, r.GroupId, r.Day,
            r.Count, r.NewestId))];
    }

    /// <summary>Those of the events that are still stored, newest first.</summary>
    /// <param name="rowIds">A few.</param>
    public async Task<IReadOnlyList<IncomingEvent>> FindAsync(IReadOnlyCollection<long> rowIds, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Events.AsNoTracking().Where(e => rowIds.Contains(e.Id)).OrderByDescending(e => e.Id)
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<IncomingEvent>> ListNewestAsync(int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Events.AsNoTracking().OrderByDescending(e => e.Id).Take(most).ToListAsync(cancellationToken);
    }

    /// <summary>The suffixes of the alert types that an event has come for since <paramref name="from"/>.</summary>
    public async Task<IReadOnlyList<string>> ListTypesAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Events.AsNoTracking().Where(e => e.ReceivedAt >= from && e.AlertType != null)
            .Select(e => e.AlertType!).Distinct().ToListAsync(cancellationToken);
    }

    private sealed class ShapeRow
    {
        public string AlertType { get; init; } = string.Empty;

        public string? ItemLevel { get; init; }

        public string? EventType { get; init; }

        public string? SubType { get; init; }

        public string? Necessity { get; init; }

        public string? GroupId { get; init; }

        public int Day { get; init; }

        public int Count { get; init; }

        public long NewestId { get; init; }
    }
}
