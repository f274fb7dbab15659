using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using Notify.Admin.Security;

namespace Notify.Admin.Events;

/// <summary>The grammar of CloudEvents attributes.</summary>
/// <remarks>Source: CloudEvents 1.0.2, "Attribute Naming Conventions" and "Type System"; RFC 3339 and RFC 3986, which it refers
/// to.</remarks>
internal static partial class CloudEventGrammar
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Whether an attribute may be called so: lower-case letters and digits.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Whether a String value may hold this: no control characters, no non-characters, no half of a surrogate pair.</summary>
    public static bool IsText(string text)
    {
        // Nearly all are visible ASCII, and need no closer look.
        var odd = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        var rest = odd < 0 ? [] : text.AsSpan(odd);
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != OperationStatus.Done || Rune.IsControl(rune)
                || PlainText.IsNoCharacter(rune.Value))
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }

    public static bool IsUriReference(string text) => UriReference().IsMatch(text);

    /// <summary>An absolute URI: a reference that begins with a scheme.</summary>
    public static bool IsUri(string text) => Scheme().IsMatch(text) && IsUriReference(text);

    /// <summary>A media type: <c>type/subtype</c> with its parameters (RFC 2046).</summary>
    public static bool IsMediaType(string text) =>
        MediaTypeHeaderValue.TryParse(text, out var type) && !type.MatchesAllTypes && !type.MatchesAllSubTypes;

    /// <summary>Reads an RFC 3339 timestamp. A leap second is the one after it; what a clock of ours cannot show is its earliest or latest
    /// moment.</summary>
    public static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        if (Timestamp().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var (year, month, day) = (Number(1), Number(2), Number(3));
        var (hour, minute, second) = (Number(4), Number(5), Number(6));
        var (offsetHour, offsetMinute) = match.Groups[9].Success ? (Number(9), Number(10)) : (0, 0);
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year == 0 ? 4 : year, month)
            || hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59)
        {
            return false;
        }

        if (year == 0)
        {
            time = DateTimeOffset.MinValue;
            return true;
        }

        var fraction = match.Groups[7].ValueSpan;
        var ticks = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc).Ticks + (second * TimeSpan.TicksPerSecond)
            + (fraction.IsEmpty ? 0 : long.Parse(fraction[..Math.Min(7, fraction.Length)], NumberStyles.None, CultureInfo.InvariantCulture)
                * (long)Math.Pow(10, 7 - Math.Min(7, fraction.Length)));
        var offset = new TimeSpan(offsetHour, offsetMinute, 0).Ticks * (match.Groups[8].ValueSpan is "-" ? -1 : 1);
        time = new DateTimeOffset(Math.Clamp(ticks - offset, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);
        return true;

        int Number(int group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\A([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))\z")]
    private static partial Regex Timestamp();

    // A scheme, or a first segment without a colon; authority; path; query; fragment.
    [GeneratedRegex(
        @"\A(?:[A-Za-z][A-Za-z0-9+.\-]*:|(?![^/?#]*:))"
        + @"(?://(?:(?:[A-Za-z0-9\-._~!$&'()*+,;=:]|%[0-9A-Fa-f]{2})*@)?"
        + @"(?:\[[0-9A-Za-z:.\-_~!$&'()*+,;=]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?(?=[/?#]|\z))?"
        + @"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*"
        + @"(?:\?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?"
        + @"(?:#(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?\z")]
    private static partial Regex UriReference();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.\-]*:")]
    private static partial Regex Scheme();
}
