using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

/// <summary>What each verdict leaves of the lane.</summary>
public sealed class LaneHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly SendResult Accepted = new() { Code = "ok" };
    private static readonly SendResult Busy = new() { Code = "busy", Failure = FailureKind.Transient, Detail = "later" };
    private static readonly SendResult Unknown = new() { Code = "new_code", Failure = FailureKind.Transient, CodeIsKnown = false };
    private static readonly SendResult Revoked = new() { Code = "token_revoked", Failure = FailureKind.ChannelPermanent };
    private static readonly SendResult Refused = new() { Code = "msg_too_long", Failure = FailureKind.MessagePermanent };

    private readonly ChannelLane _lane = new() { Id = 1, ChannelKind = ChannelKind.Slack, ChannelId = 1 };
    private readonly TestDestination _destination =
        new() { Key = new ChannelKey(ChannelKind.Slack, 1), Name = "Alerts", Fingerprint = "f", Pacing = default, Revision = 7 };

    [Fact]
    public void Apply_Accepted_MakesItWellAndStartsTheInterval()
    {
        Apply(Busy, Now.AddMinutes(-5));
        Apply(Refused, Now.AddMinutes(-4));

        Apply(Accepted).ShouldBe(AfterAttempt.Accepted);

        (_lane.Condition, _lane.BackoffUntil, _lane.FailingSince).ShouldBe((ChannelCondition.Ok, null, null));
        (_lane.FailureCount, _lane.SameCodeCount, _lane.RefusedCount).ShouldBe((0, 0, 0));
        (_lane.LastSuccessAt, _lane.IntervalFrom).ShouldBe((Now, Now));
    }

    [Fact]
    public void Apply_AcceptedDrill_DoesNotStartTheInterval()
    {
        _lane.IntervalFrom = Now.AddHours(-1);

        Apply(Accepted, events: 0);

        (_lane.LastSuccessAt, _lane.IntervalFrom).ShouldBe((Now, Now.AddHours(-1)));
    }

    [Fact]
    public void Apply_Transient_BacksOffFromTheFirstFailureOn()
    {
        Apply(Busy, Now.AddMinutes(-1)).ShouldBe(AfterAttempt.Retry);
        Apply(Busy).ShouldBe(AfterAttempt.Retry);

        (_lane.Condition, _lane.FailingSince, _lane.LastFailureAt).ShouldBe((ChannelCondition.Failing, Now.AddMinutes(-1), Now));
        (_lane.FailureCount, _lane.SameCodeCount, _lane.LastCode, _lane.LastDetail).ShouldBe((2, 2, "busy", "later"));
        _lane.BackoffUntil!.Value.ShouldBeInRange(Now.AddSeconds(3), Now.AddSeconds(5));
    }

    [Fact]
    public void Apply_TransientWithAWait_WaitsThat()
    {
        Apply(Busy with { RetryAfter = TimeSpan.FromSeconds(70) });

        _lane.BackoffUntil.ShouldBe(Now.AddSeconds(70));
    }

    [Fact]
    public void Apply_TheSameUnknownCodeForTheFifthTimeInARow_NeedsAttention()
    {
        for (var i = 0; i < 4; i++)
        {
            Apply(Unknown).ShouldBe(AfterAttempt.Retry);
        }

        Apply(Unknown).ShouldBe(AfterAttempt.HoldChannel);

        (_lane.Condition, _lane.AttentionRevision).ShouldBe((ChannelCondition.NeedsAttention, 7));
    }

    [Fact]
    public void Apply_AnotherCodeBetween_CountsAnew()
    {
        for (var i = 0; i < 4; i++)
        {
            Apply(Unknown);
        }

        Apply(Unknown with { Code = "newer_code" }).ShouldBe(AfterAttempt.Retry);
        Apply(Unknown).ShouldBe(AfterAttempt.Retry);
        _lane.SameCodeCount.ShouldBe(1);
    }

    [Fact]
    public void Apply_TheLastCodeAgainAfterASuccess_CountsAnew()
    {
        Apply(Unknown);
        Apply(Unknown);
        Apply(Accepted);

        Apply(Unknown);

        _lane.SameCodeCount.ShouldBe(1);
    }

    [Fact]
    public void Apply_ChannelPermanent_NeedsAttentionUntilEdited()
    {
        Apply(Revoked).ShouldBe(AfterAttempt.HoldChannel);

        (_lane.Condition, _lane.AttentionRevision, _lane.FailingSince).ShouldBe((ChannelCondition.NeedsAttention, 7, Now));
        (_lane.BackoffUntil, _lane.LastCode).ShouldBe((null, "token_revoked"));
    }

    [Fact]
    public void Apply_ChannelPermanentAfterOtherFailures_HasFailedSinceTheFirst()
    {
        Apply(Busy, Now.AddMinutes(-10));

        Apply(Revoked);

        _lane.FailingSince.ShouldBe(Now.AddMinutes(-10), "the fallback's time counts from there");
    }

    [Fact]
    public void Apply_RefusedForItsContent_GoesOnAndIsNoFailureOfTheChannel()
    {
        Apply(Refused).ShouldBe(AfterAttempt.FailMessage);

        (_lane.Condition, _lane.FailingSince, _lane.BackoffUntil, _lane.FailureCount).ShouldBe((ChannelCondition.Ok, null, null, 0));
        (_lane.LastCode, _lane.LastFailureAt).ShouldBe(("msg_too_long", Now));
    }

    [Fact]
    public void Apply_TheThirdMessageInARowRefusedForItsContent_CountsAsFailingWithoutABackOff()
    {
        Apply(Refused, Now.AddMinutes(-2));
        Apply(Refused with { Code = "invalid_blocks" }, Now.AddMinutes(-1));
        _lane.Condition.ShouldBe(ChannelCondition.Ok);

        Apply(Refused).ShouldBe(AfterAttempt.FailMessage);

        (_lane.Condition, _lane.FailingSince, _lane.BackoffUntil).ShouldBe((ChannelCondition.Failing, Now, null));
        Apply(Refused, Now.AddMinutes(1));
        _lane.FailingSince.ShouldBe(Now);
    }

    [Fact]
    public void Apply_DigestsThatAreHalved_DoNotCountAsRefused()
    {
        for (var i = 0; i < 9; i++)
        {
            Apply(Refused, events: 2).ShouldBe(AfterAttempt.Halve);
        }

        (_lane.Condition, _lane.RefusedCount).ShouldBe((ChannelCondition.Ok, 0));
    }

    [Theory]
    [InlineData(false, AfterAttempt.Accepted, 0, true)]
    [InlineData(true, AfterAttempt.Retry, 0, false)]
    [InlineData(true, AfterAttempt.Retry, 23.9, false)]
    [InlineData(true, AfterAttempt.Retry, 24, true)]
    [InlineData(true, AfterAttempt.FailMessage, 0, true)]
    [InlineData(true, AfterAttempt.HoldChannel, 0, true)]
    public void ApplyDrill_PlansTheNextUnlessItIsTriedAgain(bool fails, AfterAttempt decision, double hoursLate, bool isPlanned)
    {
        var due = Now.AddHours(-hoursLate);
        _lane.DrillAt = due;
        var drills = new DrillSchedule { IsOn = true, Rhythm = DrillRhythm.EveryDays, EveryDays = 3, TimeZone = "UTC" };

        LaneHealth.ApplyDrill(_lane, fails ? Busy : Accepted, decision,
            _destination with { Policy = new DeliveryPolicy { Drills = drills } }, Now);

        (_lane.LastDrillAt, _lane.LastDrillAccepted).ShouldBe((Now, !fails));
        (_lane.DrillAt > Now).ShouldBe(isPlanned);
    }

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData(-10.0, -20.0, 0)]
    [InlineData(5.0, null, 0)]
    [InlineData(6.0, null, 6)]
    [InlineData(null, 6.0, 6)]
    [InlineData(60.0, 6.0, 60)]
    [InlineData(6.0, 60.0, 60)]
    public void SetBackBy_IsHowFarWhatIsPastLiesAhead(double? failed, double? interval, double expected)
    {
        _lane.LastFailureAt = Now.AddSeconds(failed ?? 0);
        _lane.LastFailureAt = failed is null ? null : _lane.LastFailureAt;
        _lane.IntervalFrom = interval is { } seconds ? Now.AddSeconds(seconds) : null;

        LaneHealth.SetBackBy(_lane, Now).ShouldBe(TimeSpan.FromSeconds(expected));
    }

    [Fact]
    public void SetBack_MovesTheBackOffAndLeavesNothingPastAhead()
    {
        var ahead = Now.AddHours(1);
        (_lane.BackoffUntil, _lane.IntervalFrom, _lane.LastFailureAt) = (ahead.AddMinutes(1), ahead, ahead);
        (_lane.LastSuccessAt, _lane.FailingSince) = (Now.AddHours(-1), ahead);

        LaneHealth.SetBack(_lane, TimeSpan.FromHours(1), Now);

        _lane.BackoffUntil.ShouldBe(Now.AddMinutes(1));
        (_lane.IntervalFrom, _lane.LastFailureAt, _lane.FailingSince).ShouldBe((Now, Now, Now));
        _lane.LastSuccessAt.ShouldBe(Now.AddHours(-1));
    }

    private AfterAttempt Apply(SendResult result, DateTimeOffset? at = null, int events = 1) =>
        LaneHealth.Apply(_lane, result, _destination, events, at ?? Now);

    private sealed record TestDestination : Destination;
}
