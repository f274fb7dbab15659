using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

/// <summary>The rows of "After an attempt" in README.md.</summary>
public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(null, true, 1, 1, AfterAttempt.Accepted)]
    [InlineData(null, true, 9, 6, AfterAttempt.Accepted)]
    [InlineData(FailureKind.MessagePermanent, true, 1, 1, AfterAttempt.FailMessage)]
    [InlineData(FailureKind.MessagePermanent, true, 9, 1, AfterAttempt.FailMessage)]
    [InlineData(FailureKind.MessagePermanent, true, 1, 0, AfterAttempt.FailMessage)]
    [InlineData(FailureKind.MessagePermanent, true, 1, 2, AfterAttempt.Halve)]
    [InlineData(FailureKind.MessagePermanent, true, 1, 6, AfterAttempt.Halve)]
    [InlineData(FailureKind.ChannelPermanent, true, 1, 1, AfterAttempt.HoldChannel)]
    [InlineData(FailureKind.ChannelPermanent, true, 1, 6, AfterAttempt.HoldChannel)]
    [InlineData(FailureKind.Transient, true, 1, 1, AfterAttempt.Retry)]
    [InlineData(FailureKind.Transient, true, 500, 6, AfterAttempt.Retry)]
    [InlineData(FailureKind.Transient, false, 1, 1, AfterAttempt.Retry)]
    [InlineData(FailureKind.Transient, false, 4, 1, AfterAttempt.Retry)]
    [InlineData(FailureKind.Transient, false, 5, 1, AfterAttempt.HoldChannel)]
    [InlineData(FailureKind.Transient, false, 6, 1, AfterAttempt.HoldChannel)]
    [InlineData(FailureKind.MessagePermanent, false, 5, 1, AfterAttempt.FailMessage)]
    public void Decide_IsTheTable(FailureKind? failure, bool isKnown, int sameCode, int events, AfterAttempt expected) =>
        RetryPolicy.Decide(new SendResult { Code = "code", Failure = failure, CodeIsKnown = isKnown }, sameCode, events)
            .ShouldBe(expected);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(9, 512)]
    [InlineData(10, 900)]
    [InlineData(13, 900)]
    [InlineData(14, 900)]
    [InlineData(int.MaxValue, 900)]
    public void Delay_DoublesFromTwoSecondsToAQuarterHour_GiveOrTakeAQuarter(int failures, double seconds)
    {
        RetryPolicy.Delay(failures, null, 0.5).ShouldBe(TimeSpan.FromSeconds(seconds));
        RetryPolicy.Delay(failures, null, 0).ShouldBe(TimeSpan.FromSeconds(seconds * 0.75));
        RetryPolicy.Delay(failures, null, 1).ShouldBe(TimeSpan.FromSeconds(seconds * 1.25));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    public void Delay_IsWhatTheVendorAskedFor(int seconds) =>
        RetryPolicy.Delay(9, TimeSpan.FromSeconds(seconds), 0.9).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(6, 3)]
    [InlineData(7, 4)]
    [InlineData(2000, 1000)]
    public void Half_IsLessAndRoundsUp(int events, int half) => RetryPolicy.Half(events).ShouldBe(half);
}
