using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

/// <summary>Each gate, and that those before it come first.</summary>
public sealed class SendingForecastTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly QuietHours Quiet =
        new() { IsOn = true, Days = WeekDays.All, From = new(11, 0), To = new(13, 0), TimeZone = "UTC" };

    private readonly TestDestination _destination = new()
    {
        Key = new ChannelKey(ChannelKind.Slack, 1), Name = "Alerts", Fingerprint = "f", Pacing = default, Revision = 7,
        Interval = TimeSpan.FromMinutes(10),
    };

    private readonly ChannelLane _lane = new() { Id = 1, ChannelKind = ChannelKind.Slack, ChannelId = 1 };

    [Fact]
    public void Of_ChannelThatIsWell_IsNow()
    {
        SendingForecast.Of(_destination, null, Severity.High, null, null, null, Now).Time.ShouldBe(SendingTime.Now);
        _lane.IntervalFrom = Now.AddMinutes(-10);
        SendingForecast.Of(_destination, _lane, Severity.High, null, null, null, Now).Time.ShouldBe(SendingTime.Now);
    }

    [Fact]
    public void Of_EachGate_OutranksThoseBehindIt()
    {
        _lane.IntervalFrom = Now.AddMinutes(-4);
        Forecast().ShouldBe(new SendingForecast(SendingTime.AfterInterval, Now.AddMinutes(6)));

        (_lane.BackoffUntil, _lane.LastCode) = (Now.AddMinutes(3), "timeout");
        Forecast().ShouldBe(new SendingForecast(SendingTime.AfterPause, Now.AddMinutes(3)) { Code = "timeout" });

        var quiet = _destination with { Policy = new DeliveryPolicy { QuietHours = Quiet } };
        Forecast(quiet).ShouldBe(new SendingForecast(SendingTime.AfterQuietHours, Now.AddHours(1)));

        (_lane.Condition, _lane.AttentionRevision, _lane.LastCode) = (ChannelCondition.NeedsAttention, 7, "token_revoked");
        Forecast(quiet).ShouldBe(new SendingForecast(SendingTime.NeedsAttention) { Code = "token_revoked" });

        Forecast(quiet, repeatOf: 33).ShouldBe(new SendingForecast(SendingTime.Repeat) { RepeatOf = ShortIds.OfDelivery(33) });

        Forecast(quiet with { IsOn = false }, repeatOf: 33).ShouldBe(new SendingForecast(SendingTime.Off));
    }

    [Theory]
    [InlineData(Severity.High, true, SendingTime.AfterQuietHours)]
    [InlineData(Severity.Critical, true, SendingTime.Now)]
    [InlineData(Severity.NotStated, true, SendingTime.Now)]
    [InlineData(Severity.Critical, false, SendingTime.AfterQuietHours)]
    [InlineData(Severity.NotStated, false, SendingTime.AfterQuietHours)]
    public void Of_QuietHours_LetThroughWhatSendingDoes(Severity severity, bool letsCritical, SendingTime expected)
    {
        var policy = new DeliveryPolicy { QuietHours = Quiet with { LetCriticalThrough = letsCritical } };

        SendingForecast.Of(_destination with { Policy = policy }, null, severity, null, null, null, Now).Time.ShouldBe(expected);
    }

    [Fact]
    public void Of_AMutedProblem_IsNotSent_WhateverElseItWouldWaitFor()
    {
        var quiet = _destination with { Policy = new DeliveryPolicy { QuietHours = Quiet } };
        var mute = new ProblemMute
        {
            Problem = "p", Title = "Disk", By = "ann", StartsAt = Now.AddHours(-1), EndsAt = Now.AddHours(2),
        };

        SendingForecast.Of(quiet, _lane, Severity.High, null, mute, null, Now).ShouldBe(
            new SendingForecast(SendingTime.Muted, Now.AddHours(2)) { Muted = new Muted("ann", Now.AddHours(2), false, false) });
    }

    [Fact]
    public void Of_ChannelEditedSinceItNeededAttention_IsTriedAgain()
    {
        (_lane.Condition, _lane.AttentionRevision) = (ChannelCondition.NeedsAttention, 6);

        Forecast().Time.ShouldBe(SendingTime.Now);
    }

    private SendingForecast Forecast(Destination? destination = null, long? repeatOf = null) =>
        SendingForecast.Of(destination ?? _destination, _lane, Severity.High, repeatOf, null, silence: null, Now);

    private sealed record TestDestination : Destination;
}
