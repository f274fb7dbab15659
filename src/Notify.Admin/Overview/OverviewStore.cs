using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Overview;

/// <summary>Counts for the first page, over a range of keys that begins a day ago: their cost grows with a day's events, not with the
/// table.</summary>
internal sealed class OverviewStore(IDbContextFactory<NotifyDbContext> contexts)
{
    // Looked through for what ended badly lately; a delivery can be given up long after it was made.
    private const int MostUndelivered = 10_000;

    // LINQ cannot divide a time; times are ticks in every database. COUNT is an int in some and a long in others.
    private const string HourOf = "/ CAST(36000000000 AS bigint)";

    private const string EventsPerHour =
        $$"""
        SELECT "ReceivedAt" {{HourOf}} AS "Hour", CAST(COUNT(*) AS bigint) AS "Count", CAST(SUM(CASE WHEN "MatchCount" > 0 THEN 1 ELSE 0 END) AS bigint) AS "Matched"
        FROM "Events" WHERE "ReceivedAt" >= {0} GROUP BY "ReceivedAt" {{HourOf}}
        """;

    /// <param name="from">The beginning of an hour.</param>
    public async Task<Counts> CountAsync(DateTimeOffset from, DateTimeOffset undeliveredSince, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        List<EventHour> events = [];
        IReadOnlyList<DeliveryHour> deliveries = [];
        if (await EventIndex.WithinAsync(context, from, null, cancellationToken) is not null)
        {
            events = await context.Database.SqlQueryRaw<EventHour>(EventsPerHour, from.UtcTicks).ToListAsync(cancellationToken);
            deliveries = await DeliveryHoursStore.CountAsync(context, from, null, cancellationToken);
        }

        Dictionary<ChannelKey, long> undelivered = [];
        foreach (var state in (DeliveryState[])[DeliveryState.Failed, DeliveryState.GivenUp])
        {
            var lately = await context.Deliveries.Where(d => d.State == state).OrderByDescending(d => d.Id).Take(MostUndelivered)
                .Where(d => d.ChangedAt >= undeliveredSince).GroupBy(d => new { d.ChannelKind, d.ChannelId })
                .Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(cancellationToken);
            foreach (var channel in lately)
            {
                var key = new ChannelKey(channel.Key.ChannelKind, channel.Key.ChannelId);
                undelivered[key] = undelivered.GetValueOrDefault(key) + channel.Count;
            }
        }

        return new Counts(events, deliveries, undelivered, await context.Events.AnyAsync(cancellationToken),
            await context.Deliveries.AnyAsync(d => d.State == DeliveryState.Sent, cancellationToken));
    }

    /// <summary>Events of one hour; hours count from the beginning of time.</summary>
    public sealed class EventHour
    {
        public long Hour { get; init; }

        public long Count { get; init; }

        public long Matched { get; init; }
    }

    public sealed record Counts(
        IReadOnlyList<EventHour> Events, IReadOnlyList<DeliveryHour> Deliveries, IReadOnlyDictionary<ChannelKey, long> Undelivered,
        bool HasEvent, bool HasSent);
}
