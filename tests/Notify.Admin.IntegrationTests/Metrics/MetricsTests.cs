using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Metrics;

public sealed partial class MetricsTests
{
    private static readonly IReadOnlyDictionary<string, string> Unpaced = new Dictionary<string,
        string> { ["Delivery:SlackPerSecond"] = "0", ["Delivery:DingTalkPerMinute"] = "0" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Get_AfterKnownTraffic_HasExactlyThat(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true, Configuration = Unpaced });
        var before = await ReadAsync(app);
        before["notify_events_accepted_total"].ShouldBe(0);
        before["notify_attempts_total{kind=\"slack\",outcome=\"failed\"}"].ShouldBe(0);
        before["notify_deliveries{state=\"given_up\"}"].ShouldBe(0);
        before["notify_oldest_waiting_seconds"].ShouldBe(0);

        var good = await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        await app.AddSlackIntegrationAsync("C0SECOPS01", token: "xoxb-nobody-knows-this");
        await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.DingTalk, Kind = FaultKind.ErrorCode, ErrorCode = "430102" });
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.AcceptThenReset,
            Destination = SlackSeeds.Joined });
        using var alert = await app.PostEventAsync("sas-event-suspicious", new { item_level = "serious", event_type = "x", title = "t" },
            "one");
        using var again = await app.PostEventAsync("sas-event-suspicious", new { item_level = "serious", event_type = "x", title = "t" },
            "one");
        await app.WaitForDeliveriesAsync(all => all.Count == 3
            && all.Count(d => d.State == DeliveryState.Sent) == 1 && all.Count(d => d.State == DeliveryState.Failed) == 1
                && all.Count(d => d.State == DeliveryState.Held) == 1);

        var after = await ReadAsync(app);
        after["notify_events_accepted_total"].ShouldBe(1);
        after["notify_deliveries{state=\"sent\"}"].ShouldBe(1);
        after["notify_deliveries{state=\"failed\"}"].ShouldBe(1);
        after["notify_deliveries{state=\"held\"}"].ShouldBe(1);
        after.Where(pair => pair.Key.StartsWith("notify_deliveries{", StringComparison.Ordinal)).Sum(pair => pair.Value).ShouldBe(3);
        after["notify_attempts_total{kind=\"slack\",outcome=\"accepted\"}"].ShouldBe(1);
        after["notify_attempts_total{kind=\"slack\",outcome=\"unknown\"}"].ShouldBe(1);
        after["notify_attempts_total{kind=\"slack\",outcome=\"failed\"}"].ShouldBe(1);
        after["notify_attempts_total{kind=\"dingtalk\",outcome=\"failed\"}"].ShouldBe(1);
        after["notify_oldest_waiting_seconds"].ShouldBeGreaterThan(0);

        // Switched off and sent again: skipped, then on its way again, and never counted twice.
        await app.EditSlackIntegrationAsync(good, s => s.IsOn = false);
        var sent = (await app.DeliveriesAsync()).Single(d => d.State == DeliveryState.Sent);
        await app.Services.GetRequiredService<DeliveryService>()
            .SendAgainAsync(new SendAgainTarget { Ids = [sent.Id] }, true, new Actor("u", "op", Roles.Operator, "tests"), Stop);
        await app.WaitForDeliveriesAsync(all => all.Single(d => d.Id == sent.Id).State == DeliveryState.Skipped);
        await ShouldAgreeAsync(app);
    }

    [Fact]
    public async Task Get_Answer_IsPrometheusText()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var live = await app.CreateClient().GetAsync("health/live", Stop);

        using var answer = await app.CreateClient().GetAsync("metrics", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var text = await answer.Content.ReadAsStringAsync(Stop);
        text.ShouldEndWith("\n");
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => Line().IsMatch(line));
        foreach (var name in (string[])["notify_deliveries", "notify_attempts_total", "dotnet_gc_collections_total",
            "dotnet_process_cpu_time_seconds_total", "http_server_request_duration_seconds", "kestrel_active_connections"])
        {
            text.ShouldContain($"# TYPE {name} ");
        }

        text.ShouldContain("http_route=\"/health/live\"");
        text.ShouldContain("le=\"+Inf\"");
    }

    [Fact]
    public async Task Get_Caller_NeedsAKeyOrALoopbackConnectionOfItsOwn()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var local = await app.CreateClient().GetAsync("metrics", Stop);
        local.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var proxied = await ForwardedAsync(app, null);
        proxied.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        proxied.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await ForwardedAsync(app, "nak_wrong")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ForwardedAsync(app, NotifyAdminSettings.ApiKey)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ForwardedAsync(app, await app.CreateApiKeyAsync(Roles.Viewer))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ForwardedAsync(app, await app.CreateApiKeyAsync(Roles.Admin, ApiKeyScope.Ingest))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Otlp_Configured_SendsTheSameInstruments()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        await using var app = await NotifyAdminApp.StartAsync(new()
        {
            Configuration = new Dictionary<string,
                string> { ["Otlp:Endpoint"] = $"http://127.0.0.1:{((IPEndPoint)collector.LocalEndpoint).Port}",
                ["Otlp:Interval"] = "00:00:01", ["Otlp:Headers"] = "x-canary=yes" },
        });
        using var connection = await collector.AcceptTcpClientAsync(Stop);
        var received = new StringBuilder();
        var buffer = new byte[65536];
        while (!received.ToString().Contains("notify.deliveries", StringComparison.Ordinal))
        {
            received.Append(Encoding.Latin1.GetString(buffer, 0, await connection.GetStream().ReadAsync(buffer, Stop)));
        }

        received.ToString().ShouldStartWith("POST /v1/metrics HTTP/1.1");
        received.ToString().ShouldContain("x-canary: yes");
    }

    /// <summary>The gauges against a full count.</summary>
    private static async Task ShouldAgreeAsync(NotifyAdminApp app)
    {
        var counted = (await app.DeliveriesAsync()).GroupBy(d => d.State).ToDictionary(g => g.Key, g => (double)g.Count());
        var totals = await app.Services.GetRequiredService<DeliveryTotalsStore>().ReadAsync(Stop);
        foreach (var state in DeliveryStates.All)
        {
            ((double)totals.Counts[state]).ShouldBe(counted.GetValueOrDefault(state), state.ToString());
        }
    }

    private static async Task<HttpResponseMessage> ForwardedAsync(NotifyAdminApp app, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        return await (key is null ? app.CreateClient() : app.CreateApiClient(key)).SendAsync(request, Stop);
    }

    private static async Task<Dictionary<string, double>> ReadAsync(NotifyAdminApp app) =>
        (await app.CreateClient().GetStringAsync("metrics", Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .ToDictionary(line => line[..line.LastIndexOf(' ')],
                line => double.Parse(line[(line.LastIndexOf(' ') + 1)..].Replace("+Inf", "Infinity", StringComparison.Ordinal),
                CultureInfo.InvariantCulture));

    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]*( .*)?|[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_]\w*="([^"\\]|\\.)*"(,[a-zA-Z_]\w*="([^"\\]|\\.)*")*\})? (\+Inf|-Inf|NaN|-?[0-9.eE+-]+))$""")]
    private static partial Regex Line();
}
