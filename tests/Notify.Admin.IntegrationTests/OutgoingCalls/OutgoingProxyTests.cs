using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.OutgoingCalls;

/// <summary>Calls to both vendors through a real forward proxy, which alone knows where their names lead.</summary>
public sealed class OutgoingProxyTests
{
    private const string Login = "notify:p4ss word";
    private const string LoginInAddress = "notify:p4ss%20word@";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Outgoing:Proxy")]
    [InlineData("HTTP_PROXY")]
    [InlineData("all_proxy")]
    public async Task Plain_BothVendors_AreReachedThroughTheProxyThatResolvesTheirNames(string key)
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        await using var proxy = ProxyTo(sandbox, Login);
        await using var app = await StartAsync("http", (key, $"http://{LoginInAddress}{proxy.Authority}"));

        var (slack, robot) = await TestAsync(app, "http");

        (slack.Code, robot.Code).ShouldBe(("ok", "0"));
        sandbox.Messages.All.Count.ShouldBe(2);
        proxy.Requests.ShouldContain("POST http://slack.test/api/chat.postMessage HTTP/1.1");
        proxy.Requests.ShouldContain(line => line.StartsWith("POST http://oapi.test/robot/send?access_token=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tls_BothVendors_AreReachedThroughTunnels_AndNobodyLearnsTheLogin()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        await using var proxy = ProxyTo(sandbox, Login);
        await using var app = await StartAsync("https", ("Outgoing:Proxy", $"http://{LoginInAddress}{proxy.Authority}"));

        var (slack, robot) = await TestAsync(app, "https");

        // The sandbox has no certificate: what matters is that the tunnel was opened.
        (slack.Code, robot.Code).ShouldBe(("connection_failed", "tls_failed"));
        proxy.Requests.Count(line => line == "CONNECT slack.test:443 HTTP/1.1").ShouldBeGreaterThan(1, "with the login after the refusal");
        proxy.Requests.Count(line => line == "CONNECT oapi.test:443 HTTP/1.1").ShouldBeGreaterThan(1);
        foreach (var text in app.Logs.Lines.Concat([$"{slack}", $"{robot}"]))
        {
            text.ShouldNotContain("p4ss");
        }
    }

    // A process of its own: what a machine trusts is read once.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tls_ThroughTheTunnel_IsCheckedAndBothVendorsAreTold(bool isTrusted)
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        await using var front = new TlsFront(sandbox.BaseAddress.Port, "slack.test", "oapi.test");
        await using var proxy = ProxyTo(front.Port, Login);
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var trusted = Path.Combine(database.DataDirectory, "trusted.pem");
        await File.WriteAllTextAsync(trusted, isTrusted ? front.Pem : "", Stop);
        await using var product = NotifyAdminProcess.Start(new Dictionary<string, string>(database.Configuration)
        {
            ["SSL_CERT_FILE"] = trusted,
            ["Setup:AdminEmail"] = NotifyAdminSettings.AdminEmail,
            ["Setup:AdminPassword"] = NotifyAdminSettings.AdminPassword,
            ["Setup:ApiKey"] = NotifyAdminSettings.ApiKey,
            ["Setup:AccessKeyId"] = NotifyAdminSettings.AccessKeyId,
            ["Setup:AccessKeySecret"] = NotifyAdminSettings.AccessKeySecret,
            ["Outgoing:Proxy"] = $"http://{LoginInAddress}{proxy.Authority}",
            ["Slack:ApiUrl"] = "https://slack.test/api/",
            ["DingTalk:AllowedWebhooks:0"] = "https://oapi.test/robot/send",
        });
        using var client = new HttpClient { BaseAddress = await product.ListeningAsync(Stop),
            DefaultRequestHeaders = { Authorization = new("Bearer", NotifyAdminSettings.ApiKey) } };
        await SaveBothAsync(client);

        using var posted = await client.PostAsync("api/events", new StringContent(
            """{"specversion":"1.0","id":"1","source":"tests","type":"sas-event-suspicious","data":{"item_level":"serious","title":"one"}}""",
            new MediaTypeHeaderValue("application/cloudevents+json")), Stop);

        posted.EnsureSuccessStatusCode();
        if (isTrusted)
        {
            await Eventually.HoldsAsync(() => Task.FromResult(sandbox.Messages.All.Count == 2), TimeSpan.FromSeconds(60));
        }
        else
        {
            await Eventually.HoldsAsync(async () =>
            {
                var deliveries = await client.GetStringAsync("api/deliveries", Stop);
                return deliveries.Split("tls_failed").Length > 2;
            }, TimeSpan.FromSeconds(60));
            sandbox.Calls.All.ShouldBeEmpty();
        }

        proxy.Requests.ShouldContain("CONNECT slack.test:443 HTTP/1.1");
        proxy.Requests.ShouldContain("CONNECT oapi.test:443 HTTP/1.1");
    }

    [Theory]
    [InlineData("Outgoing:Proxy", "none")]
    [InlineData("Outgoing:NoProxy", "slack.test,.test")]
    [InlineData("NO_PROXY", "*")]
    public async Task Excepted_IsNotAskedOfTheProxy(string key, string value)
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        await using var proxy = ProxyTo(sandbox);
        await using var app = await StartAsync("http", ("HTTP_PROXY", proxy.Authority), (key, value));

        var (slack, robot) = await TestAsync(app, "http");

        (slack.Code, robot.Code).ShouldBe(("connection_failed", "connection_failed"), "only the proxy knows the names");
        proxy.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task ProxyThatIsAway_IsKnownNotToHaveSent()
    {
        await using var app = await StartAsync("https", ("Outgoing:Proxy", "http://127.0.0.1:1"));

        var (slack, robot) = await TestAsync(app, "https");

        (slack.Code, slack.OutcomeUnknown).ShouldBe(("connection_failed", false));
        (robot.Code, robot.OutcomeUnknown).ShouldBe(("connection_failed", false));
    }

    private static ForwardProxy ProxyTo(SandboxServer sandbox, string? login = null) => ProxyTo(sandbox.BaseAddress.Port, login);

    private static ForwardProxy ProxyTo(int port, string? login) =>
        new(new Dictionary<string, int> { ["slack.test"] = port, ["oapi.test"] = port }, login);

    // By the vendors' own APIs.
    private static async Task SaveBothAsync(HttpClient client)
    {
        using var slack = await client.PostAsJsonAsync("api/UpdateSlack", new
        {
            apiKey = NotifyAdminSettings.ApiKey, channelId = "C0ALERTS01", slackToken = TestChannels.SandboxToken, slackNotify = true,
        }, Stop);
        slack.EnsureSuccessStatusCode();
        var query = SignedCalls.RpcQuery("POST", "CreateOrUpdateDingTalk", NotifyAdminSettings.AccessKeyId,
            NotifyAdminSettings.AccessKeySecret, TimeProvider.System.GetUtcNow(), new Dictionary<string, string>
            {
                ["RuleActionName"] = "Robot",
                ["SendUrl"] = $"https://oapi.test/robot/send?access_token={RobotSeeds.KeywordToken}",
                ["ConfigList"] = """[{"type":"sas-event-suspicious","configItemList":[]}]""",
                ["DingTalkLang"] = "en",
            });
        using var robot = await client.PostAsync($"/{query}", null, Stop);
        robot.IsSuccessStatusCode.ShouldBeTrue(await robot.Content.ReadAsStringAsync(Stop));
    }

    private static Task<NotifyAdminApp> StartAsync(string scheme, params (string Key, string Value)[] configuration) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string>(configuration.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)))
            {
                ["Slack:ApiUrl"] = $"{scheme}://slack.test/api/",
                ["DingTalk:AllowedWebhooks:0"] = $"{scheme}://oapi.test/robot/send",
            },
        });

    private static async Task<(SendResult Slack, SendResult Robot)> TestAsync(NotifyAdminApp app, string scheme)
    {
        var model = new SlackIntegrationFormModel { ChannelId = "C0ALERTS01", Token = TestChannels.SandboxToken };
        var slack = await app.Services.GetRequiredService<SlackTestService>()
            .SendDraftAsync(null, model, TestChoice.Example, Actor.System, Stop);
        var robot = await app.Chatbots().TestDraftAsync(new ChatbotChange
        {
            Name = "Robot",
            Webhook = $"{scheme}://oapi.test/robot/send?access_token={RobotSeeds.KeywordToken}",
            Security = new SecurityChange(RobotSecurityMode.Keyword, null, RobotSeeds.Keyword),
        }, TestChoice.Example, Actor.System, Stop);
        return (slack!.Outcome.Result!, robot.Test!.Outcome.Result!);
    }
}
