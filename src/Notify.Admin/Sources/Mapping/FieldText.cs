using System.Globalization;
using System.Text;
using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>Reads what a payload says as what a field holds: a text of bounded length, a link, a time.</summary>
internal static class FieldText
{
    private static readonly string[] LocalTimes =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd"];

    /// <summary>A value as text; null where there is none. An empty text is none. A list of plain values is joined.</summary>
    /// <param name="reason">Why it is none, where it is there and of no use.</param>
    public static string? Of(JsonElement value, int most, out Reason? reason)
    {
        reason = null;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString() is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? ForeignText.Cut(text, most) : null;
            case JsonValueKind.Number:
                return ForeignText.Cut(value.GetRawText(), most);
            case JsonValueKind.True:
                return "true";
            case JsonValueKind.False:
                return "false";
            case JsonValueKind.Array:
                return OfList(value, most, out reason);
            case JsonValueKind.Object:
                reason = new Reason("IsObject");
                return null;
            default:
                return null;
        }
    }

    /// <summary>Shortened with an ellipsis.</summary>
    public static string Shorten(string text, int most) => text.Length <= most ? text : ForeignText.Cut(text, most - 1) + "…";

    /// <summary>An address that a person may be sent to: http or https, and nothing else.</summary>
    public static string? Link(string text) =>
        text.Length <= MappingLimits.Link && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https" && address.Host.Length > 0 && string.IsNullOrEmpty(address.UserInfo)
            ? address.AbsoluteUri : null;

    /// <summary>RFC 3339, the same with a blank or without a zone (then UTC), or seconds, milliseconds, micro- or nanoseconds since 1970.
    /// Moments before 1971 are how programs write "none": <c>0001-01-01T00:00:00Z</c>.</summary>
    public static DateTimeOffset? Time(string text, out bool isNone)
    {
        var time = ReadTime(text.Trim());
        isNone = time is { Year: < 1971 };
        return isNone ? null : time;
    }

    private static DateTimeOffset? ReadTime(string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            var seconds = number switch
            {
                < 100_000_000_000m => number,
                < 100_000_000_000_000m => number / 1_000m,
                < 100_000_000_000_000_000m => number / 1_000_000m,
                _ => number / 1_000_000_000m,
            };
            return seconds < 253_402_300_800m ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;
        }

        if (text.Length is < 10 or > 40 || text[4] != '-')
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(text, LocalTimes, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var local) ? local
            : DateTimeOffset.TryParse(Fraction(text), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }

    // Go writes nine digits after the point, .NET reads seven.
    private static string Fraction(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return text;
        }

        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - point - 1 <= 7 ? text : string.Concat(text.AsSpan(0, point + 8), text.AsSpan(end));
    }

    private static string? OfList(JsonElement list, int most, out Reason? reason)
    {
        reason = null;
        var text = new StringBuilder();
        foreach (var item in list.EnumerateArray())
        {
            if (text.Length > most)
            {
                break;
            }

            if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                reason = new Reason("IsObjects");
                return null;
            }

            if (Of(item, most, out _) is { } plain)
            {
                text.Append(text.Length == 0 ? "" : ", ").Append(plain);
            }
        }

        return text.Length == 0 ? null : ForeignText.Cut(text.ToString(), most);
    }
}
