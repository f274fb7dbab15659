namespace Notify.Admin.Channels;

/// <summary>How sending to one channel went in one hour; tests and drills do not count.</summary>
/// <param name="From">When the hour begins.</param>
/// <param name="Accepted">Attempts that the vendor accepted.</param>
/// <param name="Failed">Attempts that it refused, or whose outcome is unknown.</param>
public sealed record HourOfSending(DateTimeOffset From, int Accepted, int Failed)
{
    /// <summary>How many hours lists look back.</summary>
    public const int Hours = 24;

    /// <summary>The last hours without anything sent, oldest first; the newest is the one that <paramref name="now"/> is in.</summary>
    public static IReadOnlyList<HourOfSending> Quiet(DateTimeOffset now) =>
        [.. Enumerable.Range(1 - Hours, Hours).Select(step => new HourOfSending(HourOf(now).AddHours(step), 0, 0))];

    public static DateTimeOffset HourOf(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
