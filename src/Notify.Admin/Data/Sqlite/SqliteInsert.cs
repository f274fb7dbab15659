using System.Globalization;

namespace Notify.Admin.Data;

/// <summary>Inserts rows, several with one statement where there are enough of them: to begin and end a statement, to open a table and its
/// indexes and to count its ids takes SQLite a part of the time of a row.</summary>
internal sealed class SqliteInsert
{
    // In this order. More rows win nothing, and what a statement changes is kept until it has ended.
    private static readonly int[] Sizes = [16, 4, 1];

    private readonly (int Size, string Sql)[] _statements;

    /// <param name="into">The statement up to its values.</param>
    /// <param name="columns">How many values a row has.</param>
    public SqliteInsert(string into, int columns)
    {
        var row = $"({string.Join(", ", Enumerable.Repeat("?", columns))})";
        _statements = [.. Sizes.Select(size => (size, string.Create(CultureInfo.InvariantCulture,
            $"{into} VALUES {string.Join(", ", Enumerable.Repeat(row, size))}")))];
    }

    /// <summary>Inserts them in their order; the transaction must already be the writer.</summary>
    /// <param name="bind">Binds one row's values.</param>
    public void Insert<T>(NotifyDbContext context, IReadOnlyList<T> rows, Action<SqliteStatement, T> bind)
    {
        var at = 0;
        foreach (var (size, sql) in _statements)
        {
            if (rows.Count - at < size)
            {
                continue;
            }

            using var statement = SqliteStatement.On(context, sql);
            while (rows.Count - at >= size)
            {
                for (var end = at + size; at < end; at++)
                {
                    bind(statement, rows[at]);
                }

                statement.Execute();
            }
        }
    }
}
