using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Notify.Admin.Data;

/// <summary>Sets each new SQLite connection up: write-ahead log, an fsync at every commit (an answered event must survive power loss, not
/// only a killed process), waiting instead of failing when another connection writes, and foreign keys.</summary>
/// <param name="cache">Page cache of each connection, in KiB.</param>
internal sealed class SqlitePragmas(int cache) : DbConnectionInterceptor
{
    // Checkpoints every 16 MiB of log, so that pages which every commit touches are not copied a thousand times.
    private readonly string _pragmas =
        $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-{cache};";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
