using System.Globalization;
using Notify.Admin.Data;

namespace Notify.Admin.LivePages;

/// <summary>One page of a list that the database narrows, sorts and pages, as the list's address says it.</summary>
/// <param name="Search">Every word of it has to be found.</param>
/// <param name="Page">From 1.</param>
public abstract record ListQuery(string? Search, int Page)
{
    /// <summary>Rows of a page: a screen or two. More cost memory for each open page, and 300 kB to open it.</summary>
    public const int PageSize = 30;

    /// <summary>How many rows of a list are selected at most at once.</summary>
    public const int MostSelected = 1_000;

    /// <summary>How many rows of a list are exported at most, in its order.</summary>
    public const int MostExported = 100_000;

    // Beyond this nobody pages, and the number times the page size stays a number.
    private const int LastPage = 1_000_000;

    /// <summary>How many of search and filters are set.</summary>
    public abstract int ActiveCount { get; }

    public bool IsNarrowed => ActiveCount > 0;

    /// <summary>How many rows come before the page.</summary>
    public int Skip => (Page - 1) * PageSize;

    /// <summary>The same as parts of an address; null removes one.</summary>
    public virtual Dictionary<string, object?> ToAddress() => new() { ["q"] = Search, ["page"] = Page == 1 ? null : Page };

    /// <summary>The list in the same order without search and filters, from its first page.</summary>
    public virtual ListQuery ToWhole() => this with { Search = null, Page = 1 };

    protected static int ReadPage(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, LastPage) : 1;
}

/// <summary>A query that can be read from an address.</summary>
public interface IListQuery<out TSelf>
{
    /// <summary>Reads an address; what is not understood is left out.</summary>
    /// <param name="value">The value of a parameter; null where it is not there.</param>
    static abstract TSelf Parse(Func<string, string?> value);
}

/// <summary>A list with one filter of a few values, and a few columns to sort it by; the first of each are what is shown at
/// first.</summary>
public record ListQuery<TFilter, TSort>(
    string? Search = null, TFilter Filter = default, TSort Sort = default, bool Descending = false, int Page = 1)
    : ListQuery(Search, Page), IListQuery<ListQuery<TFilter, TSort>>, ISorted<TSort>
    where TFilter : struct, Enum
    where TSort : struct, Enum
{
    public override int ActiveCount => (string.IsNullOrWhiteSpace(Search) ? 0 : 1) + (IsFirst(Filter) ? 0 : 1);

    static ListQuery<TFilter, TSort> IListQuery<ListQuery<TFilter, TSort>>.Parse(Func<string, string?> value) =>
        Complete(new ListQuery<TFilter, TSort>(), value);

    public override Dictionary<string, object?> ToAddress() => new(base.ToAddress())
    {
        ["state"] = IsFirst(Filter) ? null : NameOf(Filter),
        ["sort"] = IsFirst(Sort) && !Descending ? null : $"{(Descending ? "-" : "")}{NameOf(Sort)}",
    };

    public override ListQuery ToWhole() => this with { Search = null, Filter = default, Page = 1 };

    /// <summary><paramref name="own"/> with what every list has.</summary>
    protected static T Complete<T>(T own, Func<string, string?> value)
        where T : ListQuery<TFilter, TSort> => own with
        {
            Search = SearchText.Clean(value("q")),
            Filter = Read<TFilter>(value("state")),
            Sort = Read<TSort>(value("sort")?.TrimStart('-')),
            Descending = value("sort")?.StartsWith('-') == true,
            Page = ReadPage(value("page")),
        };

    private static bool IsFirst<T>(T value)
        where T : struct, Enum => EqualityComparer<T>.Default.Equals(value, default);

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T Read<T>(string? text)
        where T : struct, Enum =>
        // Enum.TryParse would take numbers as well as names.
        Enum.GetValues<T>().FirstOrDefault(value => string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase));
}
