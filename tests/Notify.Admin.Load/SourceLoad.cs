using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Notify.Admin.Testing;

namespace Notify.Admin.Load;

/// <summary>How fast payloads are taken, kind by kind, beside <c>/api/events</c>: one payload a request, each of something new, with a
/// delivery to one bound channel for each of its events.</summary>
internal static class SourceLoad
{
    private const int AtOnce = 32;
    private const string GitHub = "github";
    private const string SignatureHeader = "X-Hub-Signature-256";
    private const string Secret = "secret-of-the-load-run";

    // What makes a payload news: in its place each gets a number.
    private static readonly (string Kind, string Payload, string[] New)[] Kinds =
    [
        ("alertmanager", "alertmanager-firing", ["c6eadffa33fcdf37", "bc97ff14869b13e3"]),
        ("grafana", "grafana-firing", ["c6eadffa33fcdf38"]),
        ("falcosidekick", "falcosidekick-webhook", ["1c2f1c0a-9b6a-4a52-8a5e-0d7f2a1b3c4d"]),
        ("trivy-operator", "trivy-operator-report", ["replicaset-web-7d9f-web"]),
        ("dependency-track", "dependency-track-5", ["010ba7f2-ab4a-73b6-a87d-7b9041d17016"]),
        ("defectdojo", "defectdojo-scan_added", ["\"id\": 90"]),
        (GitHub, "github-dependabot_alert", ["\"number\": 20"]),
        ("sls", "sls-firing", ["a2c4e6"]),
        ("eventbridge", "eventbridge-event", ["\"id\": \"ac0d574c"]),
        ("uptime-kuma", "uptime-kuma-down", ["\"id\": 5"]),
        ("generic", "generic-alert", ["\"42\""]),
    ];

    public static async Task RunAsync(LoadOptions options)
    {
        var length = TimeSpan.FromSeconds(options.Seconds);
        await using var sink = await Sink.StartAsync();
        await using var product = await ProductUnderLoad.StartAsync(options.Store, LoadChatbots.Configuration(sink.Address, perMinute: 18),
            app => LoadChatbots.AddAsync(app, 1, sink.Address, intervalMinutes: 1440));
        using var client = product.CreateClient();
        client.DefaultRequestHeaders.Add("X-GitHub-Event", "dependabot_alert");
        client.DefaultRequestHeaders.Add("X-DefectDojo-Event", "scan_added");
        var bare = """{"specversion":"1.0","id":"@","source":"load","type":"sas-event-suspicious","data":{"item_level":"serious","groupId":100,"title":"Webshell found on web-01","asset":"web-01 (10.0.0.1)"}}""";
        await MeasureAsync(client, "(first)", "/api/events", bare, "application/cloudevents+json", length);
        await MeasureAsync(client, "/api/events", "/api/events", bare, "application/cloudevents+json", length);
        await MeasureAsync(client, "cloudevents", await AddAsync(client, "cloudevents"), bare, "application/cloudevents+json", length);
        foreach (var (kind, name, parts) in Kinds)
        {
            var file = Repository.At("tests", "Notify.Admin.UnitTests", "Sources", "Payloads", $"{name}.json");
            var payload = await File.ReadAllTextAsync(file);
            foreach (var part in parts)
            {
                payload = payload.Replace(part, Numbered(part), StringComparison.Ordinal);
            }

            await MeasureAsync(client, kind, await AddAsync(client, kind), payload, "application/json", length, isSigned: kind == GitHub);
        }

        await MeasureAsync(client, "slack-webhook", await AddAsync(client, "slack-webhook"),
            """{"text":"*Build @* failed","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*Build @* failed in <https://ci.example/@|step 3>"}}]}""",
            "application/json", length);
        await MeasureAsync(client, "dingtalk-robot", await AddAsync(client, "dingtalk-robot"),
            """{"msgtype":"markdown","markdown":{"title":"Build @","text":"#### Build @\n> **failed** in [step 3](https://ci.example/@)"},"at":{"isAtAll":false}}""",
            "application/json", length);
    }

    // A number within it stays a number, a text a text.
    private static string Numbered(string part) => part.EndsWith('"') ? "\"@\""
        : part.Contains(": ", StringComparison.Ordinal) ? part[..(part.IndexOf(": ", StringComparison.Ordinal) + 2)]
            + (part.Contains(": \"", StringComparison.Ordinal) ? "\"@" : "@") : "@";

    private static async Task<string> AddAsync(HttpClient client, string kind)
    {
        using var response = await client.PostAsJsonAsync("api/sources",
            new
            {
                name = kind,
                kind,
                per_minute = 0,
                channels = new[] { new { kind = "dingtalk", id = 1 } },
                // As GitHub posts: it signs each body.
                auth = kind == GitHub ? "hmac" : null,
                secret = kind == GitHub ? Secret : null,
                signature_header = kind == GitHub ? SignatureHeader : null,
            });
        return new Uri((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("address").GetString()!).PathAndQuery;
    }

    private static async Task MeasureAsync(HttpClient client, string name, string path, string payload, string type, TimeSpan length,
        bool isSigned = false)
    {
        var (number, accepted, refused) = (Stopwatch.GetTimestamp() / 1000, 0L, 0L);
        List<double> times = [];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            List<double> mine = [];
            while (watch.Elapsed < length)
            {
                var body = payload.Replace("@", Interlocked.Increment(ref number).ToString(CultureInfo.InvariantCulture),
                    StringComparison.Ordinal);
                using var content = new StringContent(body);
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                if (isSigned)
                {
                    var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body));
                    content.Headers.Add(SignatureHeader, $"sha256={Convert.ToHexStringLower(signature)}");
                }

                var began = watch.Elapsed;
                using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
                var answer = await response.Content.ReadAsStringAsync();
                mine.Add((watch.Elapsed - began).TotalMilliseconds);
                Interlocked.Add(ref accepted, !response.IsSuccessStatusCode ? 0
                    : answer.StartsWith("""{"accepted":""", StringComparison.Ordinal)
                        ? JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("accepted").GetInt32() : 1);
                Interlocked.Add(ref refused, response.IsSuccessStatusCode ? 0 : 1);
            }

            lock (times)
            {
                times.AddRange(mine);
            }
        }));
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-18} {accepted / watch.Elapsed.TotalSeconds,8:N0} events/s {times.Count / watch.Elapsed.TotalSeconds,8:N0} requests/s   answered after {times[times.Count / 2]:N1} ms (median), {times[times.Count * 99 / 100]:N1} ms (99th)   {payload.Length} characters{(refused > 0 ? $"   refused {refused}" : "")}"));
    }
}
