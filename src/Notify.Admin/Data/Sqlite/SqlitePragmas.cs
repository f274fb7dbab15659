using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Notify.Admin.Data;

/// <summary>Sets each SQLite connection up: write-ahead log, an fsync at every commit (an answered event must survive power loss, not
/// only a killed process), waiting instead of failing when another connection writes, foreign keys, and searches in any
/// language.</summary>
/// <param name="cache">Page cache of each connection, in KiB.</param>
/// <param name="isTemporaryInMemory">What a savepoint must be able to put back, and what a query sorts, takes memory, not files. For what
/// is small.</param>
internal sealed class SqlitePragmas(int cache, bool isTemporaryInMemory) : DbConnectionInterceptor
{
    // SqliteCheckpoints copies the log; should it fall behind, a commit does it at 128 MiB.
    private readonly string _pragmas =
        $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=32000; PRAGMA cache_size=-{cache}; PRAGMA temp_store={(isTemporaryInMemory ? "MEMORY" : "DEFAULT")};";

    // A pooled connection keeps them, and opens again for every context.
    private readonly ConditionalWeakTable<sqlite3, object> _set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        // SQLite has nothing to wait for asynchronously.
        Set((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private void Set(SqliteConnection connection)
    {
        var handle = SqliteStatement.HandleOf(connection);
        if (_set.TryGetValue(handle, out _))
        {
            return;
        }

        if (new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly)
        {
            // EF asks so whether there is a file; one that has no write-ahead log yet, as a copy by VACUUM INTO, cannot be given it here.
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
        SqliteLower.Register(handle);
        _set.TryAdd(handle, this);
    }
}
