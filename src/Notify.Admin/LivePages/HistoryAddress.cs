using System.Globalization;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.LivePages;

/// <summary>The query string of a page of what has happened: its filters, and where the list begins. Every such page has a period and a
/// search; the rest is its own.</summary>
public abstract record HistoryAddress
{
    public TimePeriod Period { get; init; } = TimePeriod.Any;

    public string? Text { get; init; }

    public PageCursor Cursor { get; init; }

    /// <summary>The page without its cursor shows the newest rows.</summary>
    public bool IsNewest => Cursor == PageCursor.Newest;

    /// <summary>How many filters are set.</summary>
    public int ActiveCount => Own.Values.Count(value => value is not null) + (Period.IsAny ? 0 : 1) + (Text is null ? 0 : 1);

    /// <summary>The page's own filters by their parameters; null where one is not set.</summary>
    protected abstract IReadOnlyDictionary<string, string?> Own { get; }

    /// <summary>For <c>GetUriWithQueryParameters</c>; null takes a parameter away.</summary>
    public Dictionary<string, object?> ToQuery() => new(Own.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)))
    {
        ["time"] = Period.Name,
        ["from"] = TimePeriod.ToText(Period.From),
        ["to"] = TimePeriod.ToText(Period.To),
        ["q"] = Text,
        ["before"] = Cursor.Before,
        ["after"] = Cursor.After,
    };

    /// <summary><paramref name="own"/> with what every page has; what cannot be read counts as not given.</summary>
    /// <param name="value">The value of a parameter.</param>
    protected static T Complete<T>(T own, Func<string, string?> value)
        where T : HistoryAddress => own with
        {
            Period = TimePeriod.Parse(value("time"), value("from"), value("to")),
            Text = SearchText.Clean(value("q")),
            Cursor = new PageCursor(Id(value("before")), Id(value("after"))),
        };

    private static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>An address that can be read.</summary>
public interface IHistoryAddress<out TSelf>
{
    /// <summary>Reads an address; what cannot be read counts as not given.</summary>
    /// <param name="value">The value of a parameter; null where it is not there.</param>
    static abstract TSelf Parse(Func<string, string?> value);
}
