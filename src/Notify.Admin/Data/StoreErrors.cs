using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Notify.Admin.Data;

/// <summary>What a failure of the store means for what happens next, whichever provider says it.</summary>
internal enum StoreError
{
    /// <summary>Not the store's, or it will be the same next time: what is written cannot be stored as it is.</summary>
    Lasting,

    /// <summary>An outage, a lost connection, a deadlock, a full disk: the same may succeed later.</summary>
    Passing,

    /// <summary>A row with that key is there already.</summary>
    Duplicate,

    /// <summary>Another row refers to it, or the one it refers to is gone.</summary>
    Reference,

    /// <summary>A database of that name is there already.</summary>
    DatabaseExists,
}

/// <summary>The one place that reads providers' error codes.</summary>
/// <remarks>Sources: sqlite.org/rescode.html; PostgreSQL's "Error Codes" (the first two characters are the class); "Database engine errors"
/// of SQL Server, with those that EF Core's own detector retries.</remarks>
internal static class StoreErrors
{
    private static readonly HashSet<int> SqlServerPassing =
    [
        -2, -1, 2, 20, 26, 40, 53, 64, 121, 203, 233, 258, 596, 601, 617, 669, 701, 802, 845, 921, 922, 942, 945, 952, 976, 978, 979, 981,
        983, 996, 997, 1101, 1105, 1203, 1204, 1205, 1206, 1221, 1222, 1807, 3906, 3908, 3935, 3960, 3966, 4060, 4064, 4221, 5011, 5061,
        6005, 8628, 8645, 8651, 9001, 9002, 9515, 10053, 10054, 10060, 10061, 10922, 10928, 10929, 10936, 11001, 14355, 17142, 17187, 17197,
        17809, 18401, 18451, 18456, 20041, 40143, 40166, 40197, 40501, 40540, 40544, 40549, 40550, 40551, 40552, 40553, 40613, 41301, 41302,
        41305, 41325, 41839, 42108, 42109, 49918, 49919, 49920,
    ];

    // Locks and snapshots; a database, a log-in or a resource that was not to be had; conflicts of tables in memory.
    private static readonly HashSet<int> SqlServerNotDone =
    [
        1203, 1204, 1205, 1222, 3960, 3966, 4060, 10928, 10929, 10936, 18401, 40501, 40613, 41301, 41302, 41305, 41325, 41839, 49918, 49919,
        49920,
    ];

    public static StoreError Of(Exception exception) => exception switch
    {
        SqliteException sqlite => OfSqlite(sqlite),
        SqlException sqlServer => OfSqlServer(sqlServer.Number),
        PostgresException postgres => OfPostgres(postgres.SqlState),
        // An exception without the server's answer is the connection's.
        NpgsqlException npgsql when npgsql.InnerException is null or IOException or SocketException or TimeoutException
            || npgsql.IsTransient => StoreError.Passing,
        TimeoutException or IOException or SocketException or OperationCanceledException => StoreError.Passing,
        { InnerException: { } inner } when exception is DbUpdateException or DbException or InvalidOperationException => Of(inner),
        _ => StoreError.Lasting,
    };

    /// <summary>Whether a failure is the store's and not the request's, whatever it was wrapped into on its way.</summary>
    public static bool IsOfStore(Exception exception) => exception is DbException or DbUpdateException or TimeoutException
        or InvalidOperationException { InnerException: DbException or DbUpdateException or TimeoutException };

    public static bool IsPassing(Exception exception) => Of(exception) == StoreError.Passing;

    public static bool IsDuplicate(Exception exception) => Of(exception) == StoreError.Duplicate;

    public static bool IsReference(Exception exception) => Of(exception) == StoreError.Reference;

    /// <summary>The server gave the work up so that others could go on: a deadlock, a lock, a conflict of snapshots. Nothing of it is
    /// stored, and from the beginning it may succeed at once.</summary>
    public static bool WasGivenUp(Exception exception) => exception switch
    {
        SqlException { Number: 1205 or 1222 or 3960 } => true,
        PostgresException
        {
            SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable
        } => true,
        { InnerException: { } inner } when exception is DbUpdateException or InvalidOperationException => WasGivenUp(inner),
        _ => false,
    };

    /// <summary>SQL Server says that it did none of it, so repeating it does nothing twice. A time-out or a lost connection does not say
    /// so.</summary>
    public static bool WasNotDone(Exception exception) => exception switch
    {
        SqlException sqlServer => SqlServerNotDone.Contains(sqlServer.Number),
        { InnerException: { } inner } when exception is DbUpdateException or InvalidOperationException => WasNotDone(inner),
        _ => false,
    };

    private static StoreError OfSqlite(SqliteException exception) => (exception.SqliteErrorCode, exception.SqliteExtendedErrorCode) switch
    {
        // SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE, _ROWID.
        (_, 1555 or 2067 or 2579) => StoreError.Duplicate,
        // SQLITE_CONSTRAINT_FOREIGNKEY.
        (_, 787) => StoreError.Reference,
        // PERM, ABORT, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL, SCHEMA, AUTH.
        (3 or 4 or 5 or 6 or 7 or 8 or 9 or 10 or 13 or 14 or 15 or 17 or 23, _) => StoreError.Passing,
        _ => StoreError.Lasting,
    };

    private static StoreError OfPostgres(string state) => state switch
    {
        PostgresErrorCodes.UniqueViolation => StoreError.Duplicate,
        PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation => StoreError.Reference,
        PostgresErrorCodes.DuplicateDatabase => StoreError.DatabaseExists,
        // ReadOnly: a failover to a server that only reads. LockNotAvailable: somebody else holds the lock.
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable => StoreError.Passing,
        // Connections, log-in, catalogue, rollbacks, resources, states, operators, system.
        _ => state[..2] is "08" or "28" or "3D" or "40" or "53" or "55" or "57" or "58" ? StoreError.Passing : StoreError.Lasting,
    };

    private static StoreError OfSqlServer(int number) => number switch
    {
        2601 or 2627 => StoreError.Duplicate,
        547 => StoreError.Reference,
        1801 => StoreError.DatabaseExists,
        _ => SqlServerPassing.Contains(number) ? StoreError.Passing : StoreError.Lasting,
    };
}
