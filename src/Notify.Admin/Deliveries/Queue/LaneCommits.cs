using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>The transactions in which lanes write, and what they read again and again. SQLite has one writer, which waits for the disk at
/// each commit: there, what several lanes write at the same time shares one (<see cref="SqliteLaneWriter"/>). Other stores commit side by
/// side, and their logs share the wait by themselves.</summary>
internal sealed class LaneCommits(
    PatientContexts contexts, ProviderContextFactory provider, DatabaseOptions database, ILogger<LaneCommits> logger) : IDisposable
{
    private readonly SqliteLaneWriter? _shared =
        database.Provider == DatabaseProvider.Sqlite ? new SqliteLaneWriter(provider, logger) : null;

    /// <summary>Runs <paramref name="work"/> in a transaction, and returns after its commit. Where it throws, nothing of it is kept, and
    /// what others write in the same transaction is.</summary>
    /// <param name="work">Reads and writes through its context alone, and waits for nothing else: others wait for it.</param>
    public async Task<T> RunAsync<T>(Func<NotifyDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        if (_shared is not null)
        {
            return await _shared.WriteAsync(work, cancellationToken);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var result = await work(context);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>The same for what is one statement, which needs no more of a transaction than it is by itself.</summary>
    public async Task<T> RunOneAsync<T>(Func<NotifyDbContext, Task<T>> statement, CancellationToken cancellationToken)
    {
        if (_shared is not null)
        {
            return await _shared.WriteAsync(statement, cancellationToken);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await statement(context);
    }

    /// <summary>Runs one statement.</summary>
    /// <returns>How many rows it has changed.</returns>
    public Task<int> ExecuteAsync(FormattableString statement, CancellationToken cancellationToken) =>
        RunOneAsync(context => context.Database.ExecuteSqlAsync(statement, cancellationToken), cancellationToken);

    /// <summary>Reads of the lane what is short: others wait for it. What other lanes write at the same time may be seen before it is
    /// committed.</summary>
    /// <param name="read">Through its context alone, and waits for nothing else.</param>
    public async Task<T> ReadAsync<T>(Func<NotifyDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        if (_shared is not null)
        {
            return await _shared.ReadAsync(read, cancellationToken);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await read(context);
    }

    public void Dispose() => _shared?.Dispose();
}
