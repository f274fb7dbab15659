using Microsoft.Data.Sqlite;

namespace Notify.Admin.Data;

/// <summary>A command that stays prepared: whoever disposes of it after use gives it back.</summary>
internal sealed class KeptCommand : SqliteCommand
{
    /// <summary>Whether somebody is using it.</summary>
    public bool IsOut { get; private set; }

    /// <summary>Takes the place of <paramref name="command"/>, with the same text, which is disposed of.</summary>
    public KeptCommand InPlaceOf(SqliteCommand command)
    {
        // Only what differs prepares it anew.
        Connection = command.Connection;
        CommandText = command.CommandText;
        CommandTimeout = command.CommandTimeout;
        Transaction = command.Transaction;
        foreach (SqliteParameter parameter in command.Parameters)
        {
            Parameters.Add(parameter);
        }

        command.Dispose();
        IsOut = true;
        return this;
    }

    /// <summary>Gives its statements up, whoever uses it.</summary>
    public void Free()
    {
        IsOut = false;
        Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && IsOut)
        {
            IsOut = false;
            Parameters.Clear();
            Transaction = null;
            return;
        }

        base.Dispose(disposing);
    }
}
