using System.Net;
using System.Text;
using Microsoft.Extensions.Primitives;
using Notify.Admin.OutgoingCalls;
using Notify.Admin.SecurityCenter;
using Notify.Admin.UnitTests.Slack;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.UnitTests.VendorAccounts;

public class SecurityCenterClientTests
{
    private const string Secret = "canary-access-key-secret-wxyz";

    private static readonly SecurityCenterKey Key = new(new Uri("https://tds.cn-shanghai.aliyuncs.com"), "testid", Secret, null);

    private static readonly Dictionary<string, string> Parameters = new() { ["RuleActionName"] = "生产 告警*~", ["PageSize"] = "20" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("a-temporary-token")]
    public void Sign_ParametersOfAnyKind_AreVerifiedByTheServersSide(string? token)
    {
        using var request = Client(PretendSlack.Answering("{}")).Sign(Key with { SecurityToken = token }, "DescribeDingTalk", Parameters);

        var headers = request.Headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, new StringValues([.. header.Value])));
        var read = SecurityCenterRequest.Read("POST", request.RequestUri!.Query, headers, []);
        var signature = Acs3Signature.Read(read);
        signature.Verify(Secret);
        signature.AccessKeyId.ShouldBe("testid");
        read.Query.ToDictionary().ShouldBe(Parameters, ignoreOrder: true);
        read.Header("x-acs-security-token").ShouldBe(token);
        Should.Throw<CallRefusedException>(() => signature.Verify("another secret")).ShouldNotBeNull();
    }

    [Fact]
    public void Sign_Twice_UsesAnotherNonce()
    {
        var client = Client(PretendSlack.Answering("{}"));
        using var first = client.Sign(Key, "DescribeDingTalk", Parameters);
        using var second = client.Sign(Key, "DescribeDingTalk", Parameters);

        NonceOf(first).ShouldNotBe(NonceOf(second));

        static string NonceOf(HttpRequestMessage request) => request.Headers.GetValues("x-acs-signature-nonce").Single();
    }

    [Theory]
    [InlineData(200, """{"RequestId":"R-1","PageInfo":{}}""", "ok", "R-1", null)]
    [InlineData(403, """{"RequestId":"R-1","Code":"NoPermission","Message":"caller has no permission"}""", "NoPermission", "R-1",
        "caller has no permission")]
    [InlineData(400, """{"requestId":"R-1","code":"Throttling.User","message":"slow\ndown"}""", "Throttling.User", "R-1", "slow down")]
    [InlineData(400, "<?xml version='1.0'?><Error><RequestId>R-1</RequestId><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>",
        "SignatureDoesNotMatch", "R-1", "no")]
    [InlineData(200, """{"RequestId":"R-1","Success":false,"Code":"NoPermission","Message":"no"}""", "NoPermission", "R-1", "no")]
    [InlineData(200, """{"RequestId":"R-1","Success":true,"Code":"200"}""", "ok", "R-1", null)]
    [InlineData(200, "<html>a proxy</html>", "unreadable", null, null)]
    [InlineData(200, "[]", "unreadable", null, null)]
    [InlineData(502, "", "unreadable", null, null)]
    [InlineData(500, "<!DOCTYPE a [<!ENTITY b 'c'>]><Error><Code>&b;</Code></Error>", "unreadable", null, null)]
    public async Task Call_Answer_IsReadByItsBody(int status, string body, string code, string? requestId, string? message)
    {
        var answer = await CallAsync(PretendSlack.Answering(body, (HttpStatusCode)status));

        (answer.Code, answer.RequestId, answer.Message, answer.Status).ShouldBe((code, requestId, message, status));
    }

    [Fact]
    public async Task Call_VendorRepeatsTheSecret_ItIsMasked()
    {
        var answer = await CallAsync(PretendSlack.Answering(
            $$"""{"Code":"Odd","Message":"you sent {{Secret}}"}""", HttpStatusCode.BadRequest));

        answer.Message.ShouldNotBeNull().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Call_Throttled_SaysHowLongToWait()
    {
        var answer = await CallAsync(PretendSlack.Answering("""{"Code":"Throttling"}""", HttpStatusCode.BadRequest,
            headers: ("x-acs-retry-after", "2500")));

        answer.RetryAfter.ShouldBe(TimeSpan.FromSeconds(2.5));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("soon")]
    public async Task Call_ThrottledWithoutANumber_TakesTheHeaderOfHttp(string milliseconds)
    {
        var answer = await CallAsync(PretendSlack.Answering("""{"Code":"Throttling"}""", HttpStatusCode.BadRequest,
            headers: [("x-acs-retry-after", milliseconds), ("Retry-After", "7")]));

        (answer.Code, answer.RetryAfter).ShouldBe(("Throttling", TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public async Task Call_NetworkTrouble_IsAValue()
    {
        (await CallAsync(PretendSlack.Throwing(new HttpRequestException(HttpRequestError.ConnectionError, "refused")))).Code
            .ShouldBe("unreachable");
        (await CallAsync(PretendSlack.Throwing(new HttpRequestException("x", new AddressRefusedException("inside"))))).Code
            .ShouldBe("address_refused");
        (await CallAsync(PretendSlack.Throwing(new IOException("reset")))).Code.ShouldBe("connection_lost");
    }

    [Fact]
    public async Task Call_NoAnswer_TimesOut()
    {
        var slow = new VendorClient(new HttpClient(new PretendSlack(async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return new HttpResponseMessage();
        })), TimeProvider.System) { Timeout = TimeSpan.FromMilliseconds(50) };

        var client = new SecurityCenterClient(slow, TimeProvider.System);

        (await client.CallAsync(Key, "DescribeDingTalk", Parameters, Stop)).Code.ShouldBe("timeout");
    }

    [Fact]
    public async Task Call_EndlessAnswer_IsGivenUp()
    {
        var answer = await CallAsync(PretendSlack.Answering(new StringBuilder().Append(' ', (8 << 20) + 1).ToString()));

        answer.Code.ShouldBe("unreadable");
    }

    private static Task<VendorAnswer> CallAsync(PretendSlack vendor) =>
        Client(vendor).CallAsync(Key, "DescribeDingTalk", Parameters, Stop);

    private static SecurityCenterClient Client(PretendSlack vendor) =>
        new(new VendorClient(new HttpClient(vendor), TimeProvider.System), TimeProvider.System);
}
