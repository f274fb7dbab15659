using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.Data;

/// <summary>What every list asks of the database.</summary>
internal static class ListedRows
{
    /// <summary>Rows that hold every word of a search.</summary>
    public static IQueryable<T> FoundBy<T>(this IQueryable<T> rows, string? search)
        where T : class, IListed =>
        FoldedText.Words(search).Aggregate(rows, (found, word) => found.Where(row => row.SearchText.Contains(word)));

    public static IOrderedQueryable<T> SortedBy<T, TKey>(this IQueryable<T> rows, Expression<Func<T, TKey>> key, bool descending) =>
        descending ? rows.OrderByDescending(key) : rows.OrderBy(key);

    /// <summary>One page of rows that are narrowed and sorted.</summary>
    /// <param name="all">The rows without search and filter.</param>
    public static async Task<ListedPage<T>> ToPageAsync<T, TAny>(
        this IQueryable<T> rows, ListQuery query, IQueryable<TAny> all, CancellationToken cancellationToken)
    {
        var total = await all.CountAsync(cancellationToken);
        var matching = query.IsNarrowed ? await rows.CountAsync(cancellationToken) : total;
        return new ListedPage<T>(
            await rows.Skip(query.Skip).Take(ListQuery.PageSize).ToListAsync(cancellationToken), matching, total);
    }
}
