using System.Globalization;
using Notify.Admin.Channels;

namespace Notify.Admin.UnitTests.Channels;

public sealed class QuietHoursTests
{
    private static readonly QuietHours Nights = new() { IsOn = true, TimeZone = "Europe/Berlin", From = new(22, 0), To = new(7, 0),
        Days = WeekDays.Workdays };

    [Theory]
    [InlineData("2026-11-20T20:59:00Z", null)]                              // Friday 21:59
    [InlineData("2026-11-20T21:00:00Z", "2026-11-21T06:00:00Z")]            // Friday 22:00
    [InlineData("2026-11-21T05:59:59Z", "2026-11-21T06:00:00Z")]            // Saturday 06:59, begun on Friday
    [InlineData("2026-11-21T06:00:00Z", null)]                              // Saturday 07:00
    [InlineData("2026-11-21T22:00:00Z", null)]                              // Saturday night is not chosen
    [InlineData("2026-11-23T05:00:00Z", null)]                              // Monday 06:00 belongs to Sunday
    public void EndAfter_OverMidnight_BelongsToTheDayItBeginsOn(string now, string? end) =>
        Nights.EndAfter(At(now)).ShouldBe(end is null ? null : At(end));

    [Fact]
    public void EndAfter_OffOrUnreadable_IsNull()
    {
        var now = At("2026-11-20T23:00:00Z");

        (Nights with { IsOn = false }).EndAfter(now).ShouldBeNull();
        (Nights with { TimeZone = "Nowhere/Land" }).EndAfter(now).ShouldBeNull();
        (Nights with { From = null }).EndAfter(now).ShouldBeNull();
        (Nights with { Days = WeekDays.None }).EndAfter(now).ShouldBeNull();
        (Nights with { Days = WeekDays.All, From = new(7, 0) }).EndAfter(now).ShouldBeNull();
    }

    [Fact]
    public void EndAfter_SameTime_IsTheWholeDay_AndDaysThatFollowAreOne()
    {
        var weekend = Nights with { Days = WeekDays.Saturday | WeekDays.Sunday, From = new(0, 0), To = new(0, 0) };

        weekend.EndAfter(At("2026-11-21T12:00:00Z")).ShouldBe(At("2026-11-22T23:00:00Z"));
        weekend.EndAfter(At("2026-11-20T22:59:59Z")).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z")] // the night loses an hour: 07:00 is 05:00 UTC
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z")] // the night gains one: 07:00 is 06:00 UTC
    public void EndAfter_WhenClocksAreChanged_EndsByTheClockOnTheWall(string now, string end) =>
        (Nights with { Days = WeekDays.All }).EndAfter(At(now)).ShouldBe(At(end));

    [Fact]
    public void EndAfter_AtATimeThatIsLeftOut_EndsWithTheChange() => // 02:30 does not exist on that day
        (Nights with { Days = WeekDays.All, To = new(2, 30) }).EndAfter(At("2026-03-29T00:30:00Z")).ShouldBe(At("2026-03-29T01:00:00Z"));

    [Fact]
    public void EndAfter_AtATimeThatComesTwice_EndsTheSecondTime() =>
        (Nights with { Days = WeekDays.All, To = new(2, 30) }).EndAfter(At("2026-10-25T00:45:00Z")).ShouldBe(At("2026-10-25T01:30:00Z"));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
