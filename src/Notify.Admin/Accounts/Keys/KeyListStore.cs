using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>The API keys of everybody that are not revoked, a page at a time.</summary>
internal sealed class KeyListStore(IDbContextFactory<NotifyDbContext> contexts, TimeProvider time)
{
    public async Task<ListedPage<OwnedApiKey>> ListPageAsync(ListQuery<KeyFilter, KeySort> query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var all = context.ApiKeys.AsNoTracking().Where(key => key.RevokedAt == null);
        var owned = all.Join(context.Users, key => key.UserId, user => user.Id, (key, user) => new Row { Key = key, User = user });
        return await Sort(Narrow(owned, query), query)
            .Select(row => new OwnedApiKey(
                new ApiKeyRow(row.Key.Id, row.Key.Name, row.Key.Scope, row.Key.LastFour, row.Key.CreatedAt, row.Key.ExpiresAt,
                    row.Key.LastUsedAt),
                row.User.Id, row.User.Email!))
            .ToPageAsync(query, all, cancellationToken);
    }

    private IQueryable<Row> Narrow(IQueryable<Row> rows, ListQuery<KeyFilter, KeySort> query)
    {
        foreach (var word in FoldedText.Words(query.Search))
        {
            var address = word.ToUpperInvariant();
            rows = rows.Where(row => row.Key.SearchText.Contains(word) || row.User.NormalizedEmail!.Contains(address));
        }

        var now = time.GetUtcNow();
        return query.Filter switch
        {
            KeyFilter.All => rows,
            KeyFilter.Expired => rows.Where(row => row.Key.ExpiresAt <= now),
            KeyFilter.NeverUsed => rows.Where(row => row.Key.LastUsedAt == null),
            KeyFilter.Ingest => rows.Where(row => row.Key.Scope == ApiKeyScope.Ingest),
            KeyFilter.Full => rows.Where(row => row.Key.Scope == ApiKeyScope.Full),
        };
    }

    private static IQueryable<Row> Sort(IQueryable<Row> rows, ListQuery<KeyFilter, KeySort> query) => (query.Sort switch
    {
        KeySort.Name => rows.SortedBy(row => row.Key.SortName, query.Descending),
        KeySort.Owner => rows.SortedBy(row => row.User.NormalizedEmail, query.Descending),
        KeySort.LastUsed => rows.SortedBy(row => row.Key.LastUsedAt ?? DateTimeOffset.MinValue, query.Descending),
        KeySort.Created => rows.SortedBy(row => row.Key.CreatedAt, query.Descending),
        KeySort.Expires => rows.SortedBy(row => row.Key.ExpiresAt ?? DateTimeOffset.MaxValue, query.Descending),
    }).ThenBy(row => row.Key.Id);

    private sealed class Row
    {
        public required ApiKey Key { get; init; }

        public required AdminUser User { get; init; }
    }
}
