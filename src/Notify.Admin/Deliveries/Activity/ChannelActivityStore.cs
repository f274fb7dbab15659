using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Counts one channel's deliveries and reads its attempts. Each query is a range of an index by channel: what other channels are
/// sent costs it nothing.</summary>
internal sealed class ChannelActivityStore(IDbContextFactory<NotifyDbContext> contexts)
{
    private const int MostMessages = 1000;
    private const int MostAttempts = 3000;

    private static readonly string Steps = StepsOf("");
    private static readonly string StepsInParts = StepsOf($"\"{DeliveryParts.Column}\" IN (0, 1) AND ");

    /// <summary>A moment with the first id that a delivery made since then may have; null where there is none.</summary>
    public async Task<MadeSince?> SinceAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await EventIndex.WithinAsync(context, from, null, cancellationToken) is { } events
            && await EventIndex.FirstDeliveryAsync(context, events.From, cancellationToken) is { } first
            ? new MadeSince(from, first) : null;
    }

    /// <summary>What became of the deliveries made since a moment, by step and state.</summary>
    public async Task<IReadOnlyList<OutcomeCount>> CountAsync(
        ChannelKey channel, MadeSince since, TimeSpan step, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Database.SqlQueryRaw<OutcomeCount>(
            context.Database.IsSqlite() ? StepsInParts : Steps, since.From.UtcTicks, step.Ticks, (int)channel.Kind, channel.Id,
            since.FirstId).ToListAsync(cancellationToken);
    }

    /// <summary>How long the newest deliveries since a moment took.</summary>
    public async Task<IReadOnlyList<TimeSpan>> TimesAsync(ChannelKey channel, MadeSince since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await LatencyStore.TimesAsync(
            context.EachByChannel().Select(part => part.Where(d => d.ChannelKind == channel.Kind && d.ChannelId == channel.Id
                && d.Id >= since.FirstId && d.CreatedAt >= since.From)),
            cancellationToken);
    }

    /// <summary>The newest attempts, oldest first, without tests; and whether there are no more on record.</summary>
    public async Task<(IReadOnlyList<AttemptBrief> Attempts, bool IsAll)> AttemptsAsync(
        ChannelKey channel, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = Newest(context, channel, MostMessages);
        var attempts = await messages.Where(m => m.Purpose != MessagePurpose.Test)
            .Join(context.Attempts, m => m.Id, a => a.MessageId, (_, attempt) => attempt)
            .OrderByDescending(a => a.Id).Take(MostAttempts)
            .Select(a => new { a.Id, a.StartedAt, a.Outcome, a.Code }).ToListAsync(cancellationToken);
        var isAll = attempts.Count < MostAttempts && await messages.CountAsync(cancellationToken) < MostMessages;
        return ([.. attempts.OrderBy(a => a.Id).Select(a => new AttemptBrief(a.StartedAt, a.Outcome, a.Code))], isAll);
    }

    /// <summary>The newest attempts with all that the vendor said, tests among them, newest first.</summary>
    public async Task<IReadOnlyList<StoryAttempt>> VerdictsAsync(ChannelKey channel, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var attempts = await Newest(context, channel, most * 4)
            .Join(context.Attempts, m => m.Id, a => a.MessageId, (_, attempt) => attempt)
            .Where(a => a.Outcome != AttemptOutcome.InFlight).OrderByDescending(a => a.Id).Take(most)
            .AsNoTracking().ToListAsync(cancellationToken);
        return [.. attempts.Select(StoryAttempt.Of)];
    }

    /// <summary>Since when the channel fails; null while it is well.</summary>
    public async Task<DateTimeOffset?> FailingSinceAsync(ChannelKey channel, CancellationToken cancellationToken)
    {
        var id = ChannelLane.IdOf(channel);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ChannelLanes.Where(l => l.Id == id && l.Condition != ChannelCondition.Ok).Select(l => l.FailingSince)
            .SingleOrDefaultAsync(cancellationToken);
    }

    // LINQ cannot divide a time; times are ticks in every database. COUNT is an int in some and a long in others. The index has the state
    // before the id: with every state named, each is a range of it that begins where the time does.
    private static string StepsOf(string part) =>
        $$"""
        SELECT "Step", "State", CAST(COUNT(*) AS bigint) AS "Count"
        FROM (SELECT ("CreatedAt" - {0}) / {1} AS "Step", "State" FROM "Deliveries"
            WHERE {{part}}"ChannelKind" = {2} AND "ChannelId" = {3} AND "State" IN ({{string.Join(", ", DeliveryStates.All.Select(s => (int)s))}})
                AND "Id" >= {4} AND "CreatedAt" >= {0}) AS steps
        GROUP BY "Step", "State"
        """;

    private static IQueryable<Message> Newest(NotifyDbContext context, ChannelKey channel, int most) =>
        context.Messages.Where(m => m.ChannelKind == channel.Kind && m.ChannelId == channel.Id).OrderByDescending(m => m.Id).Take(most);
}

/// <summary>Bounds the deliveries made since a moment by an id, too.</summary>
internal sealed record MadeSince(DateTimeOffset From, long FirstId);
