using System.Globalization;
using System.Text.RegularExpressions;

namespace Notify.Admin.DingTalk;

/// <summary>Names the difference between this server's clock and DingTalk's in a result's detail, in a form that can be read back when
/// the detail is explained in words.</summary>
internal static partial class ClockSkew
{
    /// <summary>The allowed difference is an hour; what is less than this is not the cause.</summary>
    private static readonly TimeSpan Noticeable = TimeSpan.FromMinutes(1);

    public static string Append(string? detail, DateTimeOffset ours, DateTimeOffset theirs) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Shorten(detail)} (clock difference {(long)(ours - theirs).TotalSeconds} s: ours {ours:yyyy-MM-ddTHH:mm:ssZ}, DingTalk's {theirs:yyyy-MM-ddTHH:mm:ssZ})");

    // The difference must survive the limit of a detail's length.
    private static string Shorten(string? detail) => detail is { Length: > 300 } ? detail[..300] : detail ?? string.Empty;

    /// <summary>How far this server's clock is ahead (negative: behind); null where the detail names no difference worth telling.</summary>
    public static TimeSpan? Read(string? detail)
    {
        var match = Pattern().Match(detail ?? string.Empty);
        return match.Success
            && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && TimeSpan.FromSeconds(Math.Clamp(seconds, -int.MaxValue, int.MaxValue)) is var skew
            && skew.Duration() >= Noticeable
            ? skew
            : null;
    }

    [GeneratedRegex(@"\(clock difference (-?\d{1,12}) s: ", RegexOptions.RightToLeft)]
    private static partial Regex Pattern();
}
