namespace Notify.Admin.LivePages;

/// <summary>One page of a list.</summary>
/// <param name="Matching">How many there are in all pages.</param>
/// <param name="Total">How many there are without search and filter.</param>
public sealed record ListedPage<T>(IReadOnlyList<T> Items, int Matching, int Total)
{
    /// <summary>How many pages there are; at least one.</summary>
    public int Pages => Math.Max(1, (Matching + ListQuery.PageSize - 1) / ListQuery.PageSize);

    public ListedPage<TOther> Select<TOther>(Func<T, TOther> shape) => new([.. Items.Select(shape)], Matching, Total);
}
