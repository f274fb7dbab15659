using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;

namespace Notify.Admin.Events;

/// <summary>The events page's query string.</summary>
public sealed record EventAddress : HistoryAddress, IHistoryAddress<EventAddress>
{
    public static readonly EventAddress Empty = new();

    /// <summary>See <see cref="EventFilter.Type"/>.</summary>
    public string? Type { get; init; }

    public Severity? Severity { get; init; }

    public string? Source { get; init; }

    /// <summary>See <see cref="EventFilter.SourceId"/>.</summary>
    public int? Via { get; init; }

    public bool? Matched { get; init; }

    protected override IReadOnlyDictionary<string, string?> Own => new Dictionary<string, string?>
    {
        ["type"] = Type,
        ["severity"] = Severity?.ToString().ToLowerInvariant(),
        ["source"] = Source,
        ["via"] = Via?.ToString(CultureInfo.InvariantCulture),
        ["heard"] = Matched is { } matched ? matched ? "yes" : "no" : null,
    };

    public static EventAddress Parse(Func<string, string?> value) => Complete(
        new EventAddress
        {
            Type = SearchText.Clean(value("type"), 256),
            Severity = ParseSeverity(value("severity")),
            Source = SearchText.Clean(value("source"), 1024),
            Via = ParseVia(value("via")),
            Matched = ParseMatched(value("heard")),
        },
        value);

    public static Severity? ParseSeverity(string? text) =>
        Enum.GetValues<Severity>().Cast<Severity?>()
            .FirstOrDefault(severity => string.Equals($"{severity}", text, StringComparison.OrdinalIgnoreCase));

    public static int? ParseVia(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static bool? ParseMatched(string? text) => text switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };

    public EventFilter ToFilter(DateTimeOffset now)
    {
        var (from, to) = Period.At(now);
        return new EventFilter
        {
            Type = Type, Severity = Severity, Source = Source, SourceId = Via, Matched = Matched, From = from, To = to, Text = Text,
        };
    }
}
