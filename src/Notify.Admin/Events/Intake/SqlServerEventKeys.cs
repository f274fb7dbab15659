using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>Asks the unique index, with all keys in one parameter: a parameter each would be another statement for every number of them,
/// and beyond two thousand of them EF's own list compares by the database's collation, which the column's conflicts with.</summary>
internal sealed class SqlServerEventKeys : IEventKeys
{
    private const string Known = $$"""
        SELECT [e].[Key] AS [Value]
        FROM OPENJSON({0}) WITH ([Key] nvarchar(64) COLLATE {{SqlServerNotifyDbContext.Collation}} '$') AS [k]
        INNER LOOP JOIN [Events] AS [e] ON [e].[Key] = [k].[Key]
        """;

    public async Task<KnownEvents> KnownAsync(NotifyDbContext context, IReadOnlyCollection<string> keys,
        CancellationToken cancellationToken) =>
        new([.. await context.Database.SqlQueryRaw<string>(Known, RowsAsJson.Of(keys)).ToListAsync(cancellationToken)]);
}
