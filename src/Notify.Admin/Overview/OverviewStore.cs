using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Shared;

namespace Notify.Admin.Overview;

/// <summary>Counts for the first page, over ranges of keys that begin with the time that is looked at: their cost grows with its events,
/// not with the table; and what they answer is bounded, whatever the number of channels.</summary>
internal sealed class OverviewStore(IDbContextFactory<NotifyDbContext> contexts)
{
    // Looked through for what ended badly lately; a delivery can expire long after it was made.
    private const int MostUndelivered = 10_000;

    // LINQ cannot divide a time; times are ticks in every database. COUNT is an int in some and a long in others.
    private const string EventSteps =
        """
        SELECT "Step", "Severity", CAST(COUNT(*) AS bigint) AS "Count", CAST(SUM("Matched") AS bigint) AS "Matched"
        FROM (SELECT ("ReceivedAt" - {0}) / {1} AS "Step", "Severity", CASE WHEN "MatchCount" > 0 THEN 1 ELSE 0 END AS "Matched"
            FROM "Events" WHERE "Id" >= {2} AND "ReceivedAt" >= {0}) AS steps
        GROUP BY "Step", "Severity"
        """;

    private const string DeliverySteps =
        """
        SELECT "Step", "State", CAST(COUNT(*) AS bigint) AS "Count"
        FROM (SELECT ("CreatedAt" - {0}) / {1} AS "Step", "State" FROM "Deliveries" WHERE "Id" >= {2} AND "CreatedAt" >= {0}) AS steps
        GROUP BY "Step", "State"
        """;

    /// <param name="mostChannels">Of the busiest, and of those that went worst.</param>
    public async Task<FlowCounts> CountAsync(
        ChartRange range, DateTimeOffset from, int mostChannels, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await EventIndex.WithinAsync(context, from, null, cancellationToken) is not { } within)
        {
            return FlowCounts.None;
        }

        var events = await context.Database.SqlQueryRaw<EventStep>(EventSteps, from.UtcTicks, range.Step.Ticks, within.From)
            .ToListAsync(cancellationToken);
        if (await EventIndex.FirstDeliveryAsync(context, within.From, cancellationToken) is not { } first)
        {
            return FlowCounts.None with { Events = events };
        }

        var deliveries = await context.Database.SqlQueryRaw<OutcomeCount>(DeliverySteps, from.UtcTicks, range.Step.Ticks, first)
            .ToListAsync(cancellationToken);
        var made = context.Deliveries.Where(d => d.Id >= first && d.CreatedAt >= from);
        var byChannel = made.GroupBy(d => new { d.ChannelKind, d.ChannelId }).Select(g => new ChannelSum
        {
            Kind = g.Key.ChannelKind,
            Id = g.Key.ChannelId,
            All = g.LongCount(d => d.State != DeliveryState.Skipped),
            Sent = g.LongCount(d => d.State == DeliveryState.Sent),
            Failed = g.LongCount(d => d.State == DeliveryState.Failed || d.State == DeliveryState.GivenUp),
            Open = g.LongCount(d => d.State < OpenStates.FirstFinal),
        });
        var busiest = await byChannel.Where(c => c.All > 0).OrderByDescending(c => c.All).ThenBy(c => c.Kind).ThenBy(c => c.Id)
            .Take(mostChannels).ToListAsync(cancellationToken);
        var worst = await byChannel.Where(c => c.Failed > 0).OrderByDescending(c => c.Failed).ThenBy(c => c.Kind).ThenBy(c => c.Id)
            .Take(mostChannels).ToListAsync(cancellationToken);
        return new FlowCounts(events, deliveries, busiest, worst, await LatencyStore.TimesAsync([made], cancellationToken));
    }

    /// <summary>The last day of these channels, by hour.</summary>
    public async Task<ILookup<ChannelKey, DeliveryHour>> HoursAsync(
        IReadOnlyCollection<ChannelKey> channels, DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var hours = channels.Count == 0 ? [] : await DeliveryHoursStore.CountAsync(context, from, channels, cancellationToken);
        return hours.ToLookup(hour => new ChannelKey((ChannelKind)hour.Kind, hour.ChannelId));
    }

    /// <summary>Deliveries that failed or expired since a moment, by channel and cause.</summary>
    public async Task<IReadOnlyList<UndeliveredSum>> UndeliveredAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        List<UndeliveredSum> undelivered = [];
        foreach (var state in (DeliveryState[])[DeliveryState.Failed, DeliveryState.GivenUp])
        {
            var lately = await context.Deliveries.Where(d => d.State == state).OrderByDescending(d => d.Id).Take(MostUndelivered)
                .Where(d => d.ChangedAt >= since).GroupBy(d => new { d.ChannelKind, d.ChannelId, d.Code })
                .Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(cancellationToken);
            undelivered.AddRange(lately.Select(sum =>
                new UndeliveredSum(new ChannelKey(sum.Key.ChannelKind, sum.Key.ChannelId), sum.Key.Code, sum.Count)));
        }

        return undelivered;
    }

    public async Task<Landmarks> LandmarksAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return new Landmarks(
            await context.ChannelLanes.MaxAsync(l => l.LastSuccessAt, cancellationToken),
            await context.ChannelLanes.AnyAsync(l => l.LastTestAccepted == true, cancellationToken),
            await context.Events.AnyAsync(cancellationToken),
            await context.Deliveries.AnyAsync(d => d.State == DeliveryState.Sent, cancellationToken));
    }

    public sealed class EventStep
    {
        public long Step { get; init; }

        public Severity Severity { get; init; }

        public long Count { get; init; }

        public long Matched { get; init; }
    }

    public sealed class ChannelSum
    {
        public ChannelKind Kind { get; init; }

        public int Id { get; init; }

        public long All { get; init; }

        public long Sent { get; init; }

        public long Failed { get; init; }

        public long Open { get; init; }

        public ChannelKey Key => new(Kind, Id);
    }

    public sealed record FlowCounts(
        IReadOnlyList<EventStep> Events, IReadOnlyList<OutcomeCount> Deliveries,
        IReadOnlyList<ChannelSum> Busiest, IReadOnlyList<ChannelSum> Worst, IReadOnlyList<TimeSpan> Times)
    {
        public static readonly FlowCounts None = new([], [], [], [], []);
    }

    public sealed record UndeliveredSum(ChannelKey Channel, string? Code, long Count);

    public sealed record Landmarks(DateTimeOffset? LastSuccessAt, bool HasTested, bool HasEvent, bool HasSent);
}
