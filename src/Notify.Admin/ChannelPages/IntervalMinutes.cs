using System.Globalization;

namespace Notify.Admin.ChannelPages;

/// <summary>The interval between a channel's messages, as it is typed: whole minutes.</summary>
internal static class IntervalMinutes
{
    /// <summary>A year; no vendor names a limit.</summary>
    public const int Most = 525_600;

    /// <summary>The number; null for what is none. It may still be more than <see cref="Most"/>.</summary>
    public static int? Read(string typed) =>
        int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null;
}
