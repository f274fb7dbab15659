using System.Globalization;
using System.Text.Json.Serialization;

namespace Notify.Admin.Channels;

public enum DrillRhythm
{
    Weekly = 0,
    EveryDays = 1,
}

/// <summary>When a channel is sent a message that is clearly marked as a drill, to show that messages arrive.</summary>
public sealed record DrillSchedule
{
    public const int MostDays = 365;

    public bool IsOn { get; init; }

    public DrillRhythm Rhythm { get; init; }

    /// <summary>With <see cref="DrillRhythm.Weekly"/>.</summary>
    public DayOfWeek Day { get; init; } = DayOfWeek.Monday;

    /// <summary>With <see cref="DrillRhythm.EveryDays"/>; null while nothing readable is typed.</summary>
    public int? EveryDays { get; init; } = 14;

    public TimeOnly? At { get; init; } = new(10, 0);

    /// <summary>IANA name of the time zone.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Tells one schedule from another: a drill that was planned for another is planned anew.</summary>
    [JsonIgnore]
    public string Mark => string.Create(
        CultureInfo.InvariantCulture, $"{(Rhythm == DrillRhythm.Weekly ? Day.ToString() : $"{EveryDays}d")} {At:HH\\:mm} {TimeZone}");

    /// <summary>The next drill after <paramref name="now"/>; null when there is none.</summary>
    /// <param name="last">When the last one was planned: days are counted from there. Null for the first.</param>
    public DateTimeOffset? NextAfter(DateTimeOffset now, DateTimeOffset? last)
    {
        if (!IsOn || At is not { } at || LocalClock.Find(TimeZone) is not { } zone
            || (Rhythm == DrillRhythm.EveryDays && EveryDays is null or < 1))
        {
            return null;
        }

        var step = Rhythm == DrillRhythm.Weekly ? 7 : EveryDays!.Value;
        var day = last is { } before ? LocalClock.DayOf(zone, before).AddDays(step) : LocalClock.DayOf(zone, now);
        if (Rhythm == DrillRhythm.Weekly)
        {
            day = LocalClock.DayOf(zone, now);
            day = day.AddDays(((int)Day - (int)day.DayOfWeek + 7) % 7);
        }

        while (LocalClock.MomentOf(zone, day, at) <= now)
        {
            day = day.AddDays(last is null && Rhythm == DrillRhythm.EveryDays ? 1 : step);
        }

        return LocalClock.MomentOf(zone, day, at);
    }
}
