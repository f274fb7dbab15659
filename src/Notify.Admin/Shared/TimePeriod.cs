using System.Globalization;

namespace Notify.Admin.Shared;

/// <summary>Which time a list shows, as its address says it: a named stretch up to now, or from and to.</summary>
/// <param name="Name">One of <see cref="Names"/>; null for from and to.</param>
public sealed record TimePeriod(string? Name, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    public static readonly TimePeriod Any = new(null, null, null);

    private static readonly Dictionary<string, TimeSpan> Lengths = new(StringComparer.Ordinal)
    {
        ["1h"] = TimeSpan.FromHours(1),
        ["24h"] = TimeSpan.FromHours(24),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

    public static IReadOnlyCollection<string> Names => Lengths.Keys;

    // Days and months in another order, or a time without a day, would be read as something else than was meant.
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public bool IsAny => Name is null && From is null && To is null;

    /// <summary>Reads the values of an address; what cannot be read counts as not given.</summary>
    public static TimePeriod Parse(string? name, string? from, string? to) =>
        name is not null && Lengths.ContainsKey(name) ? new TimePeriod(name) : new TimePeriod(null, Moment(from), Moment(to));

    /// <summary>The moments it means at <paramref name="now"/>.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) At(DateTimeOffset now) => Name is null ? (From, To) : (now - Lengths[Name], null);

    public static string? ToText(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
}
