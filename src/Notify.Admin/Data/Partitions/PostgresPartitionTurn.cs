using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Notify.Admin.Data;

/// <summary>The right to change partitions, which one connection of all instances has at a time: who dies lets it go. What was left half
/// done is found in the catalogue by the next.</summary>
internal sealed class PostgresPartitionTurn : IAsyncDisposable
{
    // Any number that no other user of the database's advisory locks is likely to choose.
    private const long Lock = 0x4E6F_7450_6172;

    // Of a statement that goes through whole partitions, or waits for those who read them.
    private const int Timeout = 600;

    private static readonly string Attached = $"""
        SELECT p.relname, c.relname, pg_get_expr(c.relpartbound, c.oid), i.inhdetachpending, COALESCE({Partition.IsMarked("c")}, FALSE)
        FROM pg_inherits AS i JOIN pg_class AS p ON p.oid = i.inhparent JOIN pg_class AS c ON c.oid = i.inhrelid
        WHERE p.relkind = 'p' AND p.relnamespace = to_regnamespace(quote_ident(current_schema()))
        """;

    private static readonly string Detached = $"""
        SELECT p.relname, c.relname FROM pg_class AS p
        JOIN pg_class AS c ON c.relnamespace = p.relnamespace AND c.relkind = 'r' AND NOT c.relispartition
            AND regexp_replace(c.relname, '_[0-9]+$', '') = p.relname AND c.relname <> p.relname
            AND {Partition.IsMarked("c")}
        WHERE p.relkind = 'p' AND p.relnamespace = to_regnamespace(quote_ident(current_schema()))
        """;

    private readonly NotifyDbContext _context;

    private PostgresPartitionTurn(NotifyDbContext context) => _context = context;

    private NpgsqlConnection Connection => (NpgsqlConnection)_context.Database.GetDbConnection();

    /// <returns>Null while somebody else has it.</returns>
    public static async Task<PostgresPartitionTurn?> TakeAsync(
        IDbContextFactory<NotifyDbContext> contexts, CancellationToken cancellationToken)
    {
        var turn = new PostgresPartitionTurn(await contexts.CreateDbContextAsync(cancellationToken));
        var isTaken = false;
        try
        {
            await turn._context.Database.OpenConnectionAsync(cancellationToken);
            // It waits for nobody. Cut off, the connection might go back into its pool with the lock.
            isTaken = await turn.ReadAsync<bool>($"SELECT pg_try_advisory_lock({Lock})", CancellationToken.None);
            return isTaken ? turn : null;
        }
        finally
        {
            if (!isTaken)
            {
                await turn._context.DisposeAsync();
            }
        }
    }

    /// <summary>All partitions of all tables, by table and then the oldest first.</summary>
    public async Task<ILookup<string, Partition>> PartitionsAsync(CancellationToken cancellationToken) =>
        (await RowsAsync(Attached, row => new Partition(row.GetString(0), row.GetString(1), Partition.RangeOf(row.GetString(2)),
            row.GetBoolean(3), row.GetBoolean(4)), cancellationToken))
        .OrderBy(partition => partition.Range.From).ToLookup(partition => partition.Table);

    /// <summary>What was a partition, or was to be one: by table and name. Nothing that an operator copied or took apart.</summary>
    public Task<List<(string Table, string Name)>> DetachedAsync(CancellationToken cancellationToken) =>
        RowsAsync(Detached, row => (row.GetString(0), row.GetString(1)), cancellationToken);

    public async Task<int> RunAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = Command(statement);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>The default where there is none.</returns>
    public async Task<T?> ReadAsync<T>(string query, CancellationToken cancellationToken)
    {
        await using var command = Command(query);
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    /// <summary>Runs statements in one transaction that waits for nobody longer than this for a table: whoever comes after it would wait as
    /// well.</summary>
    /// <returns>False where that was not long enough, and nothing was done.</returns>
    public async Task<bool> TryAsync(TimeSpan patience, IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        await using var transaction = await Connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await RunAsync($"SET LOCAL lock_timeout = {(int)patience.TotalMilliseconds}", cancellationToken);
            foreach (var statement in statements)
            {
                await RunAsync(statement, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    /// <summary>Whether tables are this user's to change, and not only their rows.</summary>
    public Task<bool> OwnsAsync(CancellationToken cancellationToken) => ReadAsync<bool>(
        """
        SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class
        WHERE relkind = 'p' AND relnamespace = to_regnamespace(quote_ident(current_schema()))
        """, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                await RunAsync($"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
            }
        }
        finally
        {
            await _context.DisposeAsync();
        }
    }

    private async Task<List<T>> RowsAsync<T>(string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        await using var command = Command(query);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    // Names are the catalogue's, and values numbers.
#pragma warning disable CA2100
    private NpgsqlCommand Command(string sql) => new(sql, Connection) { CommandTimeout = Timeout };
#pragma warning restore CA2100
}
