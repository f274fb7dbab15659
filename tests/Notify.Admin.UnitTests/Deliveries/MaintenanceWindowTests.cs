using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

/// <summary>When maintenance runs, once or every week by a zone's clocks.</summary>
public sealed class MaintenanceWindowTests
{
    // A Sunday; Berlin's clocks go back on 25 October 2026, and forward on 28 March 2027.
    private static readonly DateTimeOffset From = new(2026, 10, 18, 22, 0, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("2026-10-18T19:59Z", false)]
    [InlineData("2026-10-18T20:00Z", true)]
    [InlineData("2026-10-18T23:59Z", true)]
    [InlineData("2026-10-19T00:00Z", false)]
    [InlineData("2026-10-25T21:30Z", false)]
    public void RunningAt_OfOneThatComesOnce(string now, bool runs) => (Once().RunningAt(At(now)) is not null).ShouldBe(runs);

    [Theory]
    [InlineData("2026-10-11T21:00Z", null, "2026-10-18T20:00Z")]
    [InlineData("2026-10-18T23:00Z", "2026-10-18T20:00Z", "2026-10-25T21:00Z")]
    [InlineData("2026-10-20T12:00Z", null, "2026-10-25T21:00Z")]
    [InlineData("2026-10-25T20:30Z", null, "2026-10-25T21:00Z")]
    [InlineData("2026-10-26T00:59Z", "2026-10-25T21:00Z", "2026-11-01T21:00Z")]
    [InlineData("2026-10-26T01:00Z", null, "2026-11-01T21:00Z")]
    [InlineData("2027-03-28T20:00Z", "2027-03-28T20:00Z", "2027-04-04T20:00Z")]
    public void Weekly_FollowsTheClocksOfItsZone(string now, string? running, string next)
    {
        var window = Once();
        window.WeeklyIn = "Europe/Berlin";

        window.RunningAt(At(now))?.From.ShouldBe(At(running!));
        (window.RunningAt(At(now)) is null).ShouldBe(running is null);
        window.NextAfter(At(now))!.Value.From.ShouldBe(At(next));
    }

    [Fact]
    public void Weekly_InAZoneThatIsNotKnown_NeverRuns()
    {
        var window = Once();
        window.WeeklyIn = "Nowhere/Else";

        window.RunningAt(From.AddHours(1)).ShouldBeNull();
        window.NextAfter(From.AddHours(-1)).ShouldBeNull();
    }

    [Fact]
    public void Check_SaysWhatIsWrong_FieldByField()
    {
        var now = From;
        var wrong = new MaintenanceRequest("not a tag", now.AddDays(900), now.AddDays(-1), "Nowhere/Else", " ", default, false);

        wrong.Check(now).Select(refusal => (refusal.Field, refusal.TextKey)).ShouldBe(
        [
            ("Tag", "Tag.Bad"), ("From", "From.TooFar"), ("Until", "Until.BeforeFrom"), ("WeeklyIn", "WeeklyIn.Unknown"),
            ("Reason", "Snooze.Reason.Missing"),
        ]);
        var week = new MaintenanceRequest("Prod", null, now.AddDays(7), "UTC", "upgrade", default, false);
        week.Check(now).ShouldHaveSingleItem().TextKey.ShouldBe("Until.TooLongForAWeek");
        (week with { Until = now.AddDays(6) }).Check(now).ShouldBeEmpty();
        (week with { From = now.AddHours(-3), Until = now.AddHours(-1), WeeklyIn = "" }).Check(now)
            .ShouldHaveSingleItem().TextKey.ShouldBe("Until.Past");
    }

    private static MaintenanceWindow Once() =>
        new() { Tag = "prod", Reason = "upgrade", By = "somebody", StartsAt = From, EndsAt = From.AddHours(4) };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
