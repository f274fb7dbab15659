using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>An example message, for showing how a chatbot's messages look.</summary>
/// <param name="Key">Names it; its words are the text <c>Sample.{Key}</c>.</param>
public sealed record ChatbotSample(string Key, ChannelMessage Message)
{
    /// <param name="requestedBy">Who would send a test.</param>
    public static IReadOnlyList<ChatbotSample> All(DateTimeOffset now, string requestedBy)
    {
        var webshell = Event("suspicious", now, Severity.Critical, "Webshell found in /var/www/html/upload.php", "web-01 (10.0.3.17)",
            new EventFields
        {
            ItemLevel = "serious",
            EventType = "Webshell",
            GroupId = "10417151",
            Description = "The file was written by nginx at 03:12 and matches a known webshell family.",
        });
        var vulnerability = Event("vul", now.AddMinutes(-7), Severity.High, "CVE-2024-3094: backdoor in xz 5.6.0", "build-02",
            new EventFields { Type = "oval", Necessity = "asap" });
        var baseline = Event("hc", now.AddMinutes(-12), Severity.Medium, "Password policy is weaker than required", "db-01",
            new EventFields { ItemLevel = "medium" });
        return
        [
            new("Alert", Of(MessagePurpose.Event, "D-EXAMPLE", now, webshell)),
            new("Vulnerability", Of(MessagePurpose.Event, "D-EXAMPLE", now, vulnerability)),
            new("Digest", Of(MessagePurpose.Digest, "G-EXAMPLE", now, webshell, vulnerability, baseline)),
            new("Test", Of(MessagePurpose.Test, "T-EXAMPLE", now, webshell) with { RequestedBy = requestedBy }),
        ];
    }

    private static ChannelMessage Of(MessagePurpose purpose, string shortId, DateTimeOffset now, params EventRecord[] events) =>
        new(purpose, shortId, now, [.. events.Select((record, at) =>
            new MessageItem(at + 1, $"D-EXAMPLE{(events.Length > 1 ? at + 1 : "")}", record))]);

    private static EventRecord Event(string suffix, DateTimeOffset time, Severity severity, string title, string asset,
        EventFields fields) =>
        new(0, $"example-{suffix}", "security-center.example.com", Vocabulary.Find(suffix)!.FullName, time, severity,
            fields with { Title = title, Asset = asset });
}
