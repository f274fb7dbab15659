using System.Net;
using System.Net.Sockets;
using System.Text;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.UnitTests.DingTalk;

public class DingTalkSenderTests
{
    private const string Secret = "SEC0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly RobotCredentials Keyword = new(PretendRobot.Webhook, RobotSecurityMode.Keyword, null);
    private static readonly RobotCredentials Signed = new(PretendRobot.Webhook, RobotSecurityMode.Signature, Secret);

    [Fact]
    public async Task Send_Accepted_IsAccepted()
    {
        var robot = new PretendRobot("""{"errcode":0,"errmsg":"ok"}""");

        var result = await SendAsync(robot, Keyword);

        result.Accepted.ShouldBeTrue();
        result.RawAnswer.ShouldBe("""{"errcode":0,"errmsg":"ok"}""");
        robot.Address!.OriginalString.ShouldBe(PretendRobot.Webhook.Value);
        robot.ContentType.ShouldBe("application/json; charset=utf-8");
        robot.Body.ShouldBe("""{"a":"中"}""");
    }

    [Fact]
    public async Task Send_SignatureRobot_SignsTheAddress()
    {
        var robot = new PretendRobot("""{"errcode":0}""");

        await SendAsync(robot, Signed);

        robot.Address!.AbsoluteUri.ShouldBe(
            PretendRobot.Webhook.Value + "&timestamp=1735787045000&sign=iiIrcMK1EesBNhzhcJ%2B1BR4XC6D9cVa7G0jTp4AMpw8%3D");
    }

    [Fact]
    public async Task Send_SecretOfAnotherMode_IsNotUsed()
    {
        var robot = new PretendRobot("""{"errcode":0}""");

        await SendAsync(robot, Signed with { SecurityMode = RobotSecurityMode.IpList });

        robot.Address!.Query.ShouldNotContain("sign");
    }

    [Theory]
    [InlineData("-1", FailureKind.Transient, null)]
    [InlineData("130101", FailureKind.Transient, 10)]
    [InlineData("410100", FailureKind.Transient, 10)]
    [InlineData("90030", FailureKind.Transient, null)]
    [InlineData("310000", FailureKind.ChannelPermanent, null)]
    [InlineData("300001", FailureKind.ChannelPermanent, null)]
    [InlineData("300005", FailureKind.ChannelPermanent, null)]
    [InlineData("400101", FailureKind.ChannelPermanent, null)]
    [InlineData("400102", FailureKind.ChannelPermanent, null)]
    [InlineData("400106", FailureKind.ChannelPermanent, null)]
    [InlineData("400013", FailureKind.ChannelPermanent, null)]
    [InlineData("400105", FailureKind.MessagePermanent, null)]
    [InlineData("40035", FailureKind.MessagePermanent, null)]
    [InlineData("43004", FailureKind.MessagePermanent, null)]
    [InlineData("460101", FailureKind.MessagePermanent, null)]
    [InlineData("101002", FailureKind.MessagePermanent, null)]
    [InlineData("430101", FailureKind.MessagePermanent, null)]
    [InlineData("430102", FailureKind.MessagePermanent, null)]
    [InlineData("430103", FailureKind.MessagePermanent, null)]
    [InlineData("430104", FailureKind.MessagePermanent, null)]
    public async Task Send_Errcode_HasItsVerdict(string code, FailureKind failure, int? minutes)
    {
        var result = await SendAsync(new PretendRobot($$"""{"errcode":{{code}},"errmsg":"why"}"""), Keyword);

        result.Code.ShouldBe(code);
        result.Failure.ShouldBe(failure);
        result.CodeIsKnown.ShouldBeTrue();
        result.Detail.ShouldBe("why");
        result.RetryAfter.ShouldBe(minutes is { } wait ? TimeSpan.FromMinutes(wait) : null);
        result.OutcomeUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task Send_UnknownErrcode_IsTransientAndUnknown()
    {
        var result = await SendAsync(new PretendRobot("""{"errcode":987654,"errmsg":"new"}"""), Keyword);

        result.Code.ShouldBe("987654");
        result.Failure.ShouldBe(FailureKind.Transient);
        result.CodeIsKnown.ShouldBeFalse();
    }

    [Fact]
    public async Task Send_ThrottledAnswerWithOtherMembers_IsRead() =>
        (await SendAsync(
            new PretendRobot("""{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"1","errcode":130101,"errmsg":"send too fast"}"""),
            Keyword)).Code.ShouldBe("130101");

    [Theory]
    [InlineData("""{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"x"}""", "1111", 300)]
    [InlineData("""{"status":1111,"source":"x5","punish":"deny"}""", "1111", 300)]
    [InlineData("""{"status":"1111","wait":"2"}""", "1111", 120)]
    [InlineData("""<html><script>var a = {"status":1111,"wait":3,"punish":"deny"}</script></html>""", "1111", 180)]
    [InlineData("""{"errcode":90018,"errmsg":"您的应用调用该接口超过限流"}""", "90018", null)]
    [InlineData("""{"errcode":90002,"errmsg":"当前接口的所有请求都被暂时禁用了, apiPath(/robot/send), 从 2019-02-13 20:40:04 到 2019-02-13 20:40:04 请求总次数超过了 300 次, 处罚将在 2019-02-13 20:41:05 结束."}""", "90002", 61)]
    [InlineData("""{"errcode":90001,"errmsg":"x"}""", "90001", null)]
    [InlineData("""{"errcode":90020,"errmsg":"x"}""", "90020", null)]
    [InlineData("""{"errcode":88,"errmsg":"ding talk error[subcode=90002,submsg=您的服务器调用]"}""", "90002", null)]
    [InlineData("""{"errcode":88,"sub_code":"90018","sub_msg":"too frequent","errmsg":"ding talk error"}""", "90018", null)]
    [InlineData("""{"code":"Forbidden.AccessDenied.QpsLimitForApi","message":"x","requestid":"y"}""", "90002", null)]
    [InlineData("""{"code":"Forbidden.AccessDenied.QpsLimitForAppkeyAndApi","message":"x"}""", "90018", null)]
    [InlineData("""{"code":"Forbidden.AccessDenied.ApiCountLimitForOrg","message":"x"}""", "90020", null)]
    [InlineData("""{"errcode":987654,"errmsg":"description:发送过于频繁，请稍后再试;"}""", "987654", null)]
    [InlineData("""{"errcode":987654,"errmsg":"requests are sent too fast"}""", "987654", null)]
    public async Task Send_AnswerThatMeansLater_IsTransientAndKnownInEveryShape(string body, string code, int? seconds)
    {
        HttpStatusCode[] statuses = code == "987654" ? [HttpStatusCode.OK] : [HttpStatusCode.OK, HttpStatusCode.Forbidden];
        foreach (var status in statuses)
        {
            var result = await SendAsync(new PretendRobot(body, status), Keyword);

            (result.Code, result.Failure, result.CodeIsKnown, result.OutcomeUnknown).ShouldBe((code, FailureKind.Transient, true, false));
            result.RetryAfter.ShouldBe(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);
        }
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, "http_502", true, true)]
    [InlineData(HttpStatusCode.InternalServerError, "http_500", true, true)]
    [InlineData(HttpStatusCode.TooManyRequests, "http_429", true, false)]
    [InlineData(HttpStatusCode.NotFound, "http_404", false, false)]
    [InlineData(HttpStatusCode.Found, "http_302", false, false)]
    public async Task Send_OtherStatus_IsTransportTroubleWhateverTheBodySays(HttpStatusCode status, string code, bool isKnown,
        bool outcomeUnknown)
    {
        var result = await SendAsync(new PretendRobot("""{"errcode":0,"errmsg":"ok"}""", status), Keyword);

        result.Code.ShouldBe(code);
        result.Failure.ShouldBe(FailureKind.Transient);
        result.CodeIsKnown.ShouldBe(isKnown);
        result.OutcomeUnknown.ShouldBe(outcomeUnknown);
    }

    [Theory]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("")]
    [InlineData("{\"errcode\":0")]
    [InlineData("{\"errmsg\":\"ok\"}")]
    [InlineData("[0]")]
    [InlineData("null")]
    [InlineData("{\"errcode\":null}")]
    [InlineData("{\"errcode\":1e400}")]
    public async Task Send_NotARobotsAnswer_IsUnreadableWithUnknownOutcome(string body)
    {
        var result = await SendAsync(new PretendRobot(body), Keyword);

        result.Code.ShouldBe("unreadable_answer");
        result.Failure.ShouldBe(FailureKind.Transient);
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_OversizedAnswer_IsUnreadable()
    {
        var result = await SendAsync(new PretendRobot("""{"errcode":0,"x":" """ + new string('x', 100_000) + "\"}"), Keyword);

        result.Code.ShouldBe("unreadable_answer");
        result.OutcomeUnknown.ShouldBeTrue();
        result.RawAnswer!.Length.ShouldBe(4096);
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("Thu, 02 Jan 2025 03:05:05 GMT", 60)]
    [InlineData("Thu, 02 Jan 2025 03:00:00 GMT", null)]
    [InlineData("0", null)]
    [InlineData("86400", 900)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 900)]
    public async Task Send_RetryAfter_IsReadAsSecondsOrDateAndBounded(string header, int? seconds)
    {
        var robot = new PretendRobot(() =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("slow down") };
            answer.Headers.TryAddWithoutValidation("Retry-After", header);
            return answer;
        });

        (await SendAsync(robot, Keyword)).RetryAfter.ShouldBe(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);
    }

    [Fact]
    public async Task Send_SlowDrip_TimesOutWithUnknownOutcome()
    {
        var robot = new PretendRobot(() =>
            new HttpResponseMessage { Content = new StreamContent(new DrippingStream()) }) { Timeout = TimeSpan.FromMilliseconds(200) };

        var result = await SendAsync(robot, Keyword);

        result.Code.ShouldBe("timeout");
        result.Failure.ShouldBe(FailureKind.Transient);
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_ConnectionRefused_IsKnownNotToBeSent()
    {
        var robot = new PretendRobot(() => throw new HttpRequestException(
            HttpRequestError.ConnectionError, "x", new SocketException((int)SocketError.ConnectionRefused)));

        var result = await SendAsync(robot, Keyword);

        result.Code.ShouldBe("connection_failed");
        result.OutcomeUnknown.ShouldBeFalse();
        result.Detail.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Send_ConnectionLost_HasUnknownOutcome()
    {
        var robot = new PretendRobot(() => throw new HttpRequestException(HttpRequestError.ResponseEnded));

        var result = await SendAsync(robot, Keyword);

        result.Code.ShouldBe("connection_lost");
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_TlsFailure_IsKnownNotToBeSent() =>
        (await SendAsync(new PretendRobot(() => throw new HttpRequestException(HttpRequestError.SecureConnectionError)), Keyword))
            .Code.ShouldBe("tls_failed");

    [Fact]
    public async Task Send_AddressRefused_IsChannelPermanent()
    {
        var robot = new PretendRobot(() =>
            throw new HttpRequestException("x", new AddressRefusedException("oapi.dingtalk.com resolves to 10.0.0.1")));

        var result = await SendAsync(robot, Keyword);

        result.Code.ShouldBe("address_refused");
        result.Failure.ShouldBe(FailureKind.ChannelPermanent);
        result.OutcomeUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task Send_WebhookNoLongerAllowed_SendsNothing()
    {
        var robot = new PretendRobot("""{"errcode":0}""");

        var result = await robot.CreateSender("http://localhost:5090/robot/send")
            .SendAsync(Keyword, "{}", TestContext.Current.CancellationToken);

        result.Code.ShouldBe("webhook_not_allowed");
        result.Failure.ShouldBe(FailureKind.ChannelPermanent);
        robot.Address.ShouldBeNull();
    }

    [Fact]
    public async Task Send_CancelledByTheCaller_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            () => new PretendRobot("{}").CreateSender().SendAsync(Keyword, "{}", cancelled.Token));
    }

    [Fact]
    public async Task Send_AnswerRepeatsTheRequest_HidesItsSecrets()
    {
        var robot = new PretendRobot($$"""
            {"errcode":-1,"errmsg":"no {{PretendRobot.Token}} {{Secret}} iiIrcMK1EesBNhzhcJ%2B1BR4XC6D9cVa7G0jTp4AMpw8%3D iiIrcMK1EesBNhzhcJ+1BR4XC6D9cVa7G0jTp4AMpw8="}
            """);

        var result = await SendAsync(robot, Signed);

        foreach (var text in new[] { result.Detail!, result.RawAnswer! })
        {
            text.ShouldNotContain(PretendRobot.Token);
            text.ShouldNotContain(Secret);
            text.ShouldNotContain("iiIrcMK1");
        }
    }

    [Theory]
    [InlineData(-7505, "clock difference 7505 s")]
    [InlineData(7200, "clock difference -7200 s")]
    public async Task Send_TimestampRefused_NamesTheClockDifference(int secondsTheyAreAhead, string expected)
    {
        var robot = new PretendRobot(() => new HttpResponseMessage
        {
            Headers = { Date = PretendRobot.Now.AddSeconds(secondsTheyAreAhead) },
            Content = new StringContent("""{"errcode":310000,"errmsg":"invalid timestamp, more: [https://ding-doc.dingtalk.com/doc]"}""",
                Encoding.UTF8),
        });

        var result = await SendAsync(robot, Signed);

        result.Code.ShouldBe("310000/timestamp");
        result.Detail!.ShouldContain(expected);
        ClockSkew.Read(result.Detail).ShouldBe(TimeSpan.FromSeconds(-secondsTheyAreAhead));
    }

    private static Task<SendResult> SendAsync(PretendRobot robot, RobotCredentials credentials) =>
        robot.CreateSender().SendAsync(credentials, """{"a":"中"}""", TestContext.Current.CancellationToken);

    /// <summary>A byte every now and then, for ever.</summary>
    private sealed class DrippingStream : MemoryStream
    {
        private readonly PeriodicTimer _drip = new(TimeSpan.FromMilliseconds(20));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _drip.WaitForNextTickAsync(cancellationToken);
            buffer.Span[0] = (byte)' ';
            return 1;
        }

        protected override void Dispose(bool disposing)
        {
            _drip.Dispose();
            base.Dispose(disposing);
        }
    }
}
