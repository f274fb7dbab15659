using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.IntegrationTests.Sources;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Fuzz;

/// <summary>Spoiled payloads at every kind's own address: none is a server error, what is answered as taken is stored, no payload chooses a
/// channel, and what is kept for people holds no secret. <c>NOTIFY_FUZZ</c> is how many, <c>NOTIFY_FUZZ_SEED</c> which.</summary>
public sealed class SourceFuzzTests
{
    private const int Few = 5_000;
    private const int Seed = 20_261_129;
    private const string Token = "xoxb-1234567890-0987654321-abcdefghijklmnop";

    private static readonly (string Kind, string[] Payloads)[] Kinds =
    [
        .. new[]
        {
            "alertmanager", "defectdojo", "dependency-track", "eventbridge", "falcosidekick", "generic", "github", "grafana", "sls",
            "trivy-operator", "uptime-kuma",
        }.Select(kind => (kind, Fixtures($"{kind}-"))),
        ("cloudevents", Fixtures("falcosidekick-cloudevent")),
        ("slack-webhook",
        [
            """{"text":"<!channel> *x* <https://a.example|b>","link_names":1,"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"_y_"},"accessory":{"type":"button","text":{"type":"plain_text","text":"z"},"url":"https://a.example"}},{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U1"},{"type":"text","text":"t"}]}]}]}""",
            """{"attachments":[{"fallback":"f","title":"t","title_link":"https://a.example","fields":[{"title":"a","value":"b"}],"blocks":[{"type":"context","elements":[{"type":"mrkdwn","text":"c"}]}]}]}""",
        ]),
        ("dingtalk-robot",
        [
            """{"msgtype":"text","text":{"content":"x @13800000000"},"at":{"atMobiles":["13800000000"],"isAtAll":false}}""",
            """{"msgtype":"markdown","markdown":{"title":"t","text":"#### a\n> **b** [c](https://a.example)"},"at":{"isAtAll":true}}""",
            """{"msgtype":"link","link":{"title":"t","text":"x","messageUrl":"https://a.example","picUrl":""}}""",
            """{"msgtype":"actionCard","actionCard":{"title":"t","text":"x","btns":[{"title":"a","actionURL":"https://a.example"}]}}""",
            """{"msgtype":"feedCard","feedCard":{"links":[{"title":"t","messageURL":"https://a.example","picURL":"https://a.example"}]}}""",
        ]),
    ];

    // What might send it elsewhere, or must not be kept.
    private static readonly string[] Members =
    [
        "\"channels\":[{\"kind\":\"slack\",\"id\":2}]", "\"channel\":\"C0GENERAL1\"", "\"alsoTo\":[2]", "\"source_id\":2", "\"sourceId\":2",
        $"\"note\":\"{Token}\"", $"\"token\":\"{Token}\"", "\"type\":\"notify.message\"",
        "\"posted\":{\"slack\":{\"text\":\"<!channel>\"},\"dingtalk\":{\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}}}",
    ];

    private static readonly string[] Types =
    [
        "application/json", "application/json", "application/json", "application/json", "application/cloudevents+json", "text/plain",
        "application/x-www-form-urlencoded", "application/cloudevents-batch+json", "multipart/form-data",
        "application/json; charset=utf-16",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Payloads_Spoiled_AreAnsweredAndNothingThatWasTakenIsLost()
    {
        var (count, seed) = (Number("NOTIFY_FUZZ", Few), Number("NOTIFY_FUZZ_SEED", Seed));
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string>
            {
                ["Api:FailuresPerMinutePerAddress"] = "10000",
                ["Api:RequestsPerSecondPerAddress"] = "100000",
                ["Logging:LogLevel:Default"] = "Error",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Error",
            },
        });
        // Nothing is sent: it is about where it would go.
        var bound = await app.AddSlackIntegrationAsync("C0ALERTS01", channel => (channel.SlackNotify, channel.IsOn) = (false, false));
        var other = await app.AddSlackIntegrationAsync("C0GENERAL1", channel => (channel.SlackNotify, channel.IsOn) = (false, false));
        List<(int Id, string Address)> sources = [];
        foreach (var (kind, _) in Kinds)
        {
            sources.Add(await app.CreateSourceAsync(
                new { name = kind, kind, per_minute = 0, channels = new[] { new { kind = "slack", id = bound } } }));
        }

        using var client = new HttpClient();
        var (statuses, wrong) = (new ConcurrentDictionary<(string Kind, int Status), int>(), new ConcurrentQueue<string>());
        var accepted = new ConcurrentDictionary<int, int>();
        var unmapped = new ConcurrentDictionary<(int Source, string Body), bool>();
        var busy = new ConcurrentDictionary<int, bool>();
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Stop }, async (number, _) =>
        {
            var which = number % Kinds.Length;
            var source = sources[which];
            var (answer, text, body) = await SendAsync(number);
            if (answer == HttpStatusCode.ServiceUnavailable)
            {
                // The store of a busy machine: a sender comes again, and what was stored after all is a duplicate then.
                busy.TryAdd(source.Id, true);
                await Eventually.HoldsAsync(async () =>
                {
                    (answer, text, body) = await SendAsync(number);
                    return answer != HttpStatusCode.ServiceUnavailable;
                }, TimeSpan.FromMinutes(1));
            }

            statuses.AddOrUpdate((Kinds[which].Kind, (int)answer), 1, (_, seen) => seen + 1);
            if ((int)answer >= 500)
            {
                wrong.Enqueue($"number {number} of seed {seed}, {Kinds[which].Kind}: {(int)answer} {text}");
            }
            else if (answer == HttpStatusCode.Accepted)
            {
                using var taken = JsonDocument.Parse(text);
                var events = taken.RootElement.GetProperty("accepted").GetInt32();
                accepted.AddOrUpdate(source.Id, events, (_, sum) => sum + events);
                if (taken.RootElement.GetProperty("unmapped").GetInt32() > 0)
                {
                    unmapped.TryAdd((source.Id, Convert.ToHexString(body)), true);
                }
            }
            else if (text is "ok" or """{"errcode":0,"errmsg":"ok"}""")
            {
                accepted.AddOrUpdate(source.Id, 1, (_, sum) => sum + 1);
            }
        });

        async Task<(HttpStatusCode Status, string Text, byte[] Body)> SendAsync(int number)
        {
            var which = number % Kinds.Length;
            using var request = Create(Kinds[which], sources[which].Address, FuzzRequests.RandomOf(seed, number), out var body);
            using var answer = await client.SendAsync(request, Stop);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop), body);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{count} payloads in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s of seed {seed}{Environment.NewLine}"
            + string.Join(Environment.NewLine, statuses.GroupBy(pair => pair.Key.Kind).OrderBy(group => group.Key).Select(group =>
                $"{group.Key}: {string.Join(", ", group.OrderBy(p => p.Key.Status).Select(p => $"{p.Key.Status} × {p.Value}"))}")));
        wrong.ShouldBeEmpty(string.Join(Environment.NewLine, app.Logs.Lines.Take(20).Select(line => line[..Math.Min(line.Length, 2000)])));
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        foreach (var (id, _) in sources)
        {
            var because = $"source {id}: {Kinds[id - 1].Kind}";
            var stored = await context.Events.CountAsync(e => e.SourceId == id && e.Type != "source.unmapped", Stop);
            stored.ShouldBeGreaterThanOrEqualTo(accepted.GetValueOrDefault(id), because);
            (stored == accepted.GetValueOrDefault(id) || busy.ContainsKey(id)).ShouldBeTrue($"{because}: {stored} are stored");
            (await context.Events.CountAsync(e => e.SourceId == id && e.Type == "source.unmapped", Stop))
                .ShouldBe(unmapped.Keys.Count(key => key.Source == id), because);
        }

        (await context.Events.CountAsync(e => e.SourceId == null, Stop)).ShouldBe(0);
        (await context.Deliveries.CountAsync(d => d.ChannelId == other, Stop)).ShouldBe(0);
        (await context.Deliveries.CountAsync(Stop))
            .ShouldBe(await context.Events.CountAsync(e => e.Type != "source.unmapped", Stop));
        await Eventually.HoldsAsync(async () => await context.KeptPayloads.AnyAsync(Stop), TimeSpan.FromMinutes(1));
        (await context.KeptPayloads.AsNoTracking().ToListAsync(Stop)).ShouldAllBe(kept =>
            !kept.Body.Contains(Token, StringComparison.Ordinal) && !kept.Headers.Contains(Token, StringComparison.Ordinal));
    }

    private static HttpRequestMessage Create((string Kind, string[] Payloads) kind, string address, Random random, out byte[] body)
    {
        var payload = kind.Payloads[random.Next(kind.Payloads.Length)].TrimStart();
        if (random.Next(3) == 0 && payload.StartsWith('{'))
        {
            payload = $"{{{Members[random.Next(Members.Length)]},{payload[1..]}";
        }

        var mutator = new Mutator(random, isWide: random.Next(4) == 0);
        body = mutator.Json(payload);
        var type = random.Next(4) == 0 ? Types[random.Next(Types.Length)] : kind.Kind == "cloudevents" ? Types[4] : Types[0];
        if (type == "application/x-www-form-urlencoded" && random.Next(2) == 0)
        {
            body = Encoding.UTF8.GetBytes($"payload={Uri.EscapeDataString(Encoding.UTF8.GetString(body))}");
        }

        if (random.Next(20) == 0)
        {
            // A query besides, or another address.
            address += address.Contains('?', StringComparison.Ordinal) ? $"&timestamp={random.Next()}&sign=%00"
                : $"?{Uri.EscapeDataString(mutator.Text("token").ReplaceLineEndings("x"))}=x";
        }

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.TryAddWithoutValidation("X-Slack-Token", Token);
        if (kind.Kind == "github")
        {
            string[] names = ["dependabot_alert", "secret_scanning_alert", "code_scanning_alert", "ping",
                "repository_vulnerability_alert", "x"];
            request.Headers.TryAddWithoutValidation("X-GitHub-Event", names[random.Next(names.Length)]);
        }

        return request;
    }

    private static string[] Fixtures(string prefix) =>
    [
        .. Directory.EnumerateFiles(Repository.At("tests", "Notify.Admin.UnitTests", "Sources", "Payloads"), $"{prefix}*.json").Order()
            .Select(File.ReadAllText),
    ];

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : otherwise;
}
