using System.Net;
using System.Text;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackClientTests
{
    private const string Token = "xoxb-1111-2222-canary";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostMessageAsync_Accepted_ReadsChannelAndTs()
    {
        var slack = PretendSlack.Answering("""{"ok":true,"channel":"C1","ts":"1503435956.000247","message":{"text":"x"},"new":{"a":[1]}}""");

        var answer = await slack.Client().PostMessageAsync(Token, """{"channel":"C1","text":"x"}""", Cancellation);

        answer.Ok.ShouldBeTrue();
        answer.Code.ShouldBe("ok");
        answer.Value.ShouldBe(new SlackPosted("C1", "1503435956.000247"));
        answer.StatusCode.ShouldBe(200);
        answer.OutcomeUnknown.ShouldBeFalse();
        answer.RetryAfter.ShouldBeNull();
        slack.Requests.ShouldHaveSingleItem().ShouldBe(new ReceivedRequest(
            "POST", "https://slack.test/api/chat.postMessage", "Bearer " + Token, "application/json; charset=utf-8", """{"channel":"C1","text":"x"}"""));
    }

    [Fact]
    public async Task PostMessageAsync_AcceptedWithoutDetails_IsStillAccepted()
    {
        var answer = await PretendSlack.Answering("""{"ok":true,"channel":{"id":"C1"},"ts":1503435956.000247}""").Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Ok.ShouldBeTrue();
        answer.Value.ShouldBe(new SlackPosted(null, null));
    }

    [Fact]
    public async Task TestAuthAsync_Accepted_ReadsIdentityAndScopes()
    {
        var slack = PretendSlack.Answering(
            """{"ok":true,"url":"https://x.slack.com/","team":"X","user":"bot","team_id":"T1","user_id":"U1","bot_id":"B1","is_enterprise_install":false}""",
            headers: ("X-OAuth-Scopes", "chat:write, channels:read,,chat:write"));

        var answer = await slack.Client().TestAuthAsync(Token, Cancellation);

        answer.Value.ShouldBe(new SlackIdentity("X", "T1", "bot", "U1", "B1", "https://x.slack.com/", null, IsEnterpriseInstall: false));
        answer.Scopes.ShouldBe(["chat:write", "channels:read"]);
        var request = slack.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Url.ShouldBe("https://slack.test/api/auth.test");
        request.Body.ShouldBe("");
    }

    [Fact]
    public async Task ListConversationsAsync_Page_SendsQueryAndReadsItems()
    {
        var slack = PretendSlack.Answering("""
            {"ok":true,"channels":[
              {"id":"C1","name":"general","is_private":false,"is_member":true,"num_members":7,"purpose":{"value":"All"},"is_ext_shared":true},
              {"id":"C2","name":null,"is_member":null,"num_members":"many","purpose":"odd"},
              {"name":"without id"}, 5],
             "response_metadata":{"next_cursor":"dGVhbQ=="}}
            """);

        var answer = await slack.Client().ListConversationsAsync(Token, "public_channel,private_channel", null, "a=b&c", Cancellation);

        answer.Value!.NextCursor.ShouldBe("dGVhbQ==");
        answer.Value.Items.ShouldBe(
        [
            new SlackConversation("C1", "general", false, false, true, true, 7, "All"),
            new SlackConversation("C2", null, false, false, false, false, null, null),
        ]);
        var request = slack.Requests.ShouldHaveSingleItem();
        request.Url.ShouldBe("https://slack.test/api/conversations.list?types=public_channel%2Cprivate_channel&exclude_archived=true&limit=200&cursor=a%3Db%26c");
        request.Method.ShouldBe("GET");
        request.Url.ShouldNotContain("canary");
    }

    [Theory]
    [InlineData("""{"ok":true,"channels":[]}""")]
    [InlineData("""{"ok":true,"channels":[],"response_metadata":{"next_cursor":""}}""")]
    [InlineData("""{"ok":true,"channels":[],"response_metadata":null}""")]
    public async Task ListConversationsAsync_LastPage_HasNoCursor(string body)
    {
        var answer = await PretendSlack.Answering(body).Client().ListConversationsAsync(Token, "public_channel", "T1", null, Cancellation);

        answer.Value!.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task ListConversationsAsync_WithoutList_IsUnreadable()
    {
        var answer = await PretendSlack.Answering("""{"ok":true,"channels":"none"}""").Client().ListConversationsAsync(Token, "im", null, null, Cancellation);

        answer.Ok.ShouldBeFalse();
        answer.Code.ShouldBe("unreadable_answer");
    }

    [Fact]
    public async Task GetConversationAsync_Found_ReadsIt()
    {
        var slack = PretendSlack.Answering("""{"ok":true,"channel":{"id":"C1","name":"ops","is_private":true,"is_archived":true}}""");

        var answer = await slack.Client().GetConversationAsync(Token, "C1", Cancellation);

        answer.Value.ShouldBe(new SlackConversation("C1", "ops", true, true, false, false, null, null));
        slack.Requests[0].Url.ShouldBe("https://slack.test/api/conversations.info?channel=C1&include_num_members=true");
    }

    [Fact]
    public async Task JoinConversationAsync_AlreadyIn_IsAcceptedWithWarning()
    {
        var slack = PretendSlack.Answering(
            """{"ok":true,"channel":{"id":"C1","name":"ops"},"warning":"already_in_channel","response_metadata":{"warnings":["already_in_channel"]}}""");

        var answer = await slack.Client().JoinConversationAsync(Token, "C1", Cancellation);

        answer.Ok.ShouldBeTrue();
        answer.Warnings.ShouldBe(["already_in_channel"]);
        slack.Requests[0].ShouldBe(new ReceivedRequest(
            "POST", "https://slack.test/api/conversations.join", "Bearer " + Token, "application/x-www-form-urlencoded", "channel=C1"));
    }

    [Fact]
    public async Task ListUsersAsync_Page_ReadsPeople()
    {
        var slack = PretendSlack.Answering("""
            {"ok":true,"members":[
              {"id":"U1","name":"ann","deleted":false,"profile":{"real_name":"Ann","display_name":"annie","email":"ann@example.com","image_48":"https://x/48.png"}},
              {"id":"USLACKBOT","name":"slackbot","is_bot":false},
              {"id":"W1","name":"gone","deleted":true,"is_bot":true,"real_name":"Gone"}]}
            """);

        var answer = await slack.Client().ListUsersAsync(Token, "T1", null, Cancellation);

        answer.Value!.Items.ShouldBe(
        [
            new SlackUser("U1", "ann", "Ann", "annie", "ann@example.com", "https://x/48.png", false, false),
            new SlackUser("USLACKBOT", "slackbot", null, null, null, null, false, true),
            new SlackUser("W1", "gone", "Gone", null, null, null, true, true),
        ]);
        slack.Requests[0].Url.ShouldBe("https://slack.test/api/users.list?limit=200&team_id=T1");
    }

    [Fact]
    public async Task FindUserByEmailAsync_Address_IsEscaped()
    {
        var slack = PretendSlack.Answering("""{"ok":false,"error":"users_not_found"}""");

        var answer = await slack.Client().FindUserByEmailAsync(Token, "a+b&c=d@example.com", Cancellation);

        answer.Code.ShouldBe("users_not_found");
        slack.Requests[0].Url.ShouldBe("https://slack.test/api/users.lookupByEmail?email=a%2Bb%26c%3Dd%40example.com");
    }

    [Fact]
    public async Task Call_MissingScope_CarriesNeededAndProvided()
    {
        var answer = await PretendSlack.Answering("""{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"channels:read"}""")
            .Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Code.ShouldBe("missing_scope");
        answer.Needed.ShouldBe("chat:write");
        answer.Provided.ShouldBe("channels:read");
        answer.Detail.ShouldBe("needed: chat:write; provided: channels:read");
        answer.OutcomeUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task Call_InvalidBlocks_CarriesEachExplanationOnce()
    {
        var answer = await PretendSlack.Answering("""
            {"ok":false,"error":"invalid_blocks","errors":["must be less than 3001 characters [json-pointer:/blocks/0/text/text]",{"message":"as an object"},{"odd":1},7],
             "response_metadata":{"messages":["[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"]}}
            """).Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Messages.ShouldBe(["must be less than 3001 characters [json-pointer:/blocks/0/text/text]", "as an object", """{"odd":1}""", "7"]);
    }

    [Theory]
    [InlineData(200, """{"ok":false,"error":"fatal_error"}""", "fatal_error", true)]
    [InlineData(200, """{"ok":false,"error":"internal_error"}""", "internal_error", true)]
    [InlineData(200, """{"ok":false,"error":"not_in_channel"}""", "not_in_channel", false)]
    [InlineData(200, """{"ok":false}""", "unknown_error", false)]
    [InlineData(200, """{"ok":false,"error":"ok"}""", "unknown_error", false)]
    [InlineData(200, """{"ok":false,"error":{"code":5}}""", "unknown_error", false)]
    [InlineData(403, """{"ok":false,"error":"accesslimited"}""", "accesslimited", false)]
    [InlineData(503, """{"ok":false,"error":"service_unavailable"}""", "service_unavailable", true)]
    [InlineData(500, """{"ok":true,"ts":"1.2"}""", "http_500", true)]
    [InlineData(502, "<html>Bad Gateway</html>", "http_502", true)]
    [InlineData(500, "", "http_500", true)]
    [InlineData(404, "<html>Not Found</html>", "http_404", false)]
    [InlineData(302, "", "http_302", false)]
    [InlineData(200, "<html>Log in to the network</html>", "unreadable_answer", true)]
    [InlineData(200, "", "unreadable_answer", true)]
    [InlineData(200, """{"ok":true,"channel":"C1","ts":"15034""", "unreadable_answer", true)]
    [InlineData(200, """[{"ok":true}]""", "unreadable_answer", true)]
    [InlineData(200, """{"ok":"true"}""", "unreadable_answer", true)]
    [InlineData(200, "null", "unreadable_answer", true)]
    [InlineData(429, "", "ratelimited", false)]
    [InlineData(429, "slow down", "ratelimited", false)]
    [InlineData(429, """{"ok":false,"error":"ratelimited"}""", "ratelimited", false)]
    [InlineData(429, """{"ok":false,"error":"message_limit_exceeded"}""", "message_limit_exceeded", false)]
    [InlineData(429, """{"ok":false,"error":"something_new"}""", "ratelimited", false)]
    public async Task Call_Answer_IsJudgedByItsBody(int status, string body, string code, bool outcomeUnknown)
    {
        var answer = await PretendSlack.Answering(body, (HttpStatusCode)status, "text/html").Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Ok.ShouldBeFalse();
        answer.Value.ShouldBeNull();
        answer.Code.ShouldBe(code);
        answer.OutcomeUnknown.ShouldBe(outcomeUnknown);
        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Call_AnswerDeeperThanAnyParserGoes_IsUnreadable()
    {
        var answer = await PretendSlack.Answering(new string('[', 100_000)).Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Code.ShouldBe("unreadable_answer");
    }

    [Fact]
    public async Task Call_AnswerWithByteOrderMark_IsRead()
    {
        var answer = await PretendSlack.Answering("\uFEFF{\"ok\":true,\"ts\":\"1.2\"}").Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task Call_AnswerWithHalfASurrogatePair_IsRead()
    {
        var answer = await PretendSlack.Answering("""{"ok":true,"channel":"\ud800","ts":"1.2"}""").Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Value.ShouldBe(new SlackPosted(null, "1.2"));
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 0)]
    [InlineData(" 2 ", 2)]
    [InlineData("1.5", 1.5)]
    [InlineData("Wed, 04 Mar 2026 05:08:07 GMT", 120)]
    [InlineData("Wed, 04 Mar 2026 05:00:00 GMT", 0)]
    [InlineData("99999999999999999999", 86400)]
    [InlineData("Wed, 04 Mar 2099 05:08:07 GMT", 86400)]
    public async Task Call_RetryAfter_IsReadAsSecondsOrDate(string header, double seconds)
    {
        foreach (var (status, body) in ((int, string)[])[(429, "{\"ok\":false,\"error\":\"ratelimited\"}"), (200, "{\"ok\":false,\"error\":\"rate_limited\"}"), (503, "busy")])
        {
            var slack = PretendSlack.Answering(body, (HttpStatusCode)status, headers: ("Retry-After", header));

            var answer = await slack.Client().PostMessageAsync(Token, "{}", Cancellation);

            answer.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
        }
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("1e5")]
    public async Task Call_RetryAfterThatIsNeither_CountsAsNotGiven(string header)
    {
        var slack = PretendSlack.Answering("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", header));

        (await slack.Client().PostMessageAsync(Token, "{}", Cancellation)).RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task Call_RetryAfterOnAnAcceptedCall_IsIgnored()
    {
        var slack = PretendSlack.Answering("""{"ok":true}""", headers: ("Retry-After", "30"));

        (await slack.Client().PostMessageAsync(Token, "{}", Cancellation)).RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task Call_AnswerThatEchoesTheToken_IsRedactedEverywhere()
    {
        const string Odd = "an/odd+token\"canary";
        var echo = Odd.Replace("\"", "\\\"", StringComparison.Ordinal);
        var slack = PretendSlack.Answering($$"""
            {"ok":false,"error":"bad {{echo}}","needed":"{{echo}}","response_metadata":{"messages":["token {{echo}} is bad, as is xoxp-12345-canary"] } }
            """);

        var answer = await slack.Client().PostMessageAsync(Odd, "{}", Cancellation);

        answer.ToString().ShouldNotContain("canary");
        answer.RawAnswer.ShouldNotBeNull().ShouldNotContain("canary");
        answer.Messages.ShouldAllBe(message => !message.Contains("canary"));
        answer.Detail.ShouldNotBeNull().ShouldNotContain("canary");
    }

    [Fact]
    public async Task Call_LongAnswer_IsKeptOnlyInPart()
    {
        var answer = await PretendSlack.Answering($$"""{"ok":false,"error":"{{new string('e', 10_000)}}","x":"{{new string('é', 100_000)}}" }""").Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.RawAnswer!.Length.ShouldBe(4096);
        answer.Code.Length.ShouldBe(80);
    }

    [Fact]
    public async Task Call_AnswerBeyondTheLimit_IsUnreadable()
    {
        var answer = await PretendSlack.Answering("{\"ok\":true,\"x\":\"" + new string('x', SlackClient.MaxAnswerBytes) + "\"}").Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Code.ShouldBe("unreadable_answer");
        answer.OutcomeUnknown.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("xoxb-with blank")]
    [InlineData("xoxb-line\nbreak")]
    [InlineData("xoxb-é")]
    public async Task Call_TokenThatCannotBeSent_IsRefusedWithoutACall(string token)
    {
        var slack = PretendSlack.Answering("{}");

        var answer = await slack.Client().PostMessageAsync(token, "{}", Cancellation);

        answer.Code.ShouldBe("token_malformed");
        answer.OutcomeUnknown.ShouldBeFalse();
        slack.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_OddButPrintableToken_IsSentAsItIs()
    {
        var slack = PretendSlack.Answering("""{"ok":true}""");
        const string Odd = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

        await slack.Client().PostMessageAsync(Odd, "{}", Cancellation);

        slack.Requests[0].Authorization.ShouldBe("Bearer " + Odd);
    }

    public static TheoryData<string, string, bool> Troubles => new()
    {
        { nameof(HttpRequestError.NameResolutionError), "connection_failed", false },
        { nameof(HttpRequestError.ConnectionError), "connection_failed", false },
        { nameof(HttpRequestError.SecureConnectionError), "connection_failed", false },
        { nameof(HttpRequestError.ProxyTunnelError), "connection_failed", false },
        { nameof(HttpRequestError.ResponseEnded), "connection_reset", true },
        { nameof(HttpRequestError.HttpProtocolError), "connection_reset", true },
        { nameof(HttpRequestError.Unknown), "connection_reset", true },
        { nameof(HttpRequestError.InvalidResponse), "unreadable_answer", true },
        { nameof(HttpRequestError.ConfigurationLimitExceeded), "unreadable_answer", true },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Call_TransportTrouble_IsAValue(string error, string code, bool outcomeUnknown)
    {
        var slack = PretendSlack.Throwing(new HttpRequestException(Enum.Parse<HttpRequestError>(error), "broken near " + Token));

        var answer = await slack.Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Code.ShouldBe(code);
        answer.OutcomeUnknown.ShouldBe(outcomeUnknown);
        answer.StatusCode.ShouldBeNull();
        answer.Detail.ShouldBe("broken near ***");
    }

    [Fact]
    public async Task Call_Timeout_IsAValueWithUnknownOutcome()
    {
        var slack = new PretendSlack(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        });

        var answer = await slack.Client(TimeSpan.FromMilliseconds(50)).PostMessageAsync(Token, "{}", Cancellation);

        answer.Code.ShouldBe("timeout");
        answer.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Call_ConnectTimeoutOfTheHandler_IsAFailedConnection()
    {
        var slack = PretendSlack.Throwing(new TaskCanceledException("cancelled", new TimeoutException("no connection in time")));

        var answer = await slack.Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Code.ShouldBe("connection_failed");
        answer.OutcomeUnknown.ShouldBeFalse();
        answer.Detail.ShouldBe("no connection in time");
    }

    [Fact]
    public async Task Call_CallersCancellation_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var slack = new PretendSlack(async (_, cancellationToken) =>
        {
            await cancellation.CancelAsync();
            throw new HttpRequestException("aborted");
        });

        await Should.ThrowAsync<OperationCanceledException>(() => slack.Client().PostMessageAsync(Token, "{}", cancellation.Token));
    }

    [Fact]
    public async Task ReadAllAsync_ManyPages_FollowsTheCursorThroughEmptyPages()
    {
        string[] pages =
        [
            """{"ok":true,"channels":[{"id":"C1"}],"response_metadata":{"next_cursor":"2"}}""",
            """{"ok":true,"channels":[],"response_metadata":{"next_cursor":"3"}}""",
            """{"ok":true,"channels":[{"id":"C2"}],"response_metadata":{"next_cursor":""}}""",
        ];
        var slack = new PretendSlack((request, _) => Task.FromResult(new HttpResponseMessage
        {
            Content = new StringContent(pages[request.RequestUri!.Query.Contains("cursor=2") ? 1 : request.RequestUri.Query.Contains("cursor=3") ? 2 : 0], Encoding.UTF8),
        }));
        var client = slack.Client();

        var listing = await SlackPaging.ReadAllAsync(cursor => client.ListConversationsAsync(Token, "public_channel", null, cursor, Cancellation));

        listing.Items.Select(channel => channel.Id).ShouldBe(["C1", "C2"]);
        listing.IsComplete.ShouldBeTrue();
        listing.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task ReadAllAsync_SameCursorAgain_Stops()
    {
        var slack = PretendSlack.Answering("""{"ok":true,"channels":[{"id":"C1"}],"response_metadata":{"next_cursor":"again"}}""");
        var client = slack.Client();

        var listing = await SlackPaging.ReadAllAsync(cursor => client.ListConversationsAsync(Token, "public_channel", null, cursor, Cancellation));

        listing.IsComplete.ShouldBeFalse();
        slack.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ReadAllAsync_FailureInBetween_KeepsWhatWasRead()
    {
        var calls = 0;

        var listing = await SlackPaging.ReadAllAsync<string>(_ => Task.FromResult(calls++ == 0
            ? new SlackAnswer<SlackPage<string>> { Code = "ok", Value = new SlackPage<string>(["C1"], "next") }
            : new SlackAnswer<SlackPage<string>> { Code = "ratelimited", RetryAfter = TimeSpan.FromSeconds(3) }));

        listing.Items.ShouldBe(["C1"]);
        listing.IsComplete.ShouldBeFalse();
        listing.Failure.ShouldBe("ratelimited");
        listing.RetryAfter.ShouldBe(TimeSpan.FromSeconds(3));
    }
}
