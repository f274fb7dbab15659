using System.Globalization;
using System.Text.Json;

namespace Notify.Admin.Demo;

/// <summary>What a scanner and a cloud security centre might have posted within the last hour.</summary>
internal static class DemoEvents
{
    private static readonly (string Type, string Source, object Data)[] Events =
    [
        ("scan.started", "scanner", new { trigger = "schedule", scanId = "scan-1041", target = "shop.example.com" }),
        ("scan.completed", "scanner", new { avgThreat = "High", scanId = "scan-1041", target = "shop.example.com" }),
        ("scan.started", "scanner", new { trigger = "queue", scanId = "scan-1042", target = "api.example.com" }),
        ("scan.completed", "scanner", new { avgThreat = "Low", scanId = "scan-1042", target = "api.example.com" }),
        ("scan.aborted", "scanner", new { scanId = "scan-1043", target = "intranet.example.com" }),
        ("sas-event-suspicious", "security-center", new
        {
            item_level = "serious", event_type = "Malicious process (cloud threat detection)", groupId = "7",
            title = "Mining program started", asset = "web-01",
        }),
        ("sas-event-suspicious", "security-center",
        new { item_level = "remind", event_type = "Unusual logon", groupId = "7", title = "Log-in from a new place", asset = "web-02" }),
        ("sas-event-vul", "security-center",
        new { necessity = "asap", groupId = "9", title = "OpenSSL needs its update", asset = "db-01" }),
    ];

    /// <summary>A CloudEvents batch, the last event at <paramref name="now"/>.</summary>
    public static byte[] Batch(DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(Events.Select((e, index) => new
    {
        specversion = "1.0",
        id = $"demo-{index + 1}",
        source = e.Source,
        type = e.Type,
        time = now.AddMinutes(7 * (index + 1 - Events.Length)).ToString("O", CultureInfo.InvariantCulture),
        data = e.Data,
    }));
}
