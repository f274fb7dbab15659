using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Prepared statements of a connection that stays open: each is prepared once. Like the connection, for one at a time.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    // Of the few statements that a connection runs again and again none is left out by it; what is made for a number of rows could be many.
    private const int MostCommands = 128;

    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KeptCommand> _commands = new(StringComparer.Ordinal);

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

    /// <summary>A command of the same text that may be prepared already, with the parameters of <paramref name="command"/>.</summary>
    public SqliteCommand Keep(SqliteCommand command)
    {
        if (!_commands.TryGetValue(command.CommandText, out var kept))
        {
            if (_commands.Count == MostCommands)
            {
                return command;
            }

            _commands[command.CommandText] = kept = new KeptCommand();
        }

        // Two at once may be open: the second is one of its own.
        return kept.IsOut ? command : kept.InPlaceOf(command);
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Free();
        }

        _prepared.Clear();
        foreach (var command in _commands.Values)
        {
            command.Free();
        }

        _commands.Clear();
    }
}
