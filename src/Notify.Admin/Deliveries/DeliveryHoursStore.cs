using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Deliveries counted by channel, by the hour in which they were made, and by state: the one source of health strips. Its cost
/// grows with a day's deliveries, not with the table.</summary>
internal static class DeliveryHoursStore
{
    // LINQ cannot divide a time; times are ticks in every database. COUNT is an int in some and a long in others.
    private const string HourOf = "/ CAST(36000000000 AS bigint)";

    private const string PerHour =
        $$"""
        SELECT "ChannelKind" AS "Kind", "ChannelId", "CreatedAt" {{HourOf}} AS "Hour", "State", CAST(COUNT(*) AS bigint) AS "Count"
        FROM "Deliveries" WHERE "Id" >= {0} AND "CreatedAt" >= {1}
        GROUP BY "ChannelKind", "ChannelId", "CreatedAt" {{HourOf}}, "State"
        """;

    /// <summary>Those of some channels.</summary>
    /// <param name="from">The beginning of an hour.</param>
    public static async Task<IReadOnlyList<DeliveryHour>> CountAsync(NotifyDbContext context, DateTimeOffset from,
        IReadOnlyCollection<ChannelKey> channels, CancellationToken cancellationToken)
    {
        var slack = channels.Where(channel => channel.Kind == ChannelKind.Slack).Select(channel => channel.Id).ToList();
        var dingTalk = channels.Where(channel => channel.Kind == ChannelKind.DingTalk).Select(channel => channel.Id).ToList();
        return await EventIndex.WithinAsync(context, from, null, cancellationToken) is { } range
            && await EventIndex.FirstDeliveryAsync(context, range.From, cancellationToken) is { } first
            ? await context.Database.SqlQueryRaw<DeliveryHour>(PerHour, first, from.UtcTicks)
                .Where(hour => (hour.Kind == (int)ChannelKind.Slack && slack.Contains(hour.ChannelId))
                    || (hour.Kind == (int)ChannelKind.DingTalk && dingTalk.Contains(hour.ChannelId)))
                .ToListAsync(cancellationToken)
            : [];
    }

    /// <summary>The hours of <paramref name="quiet"/> with what was counted in them.</summary>
    public static IReadOnlyList<HourOfSending> Fill(IReadOnlyList<HourOfSending> quiet, IEnumerable<DeliveryHour> counted)
    {
        var byHour = counted.ToLookup(count => count.Hour);
        return [.. quiet.Select(hour => byHour[hour.From.UtcTicks / TimeSpan.TicksPerHour].Aggregate(hour, Add))];
    }

    private static HourOfSending Add(HourOfSending hour, DeliveryHour part)
    {
        var (sent, failed, open) = Outcomes.Of((DeliveryState)part.State, part.Count);
        return hour with { Sent = hour.Sent + sent, Failed = hour.Failed + failed, Open = hour.Open + open };
    }
}

/// <summary>One channel's deliveries of one hour in one state.</summary>
internal sealed class DeliveryHour
{
    public int Kind { get; init; }

    public int ChannelId { get; init; }

    /// <summary>Counted from the beginning of time.</summary>
    public long Hour { get; init; }

    public int State { get; init; }

    public long Count { get; init; }
}
