using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Testing;

/// <summary>Writes events, deliveries, messages and attempts as the product would have left them, at any time and in any state.</summary>
public sealed class ActivitySeed(IDbContextFactory<NotifyDbContext> contexts)
{
    public static readonly ChannelKey Slack = new(ChannelKind.Slack, 1);
    public static readonly ChannelKey DingTalk = new(ChannelKind.DingTalk, 2);

    private int _count;

    /// <summary>The time of what is written without one.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    public async Task<IncomingEvent> EventAsync(
        string? id = null, string? title = null, string source = "tests", string type = "scan.completed", DateTimeOffset? at = null,
        Severity severity = Severity.Medium, int matches = 1, object? data = null, string? alertType = null)
    {
        id ??= $"event-{Interlocked.Increment(ref _count):D6}";
        var row = NewEvent(id, title, source, type, at ?? Now, severity, matches, data, alertType);
        await using var context = await contexts.CreateDbContextAsync();
        context.Events.Add(row);
        await context.SaveChangesAsync();
        return row;
    }

    /// <summary>A delivery of an event of its own, unless one is given.</summary>
    public async Task<Delivery> DeliveryAsync(
        DeliveryState state = DeliveryState.Sent, ChannelKey? channel = null, IncomingEvent? of = null, DateTimeOffset? at = null,
        Action<Delivery>? with = null)
    {
        of ??= await EventAsync(at: at);
        var row = NewDelivery(of, state, channel ?? Slack);
        with?.Invoke(row);
        await using var context = await contexts.CreateDbContextAsync();
        var entry = context.Deliveries.Add(row);
        if (context.Database.IsSqlite())
        {
            // In turn: what is asked of a channel has to be found in both parts of its index.
            entry.Property(DeliveryParts.Column).CurrentValue = of.Id % 2 == 0;
        }

        await context.SaveChangesAsync();
        return row;
    }

    /// <summary>So many deliveries to the Slack channel that have arrived, each of an event of its own.</summary>
    public async Task SentAsync(int count)
    {
        await using var context = await contexts.CreateDbContextAsync();
        foreach (var some in Enumerable.Range(0, count).Chunk(1000))
        {
            List<IncomingEvent> events = [.. some.Select(i =>
                NewEvent($"sent-{i:D6}", null, "tests", "scan.completed", Now, Severity.Medium, 1))];
            context.Events.AddRange(events);
            await context.SaveChangesAsync();
            context.Deliveries.AddRange(events.Select(of => NewDelivery(of, DeliveryState.Sent, Slack)));
            await context.SaveChangesAsync();
            context.ChangeTracker.Clear();
        }
    }

    /// <summary>A message that carries these deliveries, with its attempts.</summary>
    public async Task<Message> MessageAsync(IReadOnlyList<Delivery> deliveries,
        params IReadOnlyList<(AttemptOutcome Outcome, string Code)> attempts)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var message = new Message
        {
            ChannelKind = deliveries[0].ChannelKind,
            ChannelId = deliveries[0].ChannelId,
            Purpose = deliveries.Count == 1 ? MessagePurpose.Event : MessagePurpose.Digest,
            ShortId = deliveries.Count == 1 ? ShortIds.OfDelivery(deliveries[0].Id) : ShortIds.New(MessagePurpose.Digest),
            Preview = "What was sent",
            CreatedAt = deliveries[0].CreatedAt,
            AcceptedAt = attempts.Any(a => a.Outcome == AttemptOutcome.Accepted) ? deliveries[0].CreatedAt : null,
        };
        context.Messages.Add(message);
        await context.SaveChangesAsync();
        foreach (var delivery in deliveries)
        {
            context.MessageDeliveries.Add(new MessageDelivery { MessageId = message.Id, DeliveryId = delivery.Id });
            await context.Deliveries.Where(d => d.Id == delivery.Id).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.MessageId, message.Id).SetProperty(d => d.Attempts, attempts.Count));
        }

        context.Attempts.AddRange(attempts.Select((attempt, index) => new Attempt
        {
            MessageId = message.Id,
            StartedAt = deliveries[0].CreatedAt.AddSeconds(2 * index),
            DurationMilliseconds = 120 + index,
            Outcome = attempt.Outcome,
            Code = attempt.Code,
            RawAnswer = $$"""{"code":"{{attempt.Code}}"}""",
        }));
        await context.SaveChangesAsync();
        return message;
    }

    private static IncomingEvent NewEvent(string id, string? title, string source, string type, DateTimeOffset time, Severity severity,
        int matches, object? data = null, string? alertType = null) => new()
    {
        Key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\0{id}"))),
        Source = source,
        EventId = id,
        Type = type,
        Time = time,
        ReceivedAt = time,
        Severity = severity,
        Title = title,
        AlertType = alertType,
        Json = JsonSerializer.Serialize(new { specversion = "1.0", id, source, type, time, data = data ?? new { title } }),
        MatchCount = matches,
    };

    private static Delivery NewDelivery(IncomingEvent of, DeliveryState state, ChannelKey channel) => new()
    {
        EventRowId = of.Id,
        ChannelKind = channel.Kind,
        ChannelId = channel.Id,
        State = state,
        MatchReason = channel.Kind == ChannelKind.Slack ? "slackCompleteAborted" : "rule 1",
        Severity = of.Severity,
        DueAt = of.ReceivedAt,
        CreatedAt = of.ReceivedAt,
        ChangedAt = of.ReceivedAt,
    };
}
