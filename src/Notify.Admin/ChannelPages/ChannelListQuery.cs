using System.Globalization;

namespace Notify.Admin.ChannelPages;

/// <summary>Which channels a list is narrowed to.</summary>
public enum ChannelFilter
{
    All,
    On,
    Off,
    NeedsAttention,
    Failing,
    NeverTested,
}

/// <summary>What a list of channels is sorted by.</summary>
public enum ChannelSort
{
    Name,
    Switch,
    Destination,

    /// <summary>What is wrong; ascending is what is well.</summary>
    Health,
    LastTest,
}

/// <summary>One page of a list of channels, as its address says it.</summary>
/// <param name="Search">Every word of it has to be found.</param>
/// <param name="Page">From 1.</param>
public sealed record ChannelListQuery(
    string? Search = null, ChannelFilter Filter = ChannelFilter.All, ChannelSort Sort = ChannelSort.Name, bool Descending = false,
    int Page = 1)
{
    /// <summary>Rows of a page: a screen or two. More cost memory for each open page, and 300 kB to open it.</summary>
    public const int PageSize = 30;

    /// <summary>How many channels of a list are selected at most at once.</summary>
    public const int MostSelected = 1_000;

    // Beyond this nobody pages, and the number times the page size stays a number.
    private const int LastPage = 1_000_000;

    public bool IsNarrowed => !string.IsNullOrWhiteSpace(Search) || Filter != ChannelFilter.All;

    /// <summary>How many rows come before the page.</summary>
    public int Skip => (Page - 1) * PageSize;

    /// <summary>Reads the parts of an address. What is not understood is left out.</summary>
    public static ChannelListQuery Parse(string? search, string? filter, string? sort, string? page) => new(
        string.IsNullOrWhiteSpace(search) ? null : search,
        Read<ChannelFilter>(filter),
        Read<ChannelSort>(sort?.TrimStart('-')),
        sort?.StartsWith('-') == true,
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, LastPage) : 1);

    /// <summary>The same as parts of an address; null removes one.</summary>
    public IReadOnlyDictionary<string, object?> ToAddress() => new Dictionary<string, object?>
    {
        ["q"] = Search,
        ["state"] = Filter == ChannelFilter.All ? null : Filter.ToString().ToLowerInvariant(),
        ["sort"] = (Sort, Descending) == (ChannelSort.Name, false)
            ? null : $"{(Descending ? "-" : "")}{Sort.ToString().ToLowerInvariant()}",
        ["page"] = Page == 1 ? null : Page,
    };

    /// <summary>Sorted by another head; by the same one the other way about. What is wrong and what is newest come first at once.</summary>
    public ChannelListQuery SortedBy(ChannelSort sort) => this with
    {
        Sort = sort,
        Descending = sort == Sort ? !Descending : sort is ChannelSort.Health or ChannelSort.LastTest,
        Page = 1,
    };

    private static T Read<T>(string? text)
        where T : struct, Enum =>
        // Enum.TryParse would take numbers as well as names.
        Enum.GetValues<T>().FirstOrDefault(value => string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One page of a list.</summary>
/// <param name="Matching">How many there are in all pages.</param>
/// <param name="Total">How many there are without search and filter.</param>
public sealed record ListedPage<T>(IReadOnlyList<T> Items, int Matching, int Total)
{
    /// <summary>How many pages there are; at least one.</summary>
    public int Pages => Math.Max(1, (Matching + ChannelListQuery.PageSize - 1) / ChannelListQuery.PageSize);

    public ListedPage<TOther> Select<TOther>(Func<T, TOther> shape) => new([.. Items.Select(shape)], Matching, Total);
}
