using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Notify.Admin.Accounts;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.Sources;

/// <summary>Other people's programs as senders, unchanged but for the address that they are given.</summary>
public sealed class RealSenderTests
{
    private const string Secret = "SEC0123456789abcdef0123456789abcdef";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alertmanager_ByItsWebhookAndAsToSlack_IsDeliveredFiringAndResolved()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var slack = new { kind = "slack", id = await app.AddSlackIntegrationAsync("C0ALERTS01", channel => channel.SlackNotify = false) };
        var dingTalk = new { kind = "dingtalk", id = await app.AddChatbotAsync(RobotSeeds.KeywordToken) };
        var webhook = await app.CreateSourceAsync(new { name = "alerts", kind = "alertmanager", channels = new[] { slack } });
        var asSlack = await app.CreateSourceAsync(new { name = "messages", kind = "slack-webhook", channels = new[] { dingTalk } });
        await using var alertmanager = await Alertmanager.StartAsync($$"""
            route: { receiver: notify, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
            receivers:
              - name: notify
                webhook_configs: [{ url: "{{webhook.Address}}", send_resolved: true }]
                slack_configs: [{ api_url: "{{asSlack.Address}}", channel: any, send_resolved: true }]
            """);

        await alertmanager.PostAsync(ends: null);
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.State == DeliveryState.Sent));
        await alertmanager.PostAsync(ends: DateTimeOffset.UtcNow.AddSeconds(-1));
        await app.WaitForDeliveriesAsync(all => all.Count == 4 && all.All(d => d.State == DeliveryState.Sent));

        var events = await app.EventsAsync();
        events.Where(e => e.SourceId == webhook.Id).Select(e => (e.Title, e.State, e.Severity)).ShouldBe(
        [
            ("Disk of db-1 is full", EventState.Open, Severity.Critical),
            ("Disk of db-1 is full", EventState.Resolved, Severity.Critical),
        ]);
        events.Where(e => e.SourceId == asSlack.Id).Select(e => e.Title).ShouldAllBe(title => title!.Contains("DiskFull"));
        var told = app.Sandbox.Messages.All.Where(m => m.Target == SandboxTarget.DingTalk).Select(m => m.Text).ToList();
        told[0].ShouldContain("[FIRING:1] DiskFull");
        told[1].ShouldContain("[RESOLVED] DiskFull");
    }

    [Fact]
    public async Task SlacksOwnClient_PostsAsToSlack()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var slack = new { kind = "slack", id = await app.AddSlackIntegrationAsync("C0ALERTS01", channel => channel.SlackNotify = false) };
        var source = await app.CreateSourceAsync(new { name = "webhook", kind = "slack-webhook", channels = new[] { slack } });

        var answers = await NodeAsync("slack", source.Address);

        answers.Select(Shown).ShouldBe(["ok", "ok", "ok", "400 no_text"]);
        await app.WaitForDeliveriesAsync(all => all.Count == 3 && all.All(d => d.State == DeliveryState.Sent));
        var told = app.Sandbox.Messages.All.Select(m => m.RawBody).ToList();
        told.ShouldContain(body => body.Contains("plain *text*"));
        told.ShouldContain(body => body.Contains("https://ci.example/12"));
        told.ShouldContain(body => body.Contains("https://m.example/d"));
        told.ShouldAllBe(body => !body.Contains("elsewhere") && !body.Contains("nobody"));
    }

    [Fact]
    public async Task ARobotsClient_PostsAndSignsAsToDingTalk()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var dingTalk = new { kind = "dingtalk", id = await app.AddChatbotAsync(RobotSeeds.KeywordToken) };
        var source = await app.CreateSourceAsync(
            new { name = "robot", kind = "dingtalk-robot", secret = Secret, mentions = true, channels = new[] { dingTalk } });

        var answers = await NodeAsync("dingtalk", source.Address, Secret);
        var unsigned = await NodeAsync("dingtalk", source.Address);

        answers.Select(answer => answer.GetProperty("body").GetProperty("errcode").GetInt32()).ShouldBe([0, 0, 0, 0, 0, 40035]);
        unsigned.Select(answer => answer.GetProperty("body").GetProperty("errcode").GetInt32()).Distinct().ShouldBe([310000]);
        await app.WaitForDeliveriesAsync(all => all.Count == 5 && all.All(d => d.State == DeliveryState.Sent));
        app.Sandbox.Messages.All.Select(m => m.Body.GetProperty("msgtype").GetString())
            .ShouldBe(["text", "link", "markdown", "actionCard", "feedCard"], ignoreOrder: true);
        app.Sandbox.Messages.All.SelectMany(m => m.Mentions).ShouldBe(["@13800000000", "@all"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CloudEventsSdk_InEveryMode_IsTaken(bool isSource)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var source = await app.CreateSourceAsync(new { name = "sdk", kind = "cloudevents" });

        var answers = isSource ? await NodeAsync("cloudevents", source.Address)
            : await NodeAsync("cloudevents", new Uri(app.BaseAddress, "api/events").AbsoluteUri,
                await app.CreateApiKeyAsync(Roles.Admin, ApiKeyScope.Ingest));

        answers.Select(answer => answer.GetProperty("body"))
            .Select(body => (body.GetProperty("accepted").GetInt32(), body.GetProperty("duplicates").GetInt32()))
            .ShouldBe([(1, 0), (1, 0), (1, 0), (2, 0), (0, 1)]);
        var events = await app.EventsAsync();
        events.Select(e => (e.EventId, e.Title)).ShouldBe([("binary", "Binary"), ("structured", "Structured"), ("bytes", "Raw"),
            ("batch-1", "First"), ("batch-2", "Second")]);
        events.ShouldAllBe(e => e.Source == "/sdk/tests" && e.SourceId == (isSource ? source.Id : (int?)null));
        events.Where(e => e.EventId != "bytes").ShouldAllBe(e => e.Asset == "db-1"
            && e.Time == new DateTimeOffset(2026, 11, 29, 1, 2, 3, 456, TimeSpan.Zero));
    }

    private static string Shown(JsonElement answer) => answer.GetProperty("ok").GetBoolean() ? answer.GetProperty("body").GetString()!
        : $"{answer.GetProperty("status").GetInt32()} {answer.GetProperty("body").GetString()}";

    private static async Task<IReadOnlyList<JsonElement>> NodeAsync(params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Repository.At("tests", "npm", "senders.js"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = node.StandardError.ReadToEndAsync(Stop);
        var lines = (await node.StandardOutput.ReadToEndAsync(Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldNotBeEmpty(await errors);
        return [.. lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    /// <summary>A Prometheus Alertmanager of the test's own.</summary>
    private sealed class Alertmanager(Process process, HttpClient client, string directory) : IAsyncDisposable
    {
        public static async Task<Alertmanager> StartAsync(string configuration)
        {
            var program = Environment.GetEnvironmentVariable("NOTIFY_TEST_ALERTMANAGER");
            Assert.SkipWhen(string.IsNullOrEmpty(program), "NOTIFY_TEST_ALERTMANAGER names no Alertmanager: tests/run fetches one.");
            var directory = Directory.CreateTempSubdirectory("notify-alertmanager").FullName;
            var file = Path.Combine(directory, "alertmanager.yml");
            await File.WriteAllTextAsync(file, configuration, Stop);
            var port = FreePort();
            var process = Process.Start(new ProcessStartInfo(program,
            [
                $"--config.file={file}", $"--storage.path={Path.Combine(directory, "data")}", "--cluster.listen-address=",
                $"--web.listen-address=127.0.0.1:{port}",
            ]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
            var started = new Alertmanager(process, client, directory);
            await Eventually.HoldsAsync(started.IsReadyAsync, TimeSpan.FromMinutes(1));
            return started;
        }

        public async Task PostAsync(DateTimeOffset? ends)
        {
            using var response = await client.PostAsJsonAsync("api/v2/alerts", new[]
            {
                new
                {
                    labels = new { alertname = "DiskFull", severity = "critical", instance = "db-1" },
                    annotations = new { summary = "Disk of db-1 is full" },
                    startsAt = DateTimeOffset.UtcNow.AddMinutes(-1),
                    endsAt = ends ?? DateTimeOffset.UtcNow.AddHours(1),
                    generatorURL = "http://prometheus.example/graph",
                },
            }, Stop);
            response.EnsureSuccessStatusCode();
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            client.Dispose();
            Directory.Delete(directory, recursive: true);
        }

        private async Task<bool> IsReadyAsync()
        {
            try
            {
                using var response = await client.GetAsync(new Uri("-/ready", UriKind.Relative), Stop);
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        private static int FreePort()
        {
            using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
