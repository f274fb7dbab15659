using System.Globalization;
using System.Net.Http.Headers;

namespace Notify.Admin.Channels;

/// <summary>How long a vendor may make us wait. Whatever it asks for (a header, a cool-down in its answer) is read and bounded here, so
/// that no answer silences a channel for days, nor makes us ask again without a pause.</summary>
public static class VendorWait
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>As long as our own longest back-off: a vendor that asks for more is asked again four times an hour.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private const NumberStyles Seconds = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign
        | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>A wait within the bounds; null where none was asked for, zero and negative included: our own back-off
    /// applies.</summary>
    public static TimeSpan? Bound(TimeSpan? asked) =>
        asked is not { } wait || wait <= TimeSpan.Zero ? null : wait < Shortest ? Shortest : wait > Longest ? Longest : wait;

    /// <summary>The header <c>Retry-After</c>, bounded: whole or broken seconds, or an HTTP date. Anything else counts as not
    /// given.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        // Without validation: the framework's reader takes no broken seconds, and none beyond an int.
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        var value = values.First();
        if (double.TryParse(value, Seconds, CultureInfo.InvariantCulture, out var seconds))
        {
            return double.IsNaN(seconds) ? null : Bound(TimeSpan.FromSeconds(Math.Clamp(seconds, -1, Longest.TotalSeconds)));
        }

        return RetryConditionHeaderValue.TryParse(value, out var parsed) && parsed.Date is { } date ? Bound(date - now) : null;
    }
}
