using System.Net;
using System.Text.Json;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Sandbox;

public sealed class FaultTests : SandboxTest
{
    [Theory]
    [InlineData(FaultKind.Timeout, 0)]
    [InlineData(FaultKind.AcceptThenTimeout, 1)]
    public async Task Timeout_HangsUntilTheCallerGivesUp(FaultKind kind, int accepted)
    {
        Server.Faults.Add(new SandboxFault { Kind = kind });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMilliseconds(300));
        using var content = new StringContent(JsonSerializer.Serialize(Text("Notify")), System.Text.Encoding.UTF8, "application/json");

        await Should.ThrowAsync<TaskCanceledException>(() =>
            Http.PostAsync(Server.RobotUrl(RobotSeeds.KeywordToken), content, patience.Token));

        Server.Messages.All.Count.ShouldBe(accepted);
        (await RobotAsync(Text("Notify"))).GetProperty("errcode").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData(FaultKind.Reset, 0)]
    [InlineData(FaultKind.AcceptThenReset, 1)]
    [InlineData(FaultKind.Cut, 1)]
    public async Task Reset_BreaksTheConnection(FaultKind kind, int accepted)
    {
        Server.Faults.Add(new SandboxFault { Kind = kind });

        await Should.ThrowAsync<HttpRequestException>(PostAsync);

        Server.Messages.All.Count.ShouldBe(accepted);
        Server.Counters.Faults.ShouldBe(1);
        (await PostAsync()).ShouldContain("\"ok\":true");
    }

    [Fact]
    public async Task Status_CarriesRetryAfter()
    {
        await FaultAsync(new { target = "slack", kind = "status", status = 429, retryAfter = 7 });

        using var response = await SlackResponseAsync("auth.test");

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        Code(await ReadAsync(response)).ShouldBe("ratelimited");
    }

    [Fact]
    public async Task Html_IsABadGateway()
    {
        await FaultAsync(new { kind = "html" });

        using var response = await SlackResponseAsync("auth.test");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task Truncated_IsAcceptedWithHalfAnAnswer()
    {
        await FaultAsync(new { kind = "truncated" });

        var answer = await PostAsync();

        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<JsonElement>(answer));
        Server.Messages.All.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("delay")]
    public async Task Slow_AnswersWholeInTheEnd(string kind)
    {
        await FaultAsync(new { kind, delayMs = 100 });

        (await PostAsync()).ShouldContain("\"ok\":true");
    }

    [Fact]
    public async Task Body_IsSentAsGiven()
    {
        await FaultAsync(new { kind = "body", body = "maintenance", contentType = "text/plain" });

        (await PostAsync()).ShouldBe("maintenance");
        Server.Messages.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task ErrorCode_SpeaksEachVendorsLanguage()
    {
        await FaultAsync(new { target = "slack", kind = "errorCode", errorCode = "fatal_error" });
        await FaultAsync(new { target = "dingtalk", kind = "errorCode", errorCode = 430102 });

        (await PostAsync()).ShouldBe("""{"ok":false,"error":"fatal_error"}""");
        (await RobotAsync(Text("Notify"))).GetProperty("errcode").GetInt32().ShouldBe(430102);
    }

    [Fact]
    public async Task Calls_LimitsHowOftenAndAfterWhen()
    {
        await FaultAsync(new { target = "slack", kind = "errorCode", calls = 2, after = 1 });

        var codes = new List<string?>();
        for (var i = 0; i < 4; i++)
        {
            codes.Add(Code(await SlackAsync("auth.test")));
        }

        codes.ShouldBe(["ok", "internal_error", "internal_error", "ok"]);
        Server.Faults.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Calls_Zero_IsUntilCleared()
    {
        await FaultAsync(new { target = "slack", kind = "errorCode", calls = 0 });
        for (var i = 0; i < 5; i++)
        {
            Code(await SlackAsync("auth.test")).ShouldBe("internal_error");
        }

        Server.Faults.All.Single().ShouldBe(Server.Faults.All.Single() with { Hits = 5, Remaining = null });
        using var cleared = await ControlAsync(HttpMethod.Delete, "/faults");
        Code(await SlackAsync("auth.test")).ShouldBe("ok");
    }

    [Fact]
    public async Task Filters_LimitWhichCalls()
    {
        await FaultAsync(new { kind = "errorCode", destination = "#sec-ops", calls = 0 });
        await FaultAsync(new { target = "dingtalk", kind = "errorCode", destination = RobotSeeds.SignedToken, calls = 0 });
        await FaultAsync(new { target = "slack", kind = "errorCode", method = "users.*", calls = 0 });

        (await PostAsync()).ShouldContain("\"ok\":true");
        Code(await SlackAsync("chat.postMessage", new { channel = "C0SECOPS01", text = "x" })).ShouldBe("internal_error");
        Code(await SlackAsync("users.list")).ShouldBe("internal_error");
        Code(await SlackAsync("conversations.list")).ShouldBe("ok");
        (await RobotAsync(Text("Notify"))).GetProperty("errcode").GetInt32().ShouldBe(0);
        (await RobotAsync(Text("Notify"), RobotSeeds.SignedToken)).GetProperty("errcode").GetInt32().ShouldBe(-1);
    }

    [Fact]
    public async Task Probability_HitsAboutThatShare()
    {
        Server.Faults.Add(new SandboxFault { Kind = FaultKind.ErrorCode, Calls = 0, Probability = 0.2 });

        for (var i = 0; i < 300; i++)
        {
            await SlackAsync("auth.test");
        }

        Server.Counters.Faults.ShouldBeInRange(20, 110);
    }

    [Fact]
    public async Task Accept_Given_OverridesTheKind()
    {
        await FaultAsync(new { kind = "status", status = 500, accept = true });

        using var response = await SlackResponseAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x" });

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        Server.Messages.All.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"kind":"explode"}""", "kind: is not one of timeout, reset")]
    [InlineData("""{}""", "'kind': is required")]
    [InlineData("""{"kind":"reset","sort":1}""", "sort: there is no such member")]
    [InlineData("""{"kind":"reset","target":"teams"}""", "target: is not one of all, slack, dingtalk")]
    [InlineData("""{"kind":"reset","calls":"two"}""", "calls: has the wrong type")]
    [InlineData("""{"kind":"status","status":99}""", "status: 99")]
    [InlineData("""{"kind":"reset","delayMs":-1}""", "delayMs: -1")]
    [InlineData("""{"kind":"reset","probability":0}""", "probability: 0")]
    [InlineData("""{"kind":"reset","after":-1}""", "after: -1")]
    [InlineData("""{"kind":"body"}""", "body: is required")]
    [InlineData("""{"kind":"errorCode","errorCode":"fatal_error"}""", "errorCode: 'fatal_error' is not a whole number")]
    [InlineData("""{"kind":"reset","target":"dingtalk","method":"x"}""", "method: a robot has none")]
    [InlineData("""{"kind":"status","retryAfter":"soon"}""", "retryAfter: 'soon'")]
    [InlineData("""{"kind":""", "The body is not valid JSON")]
    public async Task Add_BadInput_Is400AndNamesTheField(string fault, string words)
    {
        using var response = await ControlAsync(HttpMethod.Post, "/faults", fault);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ReadAsync(response)).GetProperty("error").GetString()!.ShouldStartWith(words);
        Server.Faults.All.ShouldBeEmpty();
    }

    private async Task<string> PostAsync()
    {
        using var response = await SlackResponseAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x" });
        return await response.Content.ReadAsStringAsync(Token);
    }
}
