using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Deliveries;

public sealed class LaneLeaseTests
{
    private readonly ManualTime _time = new();
    private readonly LaneLease _lease;

    public LaneLeaseTests() => _lease = Lease(_time);

    [Theory]
    [InlineData(0, true)]
    [InlineData(9.9, true)]
    [InlineData(10, false)]
    [InlineData(120, false)]
    public void IsSure_ForHalfOfTheLease(double seconds, bool expected)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));

        _lease.IsSure.ShouldBe(expected);
    }

    [Fact]
    public void IsSure_WhereOnlyOneClockWentOn_IsNot()
    {
        var utc = new ShiftedTime();
        var suspended = Lease(utc);

        utc.Shift(TimeSpan.FromMinutes(2));

        suspended.IsSure.ShouldBeFalse();
    }

    [Fact]
    public void Renewed_InTime_IsSureAgain()
    {
        _time.Advance(TimeSpan.FromSeconds(15));
        _lease.Renewed(LaneLease.Reading.Of(_time));

        _lease.IsSure.ShouldBeTrue();
    }

    [Fact]
    public void Renewed_AfterTheLeaseRanOut_TellsNothing()
    {
        _time.Advance(LaneStore.Duration);
        _lease.Renewed(LaneLease.Reading.Of(_time));

        _lease.IsSure.ShouldBeFalse();
        _lease.Confirmed(LaneLease.Reading.Of(_time));
        _lease.IsSure.ShouldBeTrue();
    }

    [Fact]
    public void Renewed_ByAnAnswerThatTookLong_CountsFromTheQuestion()
    {
        var asked = LaneLease.Reading.Of(_time);
        _time.Advance(TimeSpan.FromSeconds(12));
        _lease.Renewed(asked);

        _lease.IsSure.ShouldBeFalse();
    }

    private static LaneLease Lease(TimeProvider time) =>
        new(new LaneReading(new ChannelLane { Id = 1, ChannelKind = ChannelKind.Slack, LeaseToken = 5 }, 0, 0, 0), hasInFlight: false,
            LaneLease.Reading.Of(time), time);
}
