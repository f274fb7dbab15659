using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.Events;

/// <summary>The events page's query string: filters and where the page begins.</summary>
public sealed record EventAddress
{
    public static readonly EventAddress Empty = new();

    /// <summary>See <see cref="EventFilter.Type"/>.</summary>
    public string? Type { get; init; }

    public Severity? Severity { get; init; }

    public string? Source { get; init; }

    public bool? Matched { get; init; }

    public TimePeriod Period { get; init; } = TimePeriod.Any;

    public string? Text { get; init; }

    public PageCursor Cursor { get; init; }

    public bool IsNewest => Cursor == PageCursor.Newest;

    public int ActiveCount =>
        (Type is null ? 0 : 1) + (Severity is null ? 0 : 1) + (Source is null ? 0 : 1) + (Matched is null ? 0 : 1) + (Period.IsAny ? 0 : 1)
            + (Text is null ? 0 : 1);

    /// <summary>Reads an address; what cannot be read counts as not given.</summary>
    /// <param name="value">The value of a parameter.</param>
    public static EventAddress Parse(Func<string, string?> value) => new()
    {
        Type = SearchText.Clean(value("type"), 256),
        Severity = ParseSeverity(value("severity")),
        Source = SearchText.Clean(value("source"), 1024),
        Matched = ParseMatched(value("heard")),
        Period = TimePeriod.Parse(value("time"), value("from"), value("to")),
        Text = SearchText.Clean(value("q")),
        Cursor = new PageCursor(Id(value("before")), Id(value("after"))),
    };

    public static Severity? ParseSeverity(string? text) =>
        Enum.GetValues<Severity>().Cast<Severity?>()
            .FirstOrDefault(severity => string.Equals($"{severity}", text, StringComparison.OrdinalIgnoreCase));

    public static bool? ParseMatched(string? text) => text switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };

    public EventFilter ToFilter(DateTimeOffset now)
    {
        var (from, to) = Period.At(now);
        return new EventFilter { Type = Type, Severity = Severity, Source = Source, Matched = Matched, From = from, To = to, Text = Text };
    }

    /// <summary>For <c>GetUriWithQueryParameters</c>; null takes a parameter away.</summary>
    public Dictionary<string, object?> ToQuery() => new()
    {
        ["type"] = Type,
        ["severity"] = Severity?.ToString().ToLowerInvariant(),
        ["source"] = Source,
        ["heard"] = Matched is { } matched ? matched ? "yes" : "no" : null,
        ["time"] = Period.Name,
        ["from"] = TimePeriod.ToText(Period.From),
        ["to"] = TimePeriod.ToText(Period.To),
        ["q"] = Text,
        ["before"] = Cursor.Before,
        ["after"] = Cursor.After,
    };

    private static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
