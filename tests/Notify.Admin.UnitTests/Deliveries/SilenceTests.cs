using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

/// <summary>One answer out of all the pauses of a channel.</summary>
public sealed class SilenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChannelKey Channel = new(ChannelKind.Slack, 1);

    [Fact]
    public void Find_OnlyWhatRuns_OfThatChannel()
    {
        Find(Pause(1, 2)).ShouldBeNull("it is still to come");
        Find(Pause(-2, 0)).ShouldBeNull("it has ended");
        new Silences([Pause(-1, 1)]).Find(new ChannelKey(ChannelKind.DingTalk, 1), Now).ShouldBeNull();
        Find(Pause(0, 1))!.Until.ShouldBe(Now.AddHours(1));
    }

    [Fact]
    public void Find_OfSeveral_LastsAsLongAsTheLongest_AndASummaryOutweighsADrop()
    {
        var silence = Find(Pause(-1, 1, PauseOutcome.Drop), Pause(-3, 4))!;

        (silence.Until, silence.DropsFrom).ShouldBe((Now.AddHours(4), null));
        Find(Pause(-1, 1, PauseOutcome.Drop), Pause(-3, 4, PauseOutcome.Drop))!.DropsFrom.ShouldBe(Now.AddHours(-3));
    }

    [Fact]
    public void Find_OfSeveral_LetsCriticalThrough_OnlyIfEachDoes()
    {
        Find(Pause(-1, 1, lets: true), Pause(-1, 2))!.LetsCriticalThrough.ShouldBeFalse();
        Find(Pause(-1, 1, lets: true), Pause(-1, 2, lets: true))!.Severities.ShouldBe(SeverityRange.LessThanCritical);
    }

    [Theory]
    [InlineData(false, PauseOutcome.Summary, Severity.Critical, SendingTime.AfterSnooze)]
    [InlineData(true, PauseOutcome.Summary, Severity.Critical, SendingTime.Now)]
    [InlineData(true, PauseOutcome.Summary, Severity.High, SendingTime.AfterSnooze)]
    [InlineData(false, PauseOutcome.Drop, Severity.High, SendingTime.Dropped)]
    public void Forecast_OfASilencedChannel_SaysUntilWhen(bool lets, PauseOutcome outcome, Severity severity, SendingTime expected)
    {
        var destination = new PretendDestination { Key = Channel, Name = "ops", Fingerprint = "f", Pacing = default };

        var forecast = SendingForecast.Of(destination, null, severity, null, Find(Pause(-1, 2, outcome, lets)), Now);

        forecast.ShouldBe(new SendingForecast(expected, expected == SendingTime.Now ? null : Now.AddHours(2)));
    }

    private static Silence? Find(params Pause[] pauses) => new Silences(pauses).Find(Channel, Now);

    private static Pause Pause(int from, int to, PauseOutcome outcome = PauseOutcome.Summary, bool lets = false) => new()
    {
        ChannelKind = Channel.Kind, ChannelId = Channel.Id, Reason = "planned work", By = "somebody",
        StartsAt = Now.AddHours(from), EndsAt = Now.AddHours(to), Outcome = outcome, LetCriticalThrough = lets,
    };

    private sealed record PretendDestination : Destination;
}
