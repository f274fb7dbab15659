using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

/// <summary>What each call asks, and what it makes of the answer.</summary>
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
            "POST", "https://slack.test/api/chat.postMessage", "Bearer " + Token, "application/json; charset=utf-8",
            """{"channel":"C1","text":"x"}"""));
    }

    [Fact]
    public async Task PostMessageAsync_AcceptedWithoutDetails_IsStillAccepted()
    {
        var answer = await PretendSlack.Answering("""{"ok":true,"channel":{"id":"C1"},"ts":1503435956.000247}""").Client()
            .PostMessageAsync(Token, "{}", Cancellation);

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
    public async Task ListConversationsAsync_Page_PostsItsArgumentsAndReadsItems()
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
        request.ShouldBe(Form("conversations.list",
            "types=public_channel%2Cprivate_channel&exclude_archived=true&limit=200&cursor=a%3Db%26c"));
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
        var answer = await PretendSlack.Answering("""{"ok":true,"channels":"none"}""").Client()
            .ListConversationsAsync(Token, "im", null, null, Cancellation);

        answer.Ok.ShouldBeFalse();
        answer.Code.ShouldBe("unreadable_answer");
    }

    [Fact]
    public async Task GetConversationAsync_Found_ReadsIt()
    {
        var slack = PretendSlack.Answering("""{"ok":true,"channel":{"id":"C1","name":"ops","is_private":true,"is_archived":true}}""");

        var answer = await slack.Client().GetConversationAsync(Token, "C1", Cancellation);

        answer.Value.ShouldBe(new SlackConversation("C1", "ops", true, true, false, false, null, null));
        slack.Requests[0].ShouldBe(Form("conversations.info", "channel=C1&include_num_members=true"));
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
        slack.Requests[0].ShouldBe(Form("users.list", "limit=200&team_id=T1"));
    }

    [Fact]
    public async Task FindUserByEmailAsync_Address_IsInTheBodyAndNotInTheAddress()
    {
        var slack = PretendSlack.Answering("""{"ok":false,"error":"users_not_found"}""");

        var answer = await slack.Client().FindUserByEmailAsync(Token, "a+b&c=d@example.com", Cancellation);

        answer.Code.ShouldBe("users_not_found");
        slack.Requests[0].ShouldBe(Form("users.lookupByEmail", "email=a%2Bb%26c%3Dd%40example.com"));
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

    // As Slack's own SDKs send it.
    private static ReceivedRequest Form(string method, string body) =>
        new("POST", $"https://slack.test/api/{method}", "Bearer " + Token, "application/x-www-form-urlencoded", body);
}
