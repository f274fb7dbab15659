using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Prepared statements of a connection that stays open: each is prepared once. Like the connection, for one at a time.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);

    /// <summary>Opens the connection of a context that is to be kept, with statements that stay prepared. A context whose connection cannot
    /// be opened is disposed of.</summary>
    public static NotifyDbContext KeepOn(NotifyDbContext context)
    {
        try
        {
            context.Database.OpenConnection();
            context.Statements = new SqliteStatements((SqliteConnection)context.Database.GetDbConnection());
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>The statement, to be bound from its first value. Disposing of it leaves it prepared.</summary>
    public SqliteStatement Of(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            _prepared[sql] = statement = new SqliteStatement(connection, sql, isKept: true);
        }

        statement.Reset();
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Free();
        }

        _prepared.Clear();
    }
}
