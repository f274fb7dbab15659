using Notify.Admin.Security;
using Npgsql;
using NpgsqlTypes;

namespace Notify.Admin.Data;

/// <summary>A few rows as an array for each column: one prepared statement takes all of them. <see cref="PostgresCopy"/> needs less for a
/// row, and two more ways to the server and back.</summary>
internal sealed class PostgresArrays : IPostgresValues
{
    private readonly NpgsqlParameter[] _columns;
    private int _next;

    private PostgresArrays(int columns) => _columns = new NpgsqlParameter[columns];

    /// <param name="insert"><c>INSERT INTO … SELECT * FROM unnest($1, …)</c>.</param>
    /// <param name="columns">How many it names.</param>
    /// <param name="add">Adds a row's values, in their order.</param>
    public static NpgsqlBatchCommand Of<T>(string insert, int columns, IEnumerable<T> rows, Action<IPostgresValues, T> add)
    {
        var arrays = new PostgresArrays(columns);
        foreach (var row in rows)
        {
            arrays._next = 0;
            add(arrays, row);
        }

        var command = new NpgsqlBatchCommand(insert);
        foreach (var column in arrays._columns)
        {
            command.Parameters.Add(column);
        }

        return command;
    }

    public IPostgresValues Add(long? value) => Add(NpgsqlDbType.Bigint, value);

    public IPostgresValues Add(int? value) => Add(NpgsqlDbType.Integer, value);

    public IPostgresValues Add(bool value) => Add(NpgsqlDbType.Boolean, value);

    public IPostgresValues Add(DateTimeOffset? value) => Add(value?.UtcTicks);

    public IPostgresValues Add(string? value) => Add(NpgsqlDbType.Text, ForeignText.Storable(value));

    private PostgresArrays Add<T>(NpgsqlDbType type, T value)
    {
        var column = _columns[_next++] ??= new NpgsqlParameter<List<T>> { TypedValue = [], NpgsqlDbType = NpgsqlDbType.Array | type };
        ((NpgsqlParameter<List<T>>)column).TypedValue!.Add(value);
        return this;
    }
}
