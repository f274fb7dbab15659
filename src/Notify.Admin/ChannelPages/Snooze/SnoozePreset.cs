using Notify.Admin.Channels;

namespace Notify.Admin.ChannelPages;

/// <summary>For how long people snooze a channel most often.</summary>
public enum SnoozePreset
{
    Hour,
    FourHours,

    /// <summary>Until tomorrow at eight.</summary>
    Tomorrow,

    /// <summary>Until the next Monday at eight.</summary>
    Monday,

    /// <summary>Until a time that is typed.</summary>
    Custom,
}

internal static class SnoozePresets
{
    private static readonly TimeOnly Morning = new(8, 0);

    /// <summary>When it ends, by the clocks of somebody's zone; null for <see cref="SnoozePreset.Custom"/>.</summary>
    public static DateTimeOffset? EndOf(SnoozePreset preset, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = LocalClock.DayOf(zone, now);
        return preset switch
        {
            SnoozePreset.Hour => now.AddHours(1),
            SnoozePreset.FourHours => now.AddHours(4),
            SnoozePreset.Tomorrow => LocalClock.MomentOf(zone, today.AddDays(1), Morning),
            SnoozePreset.Monday => LocalClock.MomentOf(zone, today.AddDays(DaysToMonday(today.DayOfWeek)), Morning),
            SnoozePreset.Custom => null,
        };
    }

    private static int DaysToMonday(DayOfWeek day) => day == DayOfWeek.Sunday ? 1 : 8 - (int)day;
}
