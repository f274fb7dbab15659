namespace Notify.Admin.Channels;

/// <summary>Wall-clock times of an IANA time zone as moments, over the days when its clocks are changed.</summary>
public static class LocalClock
{
    /// <summary>Null for a zone that this machine does not know.</summary>
    public static TimeZoneInfo? Find(string ianaName) =>
        ianaName.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(ianaName, out var zone) ? zone : null;

    /// <summary>The moment at which clocks there show a time. A time that a change leaves out is the moment of the change; of one that
    /// comes twice it is the first, or with <paramref name="later"/> the second.</summary>
    public static DateTimeOffset MomentOf(TimeZoneInfo zone, DateOnly day, TimeOnly time, bool later = false)
    {
        var shown = day.ToDateTime(time, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(shown))
        {
            // Changes are on whole minutes.
            shown = shown.AddTicks(-(shown.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        }

        var offset = !zone.IsAmbiguousTime(shown) ? zone.GetUtcOffset(shown)
            : later ? zone.GetAmbiguousTimeOffsets(shown).Min()
            : zone.GetAmbiguousTimeOffsets(shown).Max();
        return new DateTimeOffset(shown, offset).ToUniversalTime();
    }

    public static DateOnly DayOf(TimeZoneInfo zone, DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
}
