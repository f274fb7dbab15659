using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>A time, once or every week, in which the channels with a tag are sent nothing: those that have it then, whenever they got
/// it.</summary>
public sealed class MaintenanceWindow
{
    private const int DaysOfAWeek = 7;

    public int Id { get; init; }

    public required string Tag { get; set; }

    public required string Reason { get; set; }

    /// <summary>Of the first one, where it repeats.</summary>
    public DateTimeOffset StartsAt { get; set; }

    /// <summary>Of the first one, where it repeats.</summary>
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>IANA name of the zone by whose clocks it comes every week; empty for one that comes once.</summary>
    public string WeeklyIn { get; set; } = "";

    public PauseOutcome Outcome { get; set; }

    /// <summary>Critical events are sent all the same, and those that do not say how severe they are.</summary>
    public bool LetCriticalThrough { get; set; }

    /// <summary>Who asked for it, or changed it last.</summary>
    public required string By { get; set; }

    public bool IsWeekly => WeeklyIn.Length > 0;

    /// <summary>From when until when it runs now; null while it does not.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? RunningAt(DateTimeOffset now)
    {
        foreach (var (from, to) in Around(now))
        {
            if (from <= now && to > now)
            {
                return (from, to);
            }
        }

        return null;
    }

    /// <summary>The next time after <paramref name="now"/> that it begins; null where it never does again.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? NextAfter(DateTimeOffset now)
    {
        foreach (var (from, to) in Around(now))
        {
            if (from > now)
            {
                return (from, to);
            }
        }

        return null;
    }

    // The last that began, the one before and the one after, in order. A zone that this machine does not know has none: then messages are
    // sent rather than kept back.
    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Around(DateTimeOffset now)
    {
        if (!IsWeekly)
        {
            yield return (StartsAt, EndsAt);
            yield break;
        }

        if (LocalClock.Find(WeeklyIn) is not { } zone)
        {
            yield break;
        }

        var (first, last) = (TimeZoneInfo.ConvertTime(StartsAt, zone).DateTime, TimeZoneInfo.ConvertTime(EndsAt, zone).DateTime);
        var weeks = (LocalClock.DayOf(zone, now).DayNumber - DateOnly.FromDateTime(first).DayNumber) / DaysOfAWeek;
        for (var week = Math.Max(0, weeks - 1); week <= Math.Max(0, weeks + 1); week++)
        {
            yield return (MomentOf(first, week, later: false), MomentOf(last, week, later: true));
        }

        DateTimeOffset MomentOf(DateTime shown, int week, bool later) => LocalClock.MomentOf(
            zone, DateOnly.FromDateTime(shown).AddDays(week * DaysOfAWeek), TimeOnly.FromDateTime(shown), later);
    }
}
