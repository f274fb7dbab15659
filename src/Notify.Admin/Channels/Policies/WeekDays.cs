namespace Notify.Admin.Channels;

/// <summary>Days of the week, together.</summary>
[Flags]
public enum WeekDays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
    Workdays = Monday | Tuesday | Wednesday | Thursday | Friday,
    All = Workdays | Saturday | Sunday,
}

public static class WeekDaysExtensions
{
    /// <summary>Each day alone, Monday first.</summary>
    public static readonly IReadOnlyList<WeekDays> Each =
    [
        WeekDays.Monday, WeekDays.Tuesday, WeekDays.Wednesday, WeekDays.Thursday, WeekDays.Friday, WeekDays.Saturday, WeekDays.Sunday,
    ];

    public static bool Contains(this WeekDays days, DayOfWeek day) => days.HasFlag(Each[((int)day + 6) % 7]);
}
