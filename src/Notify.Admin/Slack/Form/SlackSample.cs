using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>An example event, for trying an integration's switches and seeing its messages.</summary>
/// <param name="Key">Names it; its words are the text <c>Sample.{Key}</c>.</param>
public sealed record SlackSample(string Key, EventRecord Event)
{
    /// <summary>How long the problem of an example lasts.</summary>
    public static readonly TimeSpan Lasted = TimeSpan.FromMinutes(42);

    /// <summary>One of every kind that a switch names, and one that only slackNotify hears.</summary>
    public static IReadOnlyList<SlackSample> All(DateTimeOffset now) =>
    [
        Scan("CompletedHigh", "scan.completed", now, Severity.High),
        Scan("CompletedLow", "scan.completed", now, Severity.Low),
        Scan("Aborted", "scan.aborted", now, Severity.Medium),
        Scan("StartedSchedule", "scan.started", now, trigger: "schedule"),
        Scan("StartedQueue", "scan.started", now, trigger: "queue"),
        Scan("Stopped", "scan.stopped", now),
        Scan("Paused", "scan.paused", now),
        Scan("Resumed", "scan.resumed", now),
        Scan("Deleted", "scan.deleted", now),
        new("Alert", Record("sas-event-suspicious", now, Severity.Critical, new EventFields
        {
            Title = "Suspicious outbound connection to a mining pool",
            Asset = "web-01 (10.0.3.17)",
            EventType = "Unusual network connection",
            ItemLevel = "serious",
            State = EventState.Open,
            Problem = "alert-1",
        })),
    ];

    /// <summary>The first example that <paramref name="switches"/> let through; the first of all where they let none.</summary>
    public static EventRecord First(SlackSwitches switches, DateTimeOffset now)
    {
        var samples = All(now);
        var heard = samples.FirstOrDefault(sample => SlackMatching.Decide(switches with { IsOn = true }, sample.Event).Hears);
        return (heard ?? samples[0]).Event;
    }

    /// <summary>The event that ends what <paramref name="record"/> is about; null where it stands alone, or has ended already.</summary>
    public static EventRecord? End(EventRecord record)
    {
        if (EventProblem.KeyOf(record) is null || EventProblem.StateOf(record) == EventState.Resolved)
        {
            return null;
        }

        var ended = record with { Id = "example-2", Time = record.Time + Lasted };
        return EventProblem.IsScan(record.Type)
            ? ended with { Type = "scan.completed", Severity = Severity.Low, Fields = record.Fields with { AvgThreat = "Low" } }
            : ended with { Fields = record.Fields with { State = EventState.Resolved } };
    }

    private static SlackSample Scan(string key, string type, DateTimeOffset now, Severity? average = null, string? trigger = null) =>
        new(key, Record(type, now, average ?? Severity.NotStated, new EventFields
        {
            Target = "https://shop.example.com",
            ScanId = "4711",
            Trigger = trigger,
            AvgThreat = average?.ToString(),
        }));

    private static EventRecord Record(string type, DateTimeOffset now, Severity severity, EventFields fields) =>
        new(0, "example-1", "scanner.example.com", type, now, severity, fields);
}
