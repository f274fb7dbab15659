using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>One connection and one thread, on which all lanes write to SQLite's file, in groups, and read what they look at again and
/// again. Whatever another connection commits voids a connection's whole page cache: so what is written here is read here. And SQLite's
/// memory would grow with every thread that ever took a turn with it.</summary>
internal sealed class SqliteLaneWriter(ProviderContextFactory contexts, ILogger logger) : IDisposable
{
    // A group takes what has come for so long, and then commits: everybody else who writes waits meanwhile. Lanes next to each other write
    // to the same pages, so the longer a group is, the less there is to write.
    private static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(50);

    // Where somebody waits who is not patient.
    private static readonly TimeSpan LongestAwaitedGroup = TimeSpan.FromMilliseconds(10);

    private readonly BlockingCollection<Part> _waiting = [];
    private readonly Lock _gate = new();
    private Thread? _thread;
    private NotifyDbContext? _kept;

    /// <inheritdoc cref="LaneCommits.RunAsync"/>
    public Task<T> WriteAsync<T>(Func<NotifyDbContext, Task<T>> work, CancellationToken cancellationToken) =>
        Add(new Part<T>(work, isRead: false, cancellationToken));

    /// <inheritdoc cref="LaneCommits.ReadAsync"/>
    public Task<T> ReadAsync<T>(Func<NotifyDbContext, Task<T>> read, CancellationToken cancellationToken) =>
        Add(new Part<T>(read, isRead: true, cancellationToken));

    /// <summary>Finishes what has come.</summary>
    public void Dispose()
    {
        Thread? thread;
        lock (_gate)
        {
            _waiting.CompleteAdding();
            thread = _thread;
        }

        thread?.Join();
        _waiting.Dispose();
    }

    private Task<T> Add<T>(Part<T> part)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_waiting.IsAddingCompleted, this);
            if (_thread is null)
            {
                _thread = new Thread(Run) { Name = "lanes", IsBackground = true };
                _thread.UnsafeStart();
            }

            _waiting.Add(part);
        }

        return part.Ended;
    }

    private void Run()
    {
        foreach (var part in _waiting.GetConsumingEnumerable())
        {
            RunGroup(part);
        }

        EndConnection(null, isSound: false);
    }

    private void RunGroup(Part first)
    {
        List<Part> written = [];
        IDbContextTransaction? transaction = null;
        var isSound = true;
        try
        {
            var context = _kept ??= SqliteStatements.KeepOn(contexts.CreateForLanes());
            var since = 0L;
            for (var part = first; part is not null; part = transaction is null || HasTime(since) ? Next() : null)
            {
                if (part.IsRead)
                {
                    // It needs no transaction, and waits for none.
                    isSound &= part.TryRun(context) || part.IsForeseen;
                    part.End(null);
                    continue;
                }

                written.Add(part);
                if (transaction is null)
                {
                    transaction = context.Database.BeginTransaction();
                    since = Stopwatch.GetTimestamp();
                }

                isSound &= Write(context, part);
            }

            transaction?.Commit();
        }
        catch (Exception e)
        {
            // Each lane logs it. Where not even the transaction began, the store is away for all that wait.
            EndConnection(transaction, isSound: false);
            first.End(e);
            written.ForEach(part => part.End(e));
            while (transaction is null && Next() is { } part)
            {
                part.End(e);
            }

            return;
        }

        // Committed, whatever becomes of the connection.
        EndConnection(transaction, isSound);
        written.ForEach(part => part.End(null));
    }

    // Returns whether nothing speaks against using the connection again.
    private static bool Write(NotifyDbContext context, Part part)
    {
        Execute(context, "SAVEPOINT lane");
        var isDone = part.TryRun(context);
        if (!isDone)
        {
            Execute(context, "ROLLBACK TO lane");
        }

        Execute(context, "RELEASE lane");
        context.ChangeTracker.Clear();
        return isDone || part.IsForeseen;
    }

    private static void Execute(NotifyDbContext context, string sql)
    {
        using var statement = SqliteStatement.On(context, sql);
        statement.Execute();
    }

    private Part? Next() => _waiting.TryTake(out var part) ? part : null;

    private bool HasTime(long since) => Stopwatch.GetElapsedTime(since) is var taken
        && taken < LongestGroup && (taken < LongestAwaitedGroup || !contexts.IsWriterAwaited);

    // Ends the transaction and, where something spoke against it, the connection: the next group opens another. This thread must not end.
    private void EndConnection(IDbContextTransaction? transaction, bool isSound)
    {
        try
        {
            transaction?.Dispose();
            if (!isSound)
            {
                Close();
            }
        }
        catch (Exception e)
        {
            _kept = null;
            logger.LogWarning(e, "The lanes' connection could not be closed; they go on with another");
        }
    }

    private void Close()
    {
        var kept = _kept;
        _kept = null;
        kept?.Dispose();
    }

    private abstract class Part(bool isRead)
    {
        /// <summary>It writes nothing, and need not wait for the commit.</summary>
        public bool IsRead => isRead;

        /// <summary>It threw what says nothing of the connection.</summary>
        public bool IsForeseen => Failure is LeaseLostException or OperationCanceledException;

        protected Exception? Failure { get; set; }

        /// <summary>False where it threw.</summary>
        public abstract bool TryRun(NotifyDbContext context);

        /// <param name="failure">Of the whole group; null when it is committed.</param>
        public abstract void End(Exception? failure);
    }

    private sealed class Part<T>(Func<NotifyDbContext, Task<T>> work, bool isRead, CancellationToken cancellationToken) : Part(isRead)
    {
        private readonly TaskCompletionSource<T> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Ended => _ended.Task;

        public override bool TryRun(NotifyDbContext context)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                // SQLite has nothing to wait for asynchronously.
                _result = work(context).GetAwaiter().GetResult();
                return true;
            }
            catch (Exception e)
            {
                Failure = e;
                return false;
            }
        }

        public override void End(Exception? failure)
        {
            switch (Failure ?? failure)
            {
                case null:
                    _ended.TrySetResult(_result!);
                    break;
                case OperationCanceledException when cancellationToken.IsCancellationRequested:
                    _ended.TrySetCanceled(cancellationToken);
                    break;
                case var cause:
                    _ended.TrySetException(cause);
                    break;
            }
        }
    }
}
