using System.Net;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

/// <summary>What an answer means, whichever call it is for.</summary>
public class SlackAnswerReaderTests
{
    private const string Token = "xoxb-1111-2222-canary";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

        answer.Messages.ShouldBe(["must be less than 3001 characters [json-pointer:/blocks/0/text/text]", "as an object", """{"odd":1}""",
            "7"]);
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
        var answer = await PretendSlack.Answering(body, (HttpStatusCode)status, "text/html").Client()
            .PostMessageAsync(Token, "{}", Cancellation);

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
        var answer = await PretendSlack.Answering("\uFEFF{\"ok\":true,\"ts\":\"1.2\"}").Client()
            .PostMessageAsync(Token, "{}", Cancellation);

        answer.Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task Call_AnswerWithHalfASurrogatePair_IsRead()
    {
        var answer = await PretendSlack.Answering("""{"ok":true,"channel":"\ud800","ts":"1.2"}""").Client()
            .PostMessageAsync(Token, "{}", Cancellation);

        answer.Value.ShouldBe(new SlackPosted("\uFFFD", "1.2"));
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData(" 2 ", 2)]
    [InlineData("1.5", 1.5)]
    [InlineData("Wed, 04 Mar 2026 05:08:07 GMT", 120)]
    [InlineData("99999999999999999999", 900)]
    [InlineData("Wed, 04 Mar 2099 05:08:07 GMT", 900)]
    public async Task Call_RetryAfter_IsReadAsSecondsOrDateAndBounded(string header, double seconds)
    {
        foreach (var (status, body) in ((int, string)[])[(429, "{\"ok\":false,\"error\":\"ratelimited\"}"),
            (200, "{\"ok\":false,\"error\":\"rate_limited\"}"), (503, "busy")])
        {
            var slack = PretendSlack.Answering(body, (HttpStatusCode)status, headers: ("Retry-After", header));

            var answer = await slack.Client().PostMessageAsync(Token, "{}", Cancellation);

            answer.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Wed, 04 Mar 2026 05:00:00 GMT")]
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
        var answer = await PretendSlack.Answering("{\"ok\":true,\"x\":\"" + new string('x', SlackClient.MaxAnswerBytes) + "\"}").Client()
            .PostMessageAsync(Token, "{}", Cancellation);

        answer.Code.ShouldBe("unreadable_answer");
        answer.OutcomeUnknown.ShouldBeTrue();
    }
}
