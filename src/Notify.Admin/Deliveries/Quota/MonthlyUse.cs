using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>How far the messages that a vendor's plan allows in a month are used up, over all channels of one kind. It informs; nothing is
/// held back by it.</summary>
/// <param name="Limit">Messages that the plan allows in a month.</param>
/// <param name="Month">A calendar month somewhere; the vendor may count by another clock.</param>
/// <param name="Channels">Those with messages, most of this month first.</param>
/// <param name="RateDays">The days that <see cref="ChannelUse.Lately"/> is over: fewer while the record is younger.</param>
/// <param name="CountedFrom">Older messages of the month are not on record any more; null where all are.</param>
public sealed record MonthlyUse(
    int Limit, CalendarMonth Month, DateTimeOffset At, IReadOnlyList<ChannelUse> Channels, double RateDays, DateTimeOffset? CountedFrom)
{
    public long Used { get; } = Channels.Sum(channel => channel.Used);

    public double PerDay { get; } = Channels.Sum(channel => channel.Lately) / RateDays;

    public bool IsUsedUp => Used >= Limit;

    /// <summary>Messages by the end of the month, if it goes on as in the last days.</summary>
    public long Forecast => ForecastWith(0);

    /// <summary>More than the plan allows, by the end of the month.</summary>
    public bool IsExceeded => Forecast > Limit;

    /// <summary>When the last allowed message is sent; null where the month ends before that.</summary>
    public DateTimeOffset? UsedUpAt => IsUsedUp ? At : IsExceeded ? At + TimeSpan.FromDays((Limit - Used) / PerDay) : null;

    /// <summary>How many one channel has sent this month.</summary>
    public long UsedBy(ChannelKey channel) => Channels.FirstOrDefault(use => use.Channel == channel)?.Used ?? 0;

    /// <summary>Messages by the end of the month, if so many more go out each day from now on.</summary>
    public long ForecastWith(double morePerDay) =>
        Used + (long)Math.Round(Math.Max(0, PerDay + morePerDay) * Math.Max(0, (Month.To - At).TotalDays));
}

/// <param name="Used">Messages that the vendor accepted this month, tests among them.</param>
/// <param name="Lately">Those of the last days.</param>
public sealed record ChannelUse(ChannelKey Channel, long Used, long Lately);

/// <summary>A month by the clocks of a zone.</summary>
/// <param name="First">Its first day.</param>
public sealed record CalendarMonth(TimeZoneInfo Zone, DateOnly First, DateTimeOffset From, DateTimeOffset To)
{
    public static CalendarMonth Of(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var day = LocalClock.DayOf(zone, moment);
        var first = new DateOnly(day.Year, day.Month, 1);
        return new CalendarMonth(zone, first, LocalClock.MomentOf(zone, first, TimeOnly.MinValue),
            LocalClock.MomentOf(zone, first.AddMonths(1), TimeOnly.MinValue));
    }
}
