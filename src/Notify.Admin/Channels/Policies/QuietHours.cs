using System.Text.Json.Serialization;

namespace Notify.Admin.Channels;

/// <summary>When a channel is left alone. What comes meanwhile is held, and sent as one summary when they end.</summary>
public sealed record QuietHours
{
    // Windows that follow one another without a gap are one; a week of them is looked through.
    private const int MostWindows = 8;

    public bool IsOn { get; init; }

    /// <summary>The days on which they begin.</summary>
    public WeekDays Days { get; init; } = WeekDays.Workdays;

    /// <summary>Null while nothing readable is typed.</summary>
    public TimeOnly? From { get; init; } = new(22, 0);

    /// <summary>On the next day unless it is after <see cref="From"/>; the same time means a whole day.</summary>
    public TimeOnly? To { get; init; } = new(7, 0);

    /// <summary>IANA name of the time zone.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Critical events are sent at any time.</summary>
    public bool LetCriticalThrough { get; init; } = true;

    /// <summary>Nothing would ever be sent.</summary>
    [JsonIgnore]
    public bool NeverEnd => Days == WeekDays.All && From == To;

    /// <summary>When the quiet hours that <paramref name="now"/> is in end; null outside them, and where they cannot be worked out: then
    /// messages are sent rather than kept back.</summary>
    public DateTimeOffset? EndAfter(DateTimeOffset now)
    {
        if (!IsOn || NeverEnd || From is not { } from || To is not { } to || LocalClock.Find(TimeZone) is not { } zone)
        {
            return null;
        }

        DateTimeOffset? end = null;
        for (var i = 0; i < MostWindows && WindowAt(zone, from, to, end ?? now) is { } next && next > (end ?? now); i++)
        {
            end = next;
        }

        return end;
    }

    // The end of the window that a moment is in. It may have begun the day before.
    private DateTimeOffset? WindowAt(TimeZoneInfo zone, TimeOnly from, TimeOnly to, DateTimeOffset moment)
    {
        var today = LocalClock.DayOf(zone, moment);
        foreach (var day in new[] { today.AddDays(-1), today })
        {
            if (Days.Contains(day.DayOfWeek)
                && LocalClock.MomentOf(zone, day, from) <= moment
                && LocalClock.MomentOf(zone, to > from ? day : day.AddDays(1), to, later: true) is var end && end > moment)
            {
                return end;
            }
        }

        return null;
    }
}
