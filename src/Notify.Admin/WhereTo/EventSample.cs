using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Notify.Admin.Rules;

namespace Notify.Admin.WhereTo;

/// <summary>An event of one kind to begin from, as JSON.</summary>
/// <param name="Key">The alert type's suffix, the type of a scan, or <c>other</c>.</param>
public sealed record EventSample(string Key, string Json)
{
    private const string Alert = "sas-event-";

    private static readonly JsonSerializerOptions Written =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One of every kind that rules or switches know, and one that they do not.</summary>
    public static IReadOnlyList<EventSample> All(DateTimeOffset now) =>
    [
        Of("suspicious", now, Alert + "suspicious", new
        {
            item_level = "serious", event_type = "Webshell", groupId = "7", title = "Webshell found in /var/www/html/upload.php",
            asset = "web-01",
        }),
        Of("vul", now, Alert + "vul", new
        {
            type = "oval", necessity = "asap", groupId = "7", title = "CVE-2024-3094: backdoor in xz 5.6.0", asset = "build-02",
        }),
        Of("hc", now, Alert + "hc", new { item_level = "high", groupId = "7", title = "Weak password of an account", asset = "db-01" }),
        Of("ak-leakage", now, Alert + "ak-leakage", new { title = "AccessKey pair found in a public repository", asset = "LTAI5t" }),
        Of("honeypot", now, Alert + "honeypot", new { item_level = "high", title = "A decoy was probed", asset = "honeypot-01" }),
        Of("rasp", now, Alert + "rasp", new { item_level = "high", title = "SQL injection blocked", asset = "shop" }),
        Of("scan.started", now, new { trigger = "schedule", scanId = "4711", target = "https://shop.example.com" }),
        Of("scan.completed", now, new { avgThreat = "High", scanId = "4711", target = "https://shop.example.com" }),
        Of("scan.aborted", now, new { avgThreat = "Medium", scanId = "4711", target = "https://shop.example.com" }),
        Of("scan.stopped", now, new { scanId = "4711", target = "https://shop.example.com" }),
        Of("scan.paused", now, new { scanId = "4711", target = "https://shop.example.com" }),
        Of("scan.resumed", now, new { scanId = "4711", target = "https://shop.example.com" }),
        Of("scan.deleted", now, new { scanId = "4711", target = "https://shop.example.com" }),
        Of("other", now, "com.example.finding", new { title = "Something that no rule names", severity = "high", asset = "web-01" }),
    ];

    /// <summary>What the kind is called; null for <c>other</c>.</summary>
    public Bilingual? Name => Vocabulary.Find(Key)?.Label ?? EventKinds.FindScan(Key);

    private static EventSample Of(string scan, DateTimeOffset now, object data) => Of(scan, now, scan, data);

    private static EventSample Of(string key, DateTimeOffset now, string type, object data) => new(key, JsonSerializer.Serialize(new
    {
        specversion = "1.0",
        id = "example-1",
        source = "/example",
        type,
        time = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        data,
    }, Written));
}
