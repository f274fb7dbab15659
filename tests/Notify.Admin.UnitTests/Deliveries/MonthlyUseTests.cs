using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

public sealed class MonthlyUseTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Month_IsThatOfTheZone_WithItsClocks()
    {
        var moment = new DateTimeOffset(2026, 10, 31, 23, 30, 0, TimeSpan.Zero);

        var utc = CalendarMonth.Of(moment, TimeZoneInfo.Utc);
        var berlin = CalendarMonth.Of(moment, Berlin);

        (utc.First, utc.To).ShouldBe((new DateOnly(2026, 10, 1), new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)));
        (berlin.First, berlin.From).ShouldBe((new DateOnly(2026, 11, 1), new DateTimeOffset(2026, 10, 31, 23, 0, 0, TimeSpan.Zero)));
        // October begins in summer time there, and ends after it.
        CalendarMonth.Of(moment.AddDays(-1), Berlin).From.ShouldBe(new DateTimeOffset(2026, 9, 30, 22, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Forecast_GoesOnAsInTheLastDays()
    {
        var use = Use(limit: 1000, used: 400, lately: 350);

        // 20 days at 50 a day.
        use.Forecast.ShouldBe(1400);
        use.UsedUpAt.ShouldBe(use.At.AddDays(12));
        use.ForecastWith(-30).ShouldBe(800);
        use.ForecastWith(-90).ShouldBe(400);
        (Use(limit: 1400, used: 400, lately: 350).UsedUpAt, Use(limit: 400, used: 400, lately: 0).UsedUpAt).ShouldBe((null, use.At));
    }

    [Fact]
    public void UsedBy_AChannelWithoutMessages_IsNothing()
    {
        var use = Use(limit: 1000, used: 400, lately: 350);

        use.UsedBy(new ChannelKey(ChannelKind.DingTalk, 1)).ShouldBe(400);
        use.UsedBy(new ChannelKey(ChannelKind.DingTalk, 2)).ShouldBe(0);
    }

    private static MonthlyUse Use(int limit, long used, long lately)
    {
        var at = new DateTimeOffset(2026, 9, 11, 0, 0, 0, TimeSpan.Zero);
        return new MonthlyUse(limit, CalendarMonth.Of(at, TimeZoneInfo.Utc), at,
            [new ChannelUse(new ChannelKey(ChannelKind.DingTalk, 1), used, lately)], 7, null);
    }
}
