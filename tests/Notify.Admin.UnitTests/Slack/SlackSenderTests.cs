using System.Net;
using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackSenderTests
{
    private static Task<SendResult> SendAsync(PretendSlack slack) =>
        new SlackSender(slack.Client()).SendAsync("xoxb-1", "{}", TestContext.Current.CancellationToken);

    [Fact]
    public async Task SendAsync_Accepted_CarriesSlacksIds()
    {
        var result = await SendAsync(PretendSlack.Answering("""{"ok":true,"channel":"C1","ts":"1.000200"}"""));

        result.Accepted.ShouldBeTrue();
        result.Code.ShouldBe("ok");
        result.CodeIsKnown.ShouldBeTrue();
        result.VendorChannelId.ShouldBe("C1");
        result.VendorMessageId.ShouldBe("1.000200");
        result.RawAnswer.ShouldBe("""{"ok":true,"channel":"C1","ts":"1.000200"}""");
    }

    [Theory]
    [InlineData("not_in_channel", FailureKind.ChannelPermanent, true)]
    [InlineData("invalid_blocks", FailureKind.MessagePermanent, true)]
    [InlineData("ratelimited", FailureKind.Transient, true)]
    [InlineData("a_code_of_tomorrow", FailureKind.Transient, false)]
    public async Task SendAsync_Refused_HasTheKindOfItsCode(string code, FailureKind kind, bool isKnown)
    {
        var result = await SendAsync(PretendSlack.Answering($$"""{"ok":false,"error":"{{code}}"}"""));

        result.Accepted.ShouldBeFalse();
        result.Failure.ShouldBe(kind);
        result.Code.ShouldBe(code);
        result.CodeIsKnown.ShouldBe(isKnown);
        result.OutcomeUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task SendAsync_Outage_IsTransientWithUnknownOutcome()
    {
        var result = await SendAsync(PretendSlack.Answering("<html>", HttpStatusCode.BadGateway));

        result.Failure.ShouldBe(FailureKind.Transient);
        result.Code.ShouldBe("http_502");
        result.OutcomeUnknown.ShouldBeTrue();
    }
}
