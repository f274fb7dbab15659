using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;
using static Notify.Admin.IntegrationTests.Sources.SourceTesting;

namespace Notify.Admin.IntegrationTests.Sources;

/// <summary>Tools that post to DingTalk or Slack, and post here instead.</summary>
public sealed class RobotSourceTests
{
    private const string Secret = "SEC0123456789abcdef0123456789abcdef";
    private const string Ok = """{"errcode":0,"errmsg":"ok"}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Messages_OfEitherKind_ReachChannelsOfBoth(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        var channels = await ChannelsAsync(app);
        var robot = await app.CreateSourceAsync(new { name = "robot", kind = "dingtalk-robot", channels, mentions = true });
        var webhook = await app.CreateSourceAsync(new { name = "webhook", kind = "slack-webhook", channels, mentions = true });
        robot.Address.ShouldMatch("/robot/send\\?access_token=[0-9a-f]{64}$");
        webhook.Address.ShouldMatch("/services/T[A-Z0-9]{10}/B[A-Z0-9]{10}/[A-Za-z0-9]{32}$");

        (await PostAsync(robot.Address, """
            {"msgtype":"actionCard","actionCard":{"title":"Deploy 7","text":"### Deploy **7**\n- by @ann","btnOrientation":"1",
             "btns":[{"title":"Logs","actionURL":"https://ci.example/7?a=1&b=2"},{"title":"Undo","actionURL":"dingtalk://undo"}]}}
            """)).ShouldBe((HttpStatusCode.OK, Ok));
        (await PostAsync(webhook.Address, """
            {"channel":"#elsewhere","username":"nobody","text":"short","blocks":[
              {"type":"section","text":{"type":"mrkdwn","text":"<!channel> *Down*: <https://ci.example/8|build 8>"}},
              {"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Open"},"url":"https://ci.example/8"}]}]}
            """)).ShouldBe((HttpStatusCode.OK, "ok"));

        await app.WaitForDeliveriesAsync(all => all.Count == 4 && all.All(d => d.State == DeliveryState.Sent));
        var sent = app.Sandbox.Messages.All;
        SandboxMessage Robot(string type) => sent.Single(m => m.WentTo(RobotSeeds.KeywordToken)
            && m.Body.GetProperty("msgtype").GetString() == type);
        SandboxMessage Slack(bool hasBlocks) => sent.Single(m => m.WentTo("C0ALERTS01")
            && m.Body.TryGetProperty("blocks", out _) == hasBlocks);

        var card = Robot("actionCard").Body.GetProperty("actionCard");
        card.GetProperty("text").GetString()!.ShouldStartWith("### Deploy **7**\n- by @ann\n\nID ");
        card.GetProperty("btns")[1].GetProperty("actionURL").GetString().ShouldBe("dingtalk://undo");
        card.GetProperty("text").GetString()!.ShouldContain(RobotSeeds.Keyword);

        var converted = Slack(hasBlocks: false).Body.GetProperty("text").GetString()!;
        converted.ShouldStartWith("*Deploy 7*\n• by @ann\n\n<https://ci.example/7?a=1&amp;b=2|Logs> · Undo\n");

        var posted = Slack(hasBlocks: true).Body;
        posted.TryGetProperty("username", out _).ShouldBeFalse();
        posted.GetProperty("blocks").GetArrayLength().ShouldBe(3);
        posted.GetProperty("blocks")[0].GetRawText().ShouldContain("<!channel>");
        posted.GetProperty("blocks")[2].GetRawText().ShouldContain("Delivery D-");

        var markdown = Robot("markdown").Body;
        markdown.GetProperty("markdown").GetProperty("text").GetString()!
            .ShouldStartWith("@所有人 **Down**: [build 8](https://ci.example/8)  \n[Open](https://ci.example/8)");
        markdown.GetProperty("at").GetProperty("isAtAll").GetBoolean().ShouldBeTrue();

        (await app.EventsAsync()).Select(e => (e.Type, e.Title, e.SourceId)).ShouldBe(
            [("notify.message", "Deploy 7", robot.Id), ("notify.message", "@channel Down: build 8 (https://ci.example/8)", webhook.Id)]);
    }

    [Fact]
    public async Task Mentions_AreLetThroughOnlyWhereTheSourceSaysSo()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var channels = await ChannelsAsync(app);
        var robot = await app.CreateSourceAsync(new { name = "robot", kind = "dingtalk-robot", channels });
        var webhook = await app.CreateSourceAsync(new { name = "webhook", kind = "slack-webhook", channels });

        (await PostAsync(robot.Address,
            """{"msgtype":"text","text":{"content":"@13800000000 down"},"at":{"atMobiles":["13800000000"],"isAtAll":true}}""")).Body.ShouldBe(Ok);
        (await PostAsync(webhook.Address, """
            {"text":"<!here> <@U012AB3CD|ann> <!subteam^S1>","link_names":true,"blocks":[{"type":"rich_text","elements":[
              {"type":"rich_text_section","elements":[{"type":"broadcast","range":"channel"},{"type":"user","user_id":"U012AB3CD"},{"type":"text","text":" down"}]}]}]}
            """)).Body.ShouldBe("ok");

        await app.WaitForDeliveriesAsync(all => all.Count == 4 && all.All(d => d.State == DeliveryState.Sent));
        foreach (var message in app.Sandbox.Messages.All)
        {
            message.Mentions.ShouldBeEmpty(message.RawBody);
            message.RawBody.ShouldNotContain("<!");
            message.RawBody.ShouldNotContain("<@");
            message.RawBody.ShouldNotContain("link_names");
        }
    }

    [Fact]
    public async Task Robot_BadRequests_HaveDingTalksAnswers()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var robot = await app.CreateSourceAsync(new { name = "robot", kind = "dingtalk-robot" });
        var off = await app.CreateSourceAsync(new { name = "off", kind = "dingtalk-robot", is_on = false });
        var far = await app.CreateSourceAsync(new { name = "far", kind = "dingtalk-robot", allowed_addresses = new[] { "10.0.0.0/8" } });
        var slow = await app.CreateSourceAsync(new { name = "slow", kind = "dingtalk-robot", per_minute = 1 });
        var other = await app.CreateSourceAsync(new { name = "other", kind = "generic" });
        const string Text = """{"msgtype":"text","text":{"content":"x"}}""";
        await PostAsync(slow.Address, Text);

        (string Address, string Body, string Type, int Code)[] cases =
        [
            (robot.Address, Text, "text/plain", 43004),
            (robot.Address, "{", "application/json", 40035),
            (robot.Address, """{"msgtype":"markdown","markdown":{"text":"x"}}""", "application/json", 40035),
            (robot.Address, """{"msgtype":"text","text":{"content":"\ud800"}}""", "application/json", 40035),
            (robot.Address, """{"msgtype":"image"}""", "application/json", 400105),
            (robot.Address, $$$"""{"msgtype":"text","text":{"content":"{{{new string('x', 20_000)}}}"}}""", "application/json", 460101),
            ($"{robot.Address}x", Text, "application/json", 300001),
            (new Uri(app.BaseAddress, $"robot/send?access_token={other.Address[^40..]}").AbsoluteUri, Text, "application/json", 300001),
            (off.Address, Text, "application/json", 400102),
            (far.Address, Text, "application/json", 310000),
            (slow.Address, Text, "application/json", 130101),
        ];
        foreach (var (address, body, type, code) in cases)
        {
            var answer = await PostAsync(address, body, type);
            answer.Status.ShouldBe(HttpStatusCode.OK);
            JsonDocument.Parse(answer.Body).RootElement.GetProperty("errcode").GetInt32().ShouldBe(code, answer.Body);
        }

        var elsewhere = new Uri(app.BaseAddress, $"in/{robot.Address[^64..]}").AbsoluteUri;
        (await PostAsync(elsewhere, Text)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.EventsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Webhook_BadRequests_HaveSlacksAnswers()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var webhook = await app.CreateSourceAsync(new { name = "webhook", kind = "slack-webhook" });
        var off = await app.CreateSourceAsync(new { name = "off", kind = "slack-webhook", is_on = false });
        var slow = await app.CreateSourceAsync(new { name = "slow", kind = "slack-webhook", per_minute = 1 });
        const string Text = """{"text":"x"}""";
        const string Json = "application/json";
        await PostAsync(slow.Address, Text);

        (string Address, string Body, string Type, HttpStatusCode Status, string Word)[] cases =
        [
            (webhook.Address, "payload=" + Uri.EscapeDataString(Text), "application/x-www-form-urlencoded", HttpStatusCode.OK, "ok"),
            (webhook.Address, "text=x", "application/x-www-form-urlencoded", HttpStatusCode.BadRequest, "invalid_payload"),
            (webhook.Address, "x", Json, HttpStatusCode.BadRequest, "invalid_payload"),
            (webhook.Address, """{"text":""}""", Json, HttpStatusCode.BadRequest, "no_text"),
            (webhook.Address, """{"blocks":[{"text":"x"}]}""", Json, HttpStatusCode.BadRequest, "invalid_blocks"),
            (webhook.Address + "x", Text, Json, HttpStatusCode.NotFound, "no_service"),
            (off.Address, Text, Json, HttpStatusCode.NotFound, "no_active_hooks"),
            (slow.Address, Text, Json, HttpStatusCode.TooManyRequests, "rate_limited"),
        ];
        foreach (var (address, body, type, status, word) in cases)
        {
            (await PostAsync(address, body, type)).ShouldBe((status, word), body);
        }
    }

    [Theory, DatabaseData]
    public async Task Robot_WithASecret_TakesEachSignatureOnceAndWithinAnHour(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var robot = await app.CreateSourceAsync(new { name = "robot", kind = "dingtalk-robot", secret = Secret });
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        const string Text = """{"msgtype":"text","text":{"content":"signed"}}""";

        (await PostAsync(Signed(robot.Address, now), Text)).Body.ShouldBe(Ok);
        // The same moment may be two messages'.
        (await PostAsync(Signed(robot.Address, now), """{"msgtype":"text","text":{"content":"another"}}""")).Body.ShouldBe(Ok);

        string[] refused =
        [
            Signed(robot.Address, now), Signed(robot.Address, now - 3_700_000), Signed(robot.Address, now + 3_700_000),
            robot.Address, Signed(robot.Address, now + 1, "another secret"), $"{robot.Address}&timestamp={now}&sign=AAAA",
            Signed(robot.Address, now / 1000),
        ];
        foreach (var address in refused)
        {
            (await PostAsync(address, Text)).Body.ShouldContain("\"errcode\":310000", Case.Sensitive, address);
        }

        (await app.EventsAsync()).Count.ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Deliveries_OfOneSource_CanBeAskedFor(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        var channels = await ChannelsAsync(app);
        var first = await app.CreateSourceAsync(new { name = "first", kind = "slack-webhook", channels });
        var second = await app.CreateSourceAsync(new { name = "second", kind = "slack-webhook", channels });
        await PostAsync(first.Address, """{"text":"of the first"}""");
        await PostAsync(second.Address, """{"text":"of the second"}""");
        using var client = app.CreateApiClient();

        var found = (await client.GetFromJsonAsync<JsonElement>($"api/deliveries?sourceId={second.Id}", Stop)).GetProperty("items");

        found.EnumerateArray().Select(item => item.GetProperty("event").GetProperty("title").GetString())
            .ShouldBe(["of the second", "of the second"]);
    }

    [Fact]
    public async Task Webhook_SameWordsTwice_AreTwoMessages()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var webhook = await app.CreateSourceAsync(new { name = "webhook", kind = "slack-webhook" });

        await PostAsync(webhook.Address, """{"text":"still down"}""");
        await PostAsync(webhook.Address, """{"text":"still down"}""");

        (await app.EventsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Messages_BeyondTheLimit_AreADigestThatTellsThem()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var chatbot = await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { IntervalMinutes = 60 });
        var webhook = await app.CreateSourceAsync(
            new { name = "webhook", kind = "slack-webhook", channels = new[] { new { kind = "dingtalk", id = chatbot } } });
        for (var i = 0; i < 3; i++)
        {
            await PostAsync(webhook.Address, $$"""{"text":"*Build {{i}}*\nfailed in step {{i}}"}""");
            await app.WaitForDeliveriesAsync(all => all.Any(d => d.State == DeliveryState.Sent));
        }

        await app.WaitForDeliveriesAsync(all => all.Count(d => d.State == DeliveryState.Sent) == 1
            && all.Count(d => d.State == DeliveryState.Held) == 2);
        await app.EditChatbotAsync(chatbot, change => change with { IntervalMinutes = 0 });
        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));

        var digest = app.Sandbox.Messages.All[^1].Text;
        digest.ShouldContain("failed in step 1");
        digest.ShouldContain("failed in step 2");
    }

    [Fact]
    public async Task Event_OfOthersWithAPostedMessage_IsToldAsText()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var slack = await app.AddSlackIntegrationAsync("C0ALERTS01");
        var source = await app.CreateSourceAsync(
            new { name = "events", kind = "cloudevents", channels = new[] { new { kind = "slack", id = slack } } });
        const string Data = """{"title":"t","posted":{"slack":{"text":"<!channel>"},"dingtalk":{"msgtype":"text","text":{"content":"x"}}}}""";

        (await PostAsync(source.Address, $$"""{"specversion":"1.0","id":"1","source":"s","type":"notify.message","data":{{Data}}}"""))
            .Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(source.Address, $$"""{"specversion":"1.0","id":"1","source":"s","type":"message","data":{{Data}}}"""))
            .Status.ShouldBe(HttpStatusCode.Accepted);

        await app.WaitForDeliveriesAsync(all => all.Count == 1 && all[0].State == DeliveryState.Sent);
        app.Sandbox.Messages.All.Single().RawBody.ShouldNotContain("<!channel>");
    }

    [Fact]
    public async Task Source_OfAKindOfItsOwn_SaysWhichFieldsItHas()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Admin, ApiKeyScope.Full));
        (object Body, string Field)[] cases =
        [
            (new { name = "x", kind = "slack-webhook", auth = "bearer", secret = Secret }, "auth"),
            (new { name = "x", kind = "dingtalk-robot", auth = "hmac", secret = Secret, signature_header = "X" }, "auth"),
            (new { name = "x", kind = "generic", auth = "sign", secret = Secret }, "auth"),
            (new { name = "x", kind = "generic", mentions = true }, "mentions"),
            (new { name = "x", kind = "slack-webhook", mapping = """{"fields":{"title":"/text"}}""" }, "mapping"),
            (new { name = "x", kind = "cloudevents", mapping = """{"fields":{"title":"/text"}}""" }, "mapping"),
        ];
        foreach (var (body, field) in cases)
        {
            using var response = await client.PostAsJsonAsync("api/sources", body, Stop);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            var problems = (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors");
            problems[0].GetProperty("field").GetString().ShouldBe(field);
        }

        var made = await app.CreateSourceAsync(new { name = "robot", kind = "dingtalk-robot", secret = Secret });
        var read = await client.GetFromJsonAsync<JsonElement>($"api/sources/{made.Id}", Stop);
        read.GetProperty("auth").GetString().ShouldBe("sign");
        read.GetProperty("mentions").GetBoolean().ShouldBeFalse();
        read.GetProperty("address").GetString().ShouldEndWith($"/robot/send?access_token=****{made.Address[^4..]}");
        read.GetRawText().ShouldNotContain(Secret);
    }

    private static string Signed(string address, long timestamp, string secret = Secret)
    {
        var time = timestamp.ToString(CultureInfo.InvariantCulture);
        return $"{address}&timestamp={time}&sign={Uri.EscapeDataString(RobotSignature.Compute(time, secret))}";
    }

    private static async Task<object[]> ChannelsAsync(NotifyAdminApp app) =>
    [
        new { kind = "slack", id = await app.AddSlackIntegrationAsync("C0ALERTS01", integration => integration.SlackNotify = false) },
        new { kind = "dingtalk", id = await app.AddChatbotAsync(RobotSeeds.KeywordToken) },
    ];
}
