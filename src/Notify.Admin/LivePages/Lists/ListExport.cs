namespace Notify.Admin.LivePages;

/// <summary>All rows of a list, read by their ids some at a time: neither the store nor the memory waits for a slow reader.</summary>
internal static class ListExport
{
    /// <summary>How many rows are read at once.</summary>
    public const int AtOnce = 500;

    /// <summary>Rows in the order of their ids; those that are gone meanwhile are left out.</summary>
    public static IEnumerable<TRow> InOrder<TId, TRow>(IEnumerable<TId> ids, IEnumerable<TRow> rows, Func<TRow, TId> idOf)
        where TId : notnull
        where TRow : class
    {
        var byId = rows.ToDictionary(idOf);
        return ids.Select(byId.GetValueOrDefault).OfType<TRow>();
    }
}
