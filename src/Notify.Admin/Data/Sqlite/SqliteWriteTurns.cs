using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Notify.Admin.Data;

/// <summary>Queues this process's writers to the SQLite file. SQLite itself has no queue: whoever finds the file locked sleeps and tries
/// again, up to 150 ms at a time, and under load the unlucky one starves. Reads need no turn.</summary>
internal sealed class SqliteWriteTurns : IDbTransactionInterceptor, IDbCommandInterceptor, IDbConnectionInterceptor
{
    private readonly WriteTurns _turns = new(Stopwatch.GetTimestamp);
    private readonly ConcurrentDictionary<Guid, (IDisposable Turn, bool IsTransaction)> _held = new();

    /// <summary>Whether somebody waits who is not patient.</summary>
    public bool IsAwaited => _turns.IsAwaited;

    // Transactions begin as writers (BEGIN IMMEDIATE).
    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default)
    {
        await EnterAsync(eventData.ConnectionId, eventData.Context, true, cancellationToken);
        return result;
    }

    public InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData,
        InterceptionResult<DbTransaction> result)
    {
        Enter(eventData.ConnectionId, eventData.Context, true);
        return result;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Leave(eventData.ConnectionId);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData,
        CancellationToken cancellationToken = default) =>
        LeaveAsync(eventData.ConnectionId);

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Leave(eventData.ConnectionId);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData,
        CancellationToken cancellationToken = default) =>
        LeaveAsync(eventData.ConnectionId);

    // A transaction that is disposed without an end, and a reader nobody closed.
    public InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Leave(eventData.ConnectionId);
        return result;
    }

    public ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData,
        InterceptionResult result)
    {
        Leave(eventData.ConnectionId);
        return ValueTask.FromResult(result);
    }

    // A transaction whose beginning was cancelled: its connection is not closed but disposed of with its context.
    public InterceptionResult ConnectionDisposing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Leave(eventData.ConnectionId);
        return result;
    }

    public ValueTask<InterceptionResult> ConnectionDisposingAsync(DbConnection connection, ConnectionEventData eventData,
        InterceptionResult result)
    {
        Leave(eventData.ConnectionId);
        return ValueTask.FromResult(result);
    }

    public async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await EnterForAsync(command, eventData, cancellationToken);
        return result;
    }

    public InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        EnterFor(command, eventData);
        return result;
    }

    public async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        await EnterForAsync(command, eventData, cancellationToken);
        return result;
    }

    public InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result)
    {
        EnterFor(command, eventData);
        return result;
    }

    public ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result,
        CancellationToken cancellationToken = default)
    {
        LeaveCommand(eventData.ConnectionId);
        return ValueTask.FromResult(result);
    }

    public int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        LeaveCommand(eventData.ConnectionId);
        return result;
    }

    public InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        // The statement commits when its reader is disposed, which comes right after this; who is next then waits for a moment, not for a
        // sleep.
        LeaveCommand(eventData.ConnectionId);
        return result;
    }

    public void CommandCanceled(DbCommand command, CommandEndEventData eventData) => LeaveCommand(eventData.ConnectionId);

    public Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        LeaveCommand(eventData.ConnectionId);
        return Task.CompletedTask;
    }

    public void CommandFailed(DbCommand command, CommandErrorEventData eventData) => LeaveCommand(eventData.ConnectionId);

    public Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        LeaveCommand(eventData.ConnectionId);
        return Task.CompletedTask;
    }

    private static bool Writes(DbCommand command)
    {
        // EF ends what it was given with a line break.
        var text = command.CommandText.AsSpan().Trim();
        // A query that is tagged begins with the tag.
        while (text.StartsWith("--", StringComparison.Ordinal))
        {
            text = text.IndexOf('\n') is var end and >= 0 ? text[end..].TrimStart() : [];
        }

        return text is SqliteCheckpoints.Restart || !text.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase)
            && !text.StartsWith("PRAGMA", StringComparison.OrdinalIgnoreCase)
            && !text.StartsWith("WITH", StringComparison.OrdinalIgnoreCase);
    }

    private ValueTask EnterForAsync(DbCommand command, CommandEventData eventData, CancellationToken cancellationToken) =>
        Writes(command) ? EnterAsync(eventData.ConnectionId, eventData.Context, false, cancellationToken) : ValueTask.CompletedTask;

    private void EnterFor(DbCommand command, CommandEventData eventData)
    {
        if (Writes(command))
        {
            Enter(eventData.ConnectionId, eventData.Context, false);
        }
    }

    private async ValueTask EnterAsync(Guid connection, DbContext? context, bool isTransaction, CancellationToken cancellationToken)
    {
        if (!_held.ContainsKey(connection) && context is not NotifyDbContext { IsJoined: true })
        {
            _held[connection] = (await _turns.EnterAsync(context is NotifyDbContext { IsPatient: true }, cancellationToken), isTransaction);
        }
    }

    // The few synchronous writers wait as everybody does.
    private void Enter(Guid connection, DbContext? context, bool isTransaction) =>
        EnterAsync(connection, context, isTransaction, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private void Leave(Guid connection)
    {
        if (_held.TryRemove(connection, out var held))
        {
            held.Turn.Dispose();
        }
    }

    private Task LeaveAsync(Guid connection)
    {
        Leave(connection);
        return Task.CompletedTask;
    }

    private void LeaveCommand(Guid connection)
    {
        if (_held.TryGetValue(connection, out var held) && !held.IsTransaction)
        {
            Leave(connection);
        }
    }
}
