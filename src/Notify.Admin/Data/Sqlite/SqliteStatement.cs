using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Security;
using SQLitePCL;

namespace Notify.Admin.Data;

/// <summary>One prepared statement, bound and run again for each row: a third of the cost of a command with parameters. What SQLite has of
/// the row before is not given to it again: most columns of one row after another are the same, or NULL.</summary>
internal sealed class SqliteStatement : IDisposable
{
    // By reflection: the compiler would want the very version of SQLitePCLRaw that Microsoft.Data.Sqlite was built with.
    private static readonly Func<SqliteConnection, sqlite3> Handle =
        typeof(SqliteConnection).GetProperty("Handle")!.GetMethod!.CreateDelegate<Func<SqliteConnection, sqlite3>>();

    // Longer ones are not kept: one is hardly ever the same as the one before, and of many rows they would take much memory.
    private const int UsualText = 4096;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly bool _isKept;
    private readonly Bound[] _bound;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualText);
    private bool _isLarge;
    private int _next = 1;

    /// <param name="connection">Open, and in the transaction that the rows belong to.</param>
    /// <param name="sql">With a <c>?</c> for each value.</param>
    /// <param name="isKept">It is used again after <see cref="Dispose"/>, until it is freed.</param>
    public SqliteStatement(SqliteConnection connection, string sql, bool isKept = false)
    {
        _connection = HandleOf(connection);
        _isKept = isKept;
        Check(raw.sqlite3_prepare_v2(_connection, sql, out _statement));
        _bound = new Bound[raw.sqlite3_bind_parameter_count(_statement)];
    }

    /// <summary>The connection as SQLite knows it: the same for all that take turns with one pooled connection.</summary>
    public static sqlite3 HandleOf(SqliteConnection connection) => Handle(connection);

    /// <summary>A statement on the context's connection: one that is prepared already, where that is kept open.</summary>
    /// <param name="sql">With a <c>?</c> for each value.</param>
    public static SqliteStatement On(NotifyDbContext context, string sql) =>
        context.Statements?.Of(sql) ?? new SqliteStatement((SqliteConnection)context.Database.GetDbConnection(), sql);

    /// <summary>The highest id that a table ever had; the transaction must already be the writer. Never lower than any id that was given,
    /// since the table counts them itself too (AUTOINCREMENT).</summary>
    public static long LastId(NotifyDbContext context, string table)
    {
        using var statement = On(context, """SELECT "seq" FROM "sqlite_sequence" WHERE "name" = ?""");
        return statement.Add(table).Number() ?? 0;
    }

    /// <summary>Binds the next value.</summary>
    public SqliteStatement Add(long value)
    {
        ref var bound = ref Next();
        if (bound.Number != value)
        {
            bound = new Bound(true, null, null);
            Check(raw.sqlite3_bind_int64(_statement, _next - 1, value));
            bound = new Bound(true, value, null);
        }

        return this;
    }

    /// <summary>Binds the next value; null is NULL.</summary>
    public SqliteStatement Add(long? value) => value is { } number ? Add(number) : AddNull();

    /// <summary>Binds the next value.</summary>
    public SqliteStatement Add(bool value) => Add(value ? 1L : 0L);

    /// <summary>Binds the next value as the model stores it.</summary>
    public SqliteStatement Add(DateTimeOffset? value) => Add(value?.UtcTicks);

    /// <summary>Binds the next value; null is NULL.</summary>
    public SqliteStatement Add(string? value)
    {
        if (value is null)
        {
            return AddNull();
        }

        ref var bound = ref Next();
        if (bound.Text != value)
        {
            bound = new Bound(true, null, null);
            Bind(_next - 1, ForeignText.Storable(value));
            bound = new Bound(true, null, value.Length > UsualText ? null : value);
            _isLarge |= value.Length > UsualText;
        }

        return this;
    }

    /// <summary>Runs it with what was bound, and begins again with the first value.</summary>
    /// <exception cref="SqliteException">A constraint, or the disk.</exception>
    public void Execute() => Step();

    /// <summary>Whether there is a row for what was bound; begins again with the first value.</summary>
    /// <exception cref="SqliteException">The disk.</exception>
    public bool Any() => Step().HasRow;

    /// <summary>The first column of the first row for what was bound; null where there is none. Begins again with the first
    /// value.</summary>
    /// <exception cref="SqliteException">The disk.</exception>
    public long? Number() => Step() is (true, var number) ? number : null;

    /// <summary>All rows for what was bound; begins again with the first value.</summary>
    /// <param name="read">Makes something of one row's columns.</param>
    /// <exception cref="SqliteException">The disk.</exception>
    public IReadOnlyList<T> Read<T>(Func<SqliteStatement, T> read)
    {
        List<T> rows = [];
        int result;
        while ((result = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW)
        {
            rows.Add(read(this));
        }

        End(result);
        return rows;
    }

    /// <summary>A column of the row that <see cref="Read"/> reads; 0 is the first.</summary>
    public long Column(int at) => raw.sqlite3_column_int64(_statement, at);

    /// <summary>Begins again with the first value, whatever was bound or read before.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(_statement);
        _next = 1;
    }

    public void Dispose()
    {
        if (!_isKept)
        {
            Free();
        }
    }

    /// <summary>Ends it for good.</summary>
    public void Free()
    {
        _statement.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    // The number is that of the first row's first column.
    private (bool HasRow, long Number) Step()
    {
        var result = raw.sqlite3_step(_statement);
        var row = result == raw.SQLITE_ROW ? (true, raw.sqlite3_column_int64(_statement, 0)) : default;
        End(result);
        return row;
    }

    private void End(int result)
    {
        raw.sqlite3_reset(_statement);
        _next = 1;
        DropLarge();
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(result);
        }
    }

    private void DropLarge()
    {
        if (_isLarge)
        {
            raw.sqlite3_clear_bindings(_statement);
            Array.Clear(_bound);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(UsualText);
            _isLarge = false;
        }
    }

    private ref Bound Next() => ref _bound[_next++ - 1];

    private SqliteStatement AddNull()
    {
        ref var bound = ref Next();
        if (bound.IsSet)
        {
            Check(raw.sqlite3_bind_null(_statement, _next - 1));
            bound = default;
        }

        return this;
    }

    private void Bind(int at, string text)
    {
        if (text.Length == 0)
        {
            // An empty span has no address, and would be NULL.
            Check(raw.sqlite3_bind_text(_statement, at, text));
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(most);
        }

        Check(raw.sqlite3_bind_text(_statement, at, _buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, _buffer))));
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_connection).utf8_to_string(), result, raw.sqlite3_extended_errcode(_connection));
        }
    }

    /// <summary>What SQLite has of one value: NULL where nothing is set; a number, a text, or what could not be bound.</summary>
    private readonly record struct Bound(bool IsSet, long? Number, string? Text);
}
