using System.Net;
using Notify.Admin.UnitTests.Slack;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.UnitTests.VendorAccounts;

public class KayranClientTests
{
    private const string ApiKey = "canary-kayran-api-key-wxyz";
    private const string Token = "xoxb-canary-slack-token-wxyz";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_Accepted_IsByTheErrorAlone() =>
        (await CallAsync(PretendSlack.Answering("""{"Error":0,"Function":"UpdateSlack","Data":"Update"}"""))).IsAccepted.ShouldBeTrue();

    [Theory]
    [InlineData("""{"Error":10,"Function":"UpdateSlack","Data":"Not valid apiKey"}""", 401, "Kayran.10", "Not valid apiKey")]
    [InlineData("""{"Error":1,"Function":"ChangeServerToken","Data":"Not valid token"}""", 200, "Kayran.1", "Not valid token")]
    [InlineData("""{"Error":"77","Data":{"why":"?"}}""", 200, "Kayran.77", """{"why":"?"}""")]
    public async Task Call_Refused_SaysItsWords(string body, int status, string code, string message)
    {
        var answer = await CallAsync(PretendSlack.Answering(body, (HttpStatusCode)status));

        (answer.Code, answer.Message, answer.Status).ShouldBe((code, message, status));
    }

    [Theory]
    [InlineData("<html>", 200)]
    [InlineData("[]", 200)]
    [InlineData("""{"Function":"UpdateSlack"}""", 200)]
    [InlineData("", 502)]
    public async Task Call_WithoutTheEnvelope_IsUnreadable(string body, int status) =>
        (await CallAsync(PretendSlack.Answering(body, (HttpStatusCode)status))).Code.ShouldBe(VendorCodes.Unreadable);

    [Fact]
    public async Task Call_AnswerThatEchoesTheBody_HidesTheSecrets()
    {
        var answer = await CallAsync(PretendSlack.Answering($$"""{"Error":1,"Data":"Not valid {{ApiKey}} {{Token}}"}"""));

        answer.Message.ShouldNotBeNull().ShouldNotContain(ApiKey);
        answer.Message.ShouldNotContain(Token);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("2.5", 2.5)]
    [InlineData("Fri, 21 Aug 2026 14:06:09 GMT", 60)]
    public async Task Call_Throttled_SaysHowLongToWait_HoweverThatIsWritten(string header, double seconds) =>
        (await CallAsync(PretendSlack.Answering("", HttpStatusCode.TooManyRequests, headers: ("Retry-After", header)))).RetryAfter
            .ShouldBe(TimeSpan.FromSeconds(seconds));

    private static Task<VendorAnswer> CallAsync(PretendSlack vendor) =>
        new KayranClient(new VendorClient(new HttpClient(vendor), TimeProvider.System), new HandClock()).UpdateSlackAsync(
            new Uri("https://kayran.live/api"), ApiKey, new() { ["slackToken"] = Token }, Token, Stop);
}
