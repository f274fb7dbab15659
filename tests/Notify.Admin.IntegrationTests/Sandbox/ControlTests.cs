using System.Net;
using System.Text.Json;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Sandbox;

public sealed class ControlTests : SandboxTest
{
    [Fact]
    public async Task Messages_Filters_SelectByTargetDestinationAndSince()
    {
        await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "one" });
        await SlackAsync("chat.postMessage", new { channel = "C0SECOPS01", text = "two" });
        Time.Move(TimeSpan.FromMinutes(1));
        await RobotAsync(Text("Notify three"));

        (await TextsAsync("")).ShouldBe(["one", "two", "Notify three"]);
        (await TextsAsync("?target=slack")).ShouldBe(["one", "two"]);
        (await TextsAsync("?destination=%23alerts")).ShouldBe(["one"]);
        (await TextsAsync($"?destination={RobotSeeds.KeywordToken}")).ShouldBe(["Notify three"]);
        (await TextsAsync("?since=1")).ShouldBe(["two", "Notify three"]);
        (await TextsAsync("?since=2025-01-02T03:05:00Z")).ShouldBe(["Notify three"]);
        (await TextsAsync("?limit=1")).ShouldBe(["Notify three"]);
    }

    [Theory]
    [InlineData("?target=teams", "target: 'teams'")]
    [InlineData("?since=yesterday", "since: 'yesterday'")]
    [InlineData("?limit=-1", "limit: '-1'")]
    public async Task Messages_BadFilter_Is400(string query, string words)
    {
        using var response = await ControlAsync(HttpMethod.Get, "/messages" + query);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ReadAsync(response)).GetProperty("error").GetString()!.ShouldStartWith(words);
    }

    [Fact]
    public async Task Messages_Show_OnlyTheEndOfTheToken()
    {
        await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "one" });
        await RobotAsync(Text("Notify"));

        using var response = await ControlAsync(HttpMethod.Get, "/messages");
        var text = await response.Content.ReadAsStringAsync(Token);

        text.ShouldNotContain(SlackSeeds.BotToken);
        text.ShouldNotContain(RobotSeeds.KeywordToken);
        (await ReadAsync(response))[0].GetProperty("token").GetString().ShouldBe("oken");
    }

    [Fact]
    public async Task Delete_Messages_KeepsNumberingAndCounters()
    {
        await RobotAsync(Text("Notify 1"));
        using var cleared = await ControlAsync(HttpMethod.Delete, "/messages");
        await RobotAsync(Text("Notify 2"));

        cleared.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Server.Messages.All.Single().Index.ShouldBe(2);
        Server.Counters.DingTalkMessages.ShouldBe(2);
    }

    [Fact]
    public async Task Counters_Count_AnswersAndDestinations()
    {
        await RobotAsync(Text("Notify"));
        await RobotAsync(Text("nothing"));
        await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "one" });

        using var response = await ControlAsync(HttpMethod.Get, "/counters");
        var counters = await ReadAsync(response);

        counters.GetProperty("messages").GetInt32().ShouldBe(2);
        counters.GetProperty("dingTalkCalls").GetInt32().ShouldBe(2);
        counters.GetProperty("answers").GetProperty("robot/send 310000").GetInt32().ShouldBe(1);
        counters.GetProperty("destinations").GetProperty(SlackSeeds.Joined).GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Put_Slack_AddsChangesAndReplaces()
    {
        await PutAsync("/slack/channels", new { id = "C0NEW00001", name = "new", members = new[] { SlackSeeds.BotUserId } });
        await PutAsync("/slack/tokens", new[] { new { token = "xoxb-mine", scopes = new[] { "chat:write" } } });
        await PutAsync("/slack/users?replace=true", Enumerable.Range(0, 20_000)
            .Select(number => new { id = $"U{number:D6}", name = $"u{number}" }));
        await PutAsync("/slack/functions", new { id = "Fn1", callbackId = "one", appId = "A1", permissionType = "everyone" });

        Code(await SlackAsync("chat.postMessage", new { channel = "C0NEW00001", text = "x" }, "xoxb-mine")).ShouldBe("ok");
        Code(await SlackAsync("functions.distributions.permissions.list", new { function_id = "Fn1" }, SlackSeeds.ConfigurationToken))
            .ShouldBe("ok");
        (await SlackAsync("users.list", new { limit = 1000 })).GetProperty("members").GetArrayLength().ShouldBe(1000);
        Server.Slack.Users.All.Count.ShouldBe(20_000);
        using var removed = await ControlAsync(HttpMethod.Delete, "/slack/tokens/xoxb-mine");
        Code(await SlackAsync("auth.test", token: "xoxb-mine")).ShouldBe("invalid_auth");
    }

    [Theory]
    [InlineData("/slack/channels", """{"id":"#x","name":"x"}""", "id: '#x' is not a channel id")]
    [InlineData("/slack/channels", """[{"id":"C1","name":"x"},{"id":"C2"}]""", "[1].name: is required")]
    [InlineData("/slack/channels?replace=yes", """{"id":"C1","name":"x"}""", "replace: 'yes'")]
    [InlineData("/slack/users", """{"id":"u1","name":"x"}""", "id: 'u1' is not a user id")]
    [InlineData("/slack/tokens", """{"token":"x","kind":"app"}""", "kind: is not one of")]
    [InlineData("/slack/tokens", """{"token":"x","scopes":[null]}""", "scopes")]
    [InlineData("/slack/functions", """{"id":"fn1","callbackId":"x"}""", "id: 'fn1' is not a function id")]
    [InlineData("/slack/functions", """{"id":"Fn1","callbackId":"x","userIds":["U1"]}""", "userIds, teamIds, orgIds: only with")]
    [InlineData("/robots/abc", """{"allowedIps":["nowhere"]}""", "allowedIps: 'nowhere'")]
    [InlineData("/robots/abc", """{"perMinute":-1}""", "perMinute: -1")]
    [InlineData("/robots/abc", """{"token":"other"}""", "token: 'other'")]
    [InlineData("/robots/a-b", """{}""", "token: only letters")]
    [InlineData("/robots", """[{"token":"a"},{}]""", "[1].token: is required")]
    [InlineData("/settings", """{"setSemantics":"both"}""", "setSemantics: is not one of merge, replace")]
    [InlineData("/settings", """{"slackCallsPerMinute":{"x":-1}}""", "slackCallsPerMinute.x: -1")]
    public async Task Put_BadInput_Is400AndChangesNothing(string path, string body, string words)
    {
        var before = await SnapshotAsync();

        using var response = await ControlAsync(HttpMethod.Put, path, body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ReadAsync(response)).GetProperty("error").GetString()!.ShouldStartWith(words);
        (await SnapshotAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Put_WithoutJsonContentType_Is400()
    {
        using var content = new StringContent("{}");
        using var response = await Http.PutAsync(new Uri("_sandbox/settings", UriKind.Relative), content, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Delete_Sandbox_IsBackToTheSeeds()
    {
        var before = await SnapshotAsync();
        await PutAsync("/robots/abc", new { });
        await PutAsync("/settings", new { errorStyle = "new" });
        await PutAsync("/slack/users?replace=true", Array.Empty<object>());
        await FaultAsync(new { kind = "reset", calls = 0, target = "dingtalk" });
        await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x" });

        using var response = await ControlAsync(HttpMethod.Delete, "");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SnapshotAsync()).ShouldBe(before);
        Server.Messages.All.ShouldBeEmpty();
        Server.Counters.Messages.ShouldBe(0);
    }

    [Fact]
    public async Task Page_IsServedWithItsFilesAndAStrictPolicy()
    {
        using var page = await Http.GetAsync(new Uri("", UriKind.Relative), Token);
        var html = await page.Content.ReadAsStringAsync(Token);

        html.ShouldContain("page.js");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self'");
        foreach (var file in new[] { "page.js", "page.css", "strings.js", "dom.js", "slack.js", "dingtalk.js", "lists.js", "icon.svg" })
        {
            using var response = await Http.GetAsync(new Uri(file, UriKind.Relative), Token);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, file);
        }
    }

    [Fact]
    public async Task Wait_ForMessages_ReturnsWhenTheyArriveAndSaysWhatDidNot()
    {
        var both = Server.WaitForMessagesAsync(2, TimeSpan.FromSeconds(60), message => message.Target == SandboxTarget.DingTalk, Token);
        await RobotAsync(Text("Notify 1"));
        await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x" });
        await RobotAsync(Text("Notify 2"));

        (await both).Select(message => message.Text).ShouldBe(["Notify 1", "Notify 2"]);
        var late = await Should.ThrowAsync<TimeoutException>(() =>
            Server.WaitForMessagesAsync(4, TimeSpan.FromMilliseconds(50), cancellationToken: Token));
        late.Message.ShouldContain("3 came");
    }

    [Fact]
    public async Task KeepMessages_Limit_KeepsTheNewestAndCountsAll()
    {
        await using var small = await SandboxServer.StartAsync(new SandboxOptions { Urls = "http://127.0.0.1:0", KeepMessages = 2 }, Time,
            Token);
        using var http = new HttpClient { BaseAddress = small.BaseAddress };
        for (var i = 1; i <= 5; i++)
        {
            using var content = new StringContent(JsonSerializer.Serialize(Text($"Notify {i}")), System.Text.Encoding.UTF8,
                "application/json");
            using var response = await http.PostAsync(small.RobotUrl(RobotSeeds.KeywordToken), content, Token);
        }

        small.Messages.All.Select(message => message.Index).ShouldBe([4, 5]);
        small.Counters.Messages.ShouldBe(5);
    }

    private async Task<IEnumerable<string?>> TextsAsync(string query)
    {
        using var response = await ControlAsync(HttpMethod.Get, "/messages" + query);
        return (await ReadAsync(response)).EnumerateArray().Select(message => message.GetProperty("text").GetString()).ToList();
    }

    private async Task<string> SnapshotAsync()
    {
        var all = "";
        foreach (var path in new[] { "/slack/tokens", "/slack/channels", "/slack/users", "/slack/functions", "/robots", "/settings",
            "/faults" })
        {
            using var response = await ControlAsync(HttpMethod.Get, path);
            all += await response.Content.ReadAsStringAsync(Token);
        }

        return all;
    }
}
