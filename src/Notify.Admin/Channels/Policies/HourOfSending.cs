namespace Notify.Admin.Channels;

/// <summary>What has become of the deliveries to one channel that were made in one hour: what every health strip shows.</summary>
/// <param name="From">When the hour begins.</param>
/// <param name="Failed">Failed or given up.</param>
/// <param name="Open">Waiting, held or tried again.</param>
public sealed record HourOfSending(DateTimeOffset From, long Sent, long Failed, long Open)
{
    /// <summary>How many hours lists look back.</summary>
    public const int Hours = 24;

    /// <summary>The last hours without anything sent, oldest first; the newest is the one that <paramref name="now"/> is in.</summary>
    public static IReadOnlyList<HourOfSending> Quiet(DateTimeOffset now) =>
        [.. Enumerable.Range(1 - Hours, Hours).Select(step => new HourOfSending(HourOf(now).AddHours(step), 0, 0, 0))];

    public static DateTimeOffset HourOf(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
