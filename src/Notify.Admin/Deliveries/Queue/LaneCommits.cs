using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>The transactions in which lanes write. SQLite has one writer, which waits for the disk at each commit: there, what several
/// lanes write at the same time shares one. Other stores commit side by side, and their logs share the wait by themselves.</summary>
internal sealed class LaneCommits(PatientContexts contexts, DatabaseOptions database)
{
    // A group takes what has come for so long, and then commits: everybody else who writes waits meanwhile.
    private static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentQueue<IPart> _waiting = new();
    private int _isWriting;

    /// <summary>Runs <paramref name="work"/> in a transaction, and returns after its commit. Where it throws, nothing of it is kept, and
    /// what others write in the same transaction is.</summary>
    /// <param name="work">Reads and writes through its context alone, and waits for nothing else: others wait for it.</param>
    public async Task<T> RunAsync<T>(Func<NotifyDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            return await InGroupAsync(work, cancellationToken);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var result = await work(context);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>Runs one statement, which needs no more of a transaction than it is by itself.</summary>
    /// <returns>How many rows it has changed.</returns>
    public async Task<int> ExecuteAsync(FormattableString statement, CancellationToken cancellationToken)
    {
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            return await InGroupAsync(context => context.Database.ExecuteSqlAsync(statement, cancellationToken), cancellationToken);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Database.ExecuteSqlAsync(statement, cancellationToken);
    }

    private Task<T> InGroupAsync<T>(Func<NotifyDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        var part = new Part<T>(work, cancellationToken);
        _waiting.Enqueue(part);
        if (Interlocked.Exchange(ref _isWriting, 1) == 0)
        {
            _ = Task.Run(WriteAsync, CancellationToken.None);
        }

        return part.Committed;
    }

    // One group after the other. What comes after the last look and before the flag falls starts the next by itself.
    private async Task WriteAsync()
    {
        do
        {
            while (!_waiting.IsEmpty)
            {
                await WriteGroupAsync();
            }

            Volatile.Write(ref _isWriting, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.Exchange(ref _isWriting, 1) == 0);
    }

    private async Task WriteGroupAsync()
    {
        List<IPart> parts = [];
        try
        {
            await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
            await using var transaction = await context.Database.BeginTransactionAsync(CancellationToken.None);
            var since = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(since) < LongestGroup && _waiting.TryDequeue(out var part))
            {
                parts.Add(part);
                await transaction.CreateSavepointAsync("lane", CancellationToken.None);
                if (await part.TryRunAsync(context))
                {
                    await transaction.ReleaseSavepointAsync("lane", CancellationToken.None);
                }
                else
                {
                    await transaction.RollbackToSavepointAsync("lane", CancellationToken.None);
                }

                context.ChangeTracker.Clear();
            }

            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            // Each lane logs it. Where not even the transaction began, the store is away for all that wait.
            while (parts.Count == 0 && _waiting.TryDequeue(out var part))
            {
                part.End(e);
            }

            parts.ForEach(part => part.End(e));
            return;
        }

        parts.ForEach(part => part.End(null));
    }

    private interface IPart
    {
        /// <summary>False where it threw.</summary>
        Task<bool> TryRunAsync(NotifyDbContext context);

        /// <param name="failure">Of the whole group; null when it is committed.</param>
        void End(Exception? failure);
    }

    private sealed class Part<T>(Func<NotifyDbContext, Task<T>> work, CancellationToken cancellationToken) : IPart
    {
        private readonly TaskCompletionSource<T> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        public Task<T> Committed => _committed.Task;

        public async Task<bool> TryRunAsync(NotifyDbContext context)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                _result = await work(context);
                return true;
            }
            catch (Exception e)
            {
                _failure = e;
                return false;
            }
        }

        public void End(Exception? failure)
        {
            switch (_failure ?? failure)
            {
                case null:
                    _committed.SetResult(_result!);
                    break;
                case OperationCanceledException when cancellationToken.IsCancellationRequested:
                    _committed.SetCanceled(cancellationToken);
                    break;
                case var cause:
                    _committed.SetException(cause);
                    break;
            }
        }
    }
}
