using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Notify.Admin.Data;

/// <summary>Units of work that somebody waits for, each in a transaction of its own.</summary>
internal static class Transactions
{
    /// <summary>Runs <paramref name="work"/>, from its beginning again where the store gave it up and the provider knows how; and once
    /// where it adds a row that somebody else has added since it looked: then it finds that row.</summary>
    /// <param name="work">Commits the transaction itself, last of all. Rows that its caller handed in are saved by its last save, so that a
    /// try that is lost leaves no id in them.</param>
    public static async Task<T> InTransactionAsync<T>(this IDbContextFactory<NotifyDbContext> contexts,
        Func<NotifyDbContext, IDbContextTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await contexts.RunAsync(work, cancellationToken);
        }
        catch (Exception e) when (StoreErrors.IsDuplicate(e))
        {
            return await contexts.RunAsync(work, cancellationToken);
        }
    }

    private static async Task<T> RunAsync<T>(this IDbContextFactory<NotifyDbContext> contexts,
        Func<NotifyDbContext, IDbContextTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Database.CreateExecutionStrategy().ExecuteAsync(async stop =>
        {
            context.ChangeTracker.Clear();
            await using var transaction = await context.Database.BeginTransactionAsync(stop);
            return await work(context, transaction);
        }, cancellationToken);
    }
}
