using System.Net;
using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackSenderTests
{
    private static Task<SendResult> SendAsync(PretendSlack slack, FollowUp followUp = FollowUp.NewMessage) =>
        new SlackSender(slack.Client()).SendAsync(
            "xoxb-1", new ComposedMessage("{}", "", []) { FollowUp = followUp }, TestContext.Current.CancellationToken);

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

    [Theory]
    [InlineData("message_not_found", FollowUp.Update, FailureKind.EarlierGone)]
    [InlineData("edit_window_closed", FollowUp.Update, FailureKind.EarlierGone)]
    [InlineData("thread_not_found", FollowUp.Reply, FailureKind.EarlierGone)]
    [InlineData("restricted_action_thread_locked", FollowUp.Reply, FailureKind.EarlierGone)]
    [InlineData("restricted_action_thread_locked", FollowUp.NewMessage, FailureKind.ChannelPermanent)]
    [InlineData("message_not_found", FollowUp.NewMessage, FailureKind.Transient)]
    [InlineData("not_in_channel", FollowUp.Update, FailureKind.ChannelPermanent)]
    public async Task SendAsync_ThatFollows_TellsTheEarlierMessageFromTheChannel(string code, FollowUp followUp, FailureKind kind) =>
        (await SendAsync(PretendSlack.Answering($$"""{"ok":false,"error":"{{code}}"}"""), followUp)).Failure.ShouldBe(kind);

    [Theory]
    [InlineData(FollowUp.NewMessage, "{}", false)]
    [InlineData(FollowUp.Update, "{}", false)]
    [InlineData(FollowUp.Reply, """{"thread_ts":"1.000100"}""", false)]
    [InlineData(FollowUp.Reply, "{}", true)]
    [InlineData(FollowUp.Reply, "null", true)]
    public async Task SendAsync_AnAnswerThatSlackPutIntoTheChannel_StandsAlone(FollowUp followUp, string message, bool alone) =>
        (await SendAsync(PretendSlack.Answering($$"""{"ok":true,"channel":"C1","ts":"1.000200","message":{{message}}}"""), followUp))
            .StandsAlone.ShouldBe(alone);

    [Fact]
    public async Task SendAsync_Outage_IsTransientWithUnknownOutcome()
    {
        var result = await SendAsync(PretendSlack.Answering("<html>", HttpStatusCode.BadGateway));

        result.Failure.ShouldBe(FailureKind.Transient);
        result.Code.ShouldBe("http_502");
        result.OutcomeUnknown.ShouldBeTrue();
    }
}
