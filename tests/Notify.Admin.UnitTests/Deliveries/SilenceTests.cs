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
        new Silences([Pause(-1, 1)], [], []).Find(new ChannelKey(ChannelKind.DingTalk, 1), [], Now).ShouldBeNull();
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

        var forecast = SendingForecast.Of(destination, null, severity, null, null, Find(Pause(-1, 2, outcome, lets)), Now);

        forecast.ShouldBe(new SendingForecast(expected, expected == SendingTime.Now ? null : Now.AddHours(2)));
    }

    [Fact]
    public void Find_OfATagInMaintenance_IsOfTheChannelsThatHaveIt_AndOneAnswerWithTheSnooze()
    {
        var silences = new Silences([Pause(-1, 1)], [Window("prod", -2, 3)], []);
        var other = new ChannelKey(ChannelKind.DingTalk, 7);

        silences.Find(other, ["test"], Now).ShouldBeNull();
        silences.Find(other, ["prod"], Now)!.ShouldSatisfyAllConditions(
            silence => silence.Until.ShouldBe(Now.AddHours(3)), silence => silence.Snooze.ShouldBeNull());
        silences.Find(Channel, ["a", "prod"], Now)!.ShouldSatisfyAllConditions(
            silence => silence.Pauses.Select(pause => pause.Tag).ShouldBe(["prod", null]),
            silence => silence.Snooze!.EndsAt.ShouldBe(Now.AddHours(1)));
    }

    [Fact]
    public void NextStart_IsTheEarliestToCome_OfTheseTags()
    {
        var silences = new Silences([], [Window("prod", -2, 3), Window("prod", 9, 10), Window("db", 5, 6), Window("web", 1, 2)], []);

        silences.NextStart(["prod", "db"], Now).ShouldBe(Now.AddHours(5));
        silences.NextStart(["nothing"], Now).ShouldBeNull();
    }

    [Fact]
    public void ChangeBetween_AnythingBeginsOrEnds_TheLastMomentIncluded()
    {
        bool Changes(Silences silences, int from, int to) => silences.ChangeBetween(Now.AddHours(from), Now.AddHours(to));

        var snooze = new Silences([Pause(1, 3)], [], []);
        Changes(snooze, 0, 1).ShouldBeTrue("it begins");
        Changes(snooze, 1, 2).ShouldBeFalse("it began before, and runs on");
        Changes(snooze, 2, 4).ShouldBeTrue("it ends");
        Changes(snooze, 3, 9).ShouldBeFalse();
        var maintenance = new Silences([], [Window("prod", 1, 3)], []);
        Changes(maintenance, 0, 1).ShouldBeTrue("it begins");
        Changes(maintenance, 1, 2).ShouldBeFalse("it began before, and runs on");
        Changes(maintenance, 2, 3).ShouldBeTrue("it ends");
        Changes(maintenance, 3, 9).ShouldBeFalse();
        Changes(maintenance, 0, 9).ShouldBeTrue("all of it passed unseen");
    }

    private static MaintenanceWindow Window(string tag, int from, int to) =>
        new() { Tag = tag, Reason = "upgrade", By = "somebody", StartsAt = Now.AddHours(from), EndsAt = Now.AddHours(to) };

    private static Silence? Find(params Pause[] pauses) => new Silences(pauses, [], []).Find(Channel, [], Now);

    private static Pause Pause(int from, int to, PauseOutcome outcome = PauseOutcome.Summary, bool lets = false) => new()
    {
        ChannelKind = Channel.Kind, ChannelId = Channel.Id, Reason = "planned work", By = "somebody",
        StartsAt = Now.AddHours(from), EndsAt = Now.AddHours(to), Outcome = outcome, LetCriticalThrough = lets,
    };

    private sealed record PretendDestination : Destination;
}
