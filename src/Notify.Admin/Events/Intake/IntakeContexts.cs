using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>The contexts that groups of events are written with. With SQLite and PostgreSQL a connection stays open for each group that is
/// written at once, with its statements prepared: to open and to prepare for each group took as long as ten of its events. What a group
/// failed on is closed, and the next one opens another.</summary>
internal sealed class IntakeContexts(DatabaseOptions database, ProviderContextFactory contexts) : IDisposable
{
    private readonly ConcurrentStack<NotifyDbContext> _kept = [];

    /// <summary>So many groups are written at once, at most. SQLite has one writer. With PostgreSQL one group is prepared and sent while
    /// the other waits for the server and its disk; more only make the groups smaller.</summary>
    public int AtOnce { get; } = database.Provider == DatabaseProvider.PostgreSql ? 2 : 1;

    /// <summary>Runs what ends its own transaction.</summary>
    public async Task<T> RunAsync<T>(Func<NotifyDbContext, Task<T>> write, CancellationToken cancellationToken)
    {
        if (!_kept.TryPop(out var context))
        {
            context = await OpenAsync(cancellationToken);
        }

        var isKept = false;
        try
        {
            var result = await write(context);
            if (database.Provider != DatabaseProvider.SqlServer)
            {
                context.ChangeTracker.Clear();
                _kept.Push(context);
                isKept = true;
            }

            return result;
        }
        finally
        {
            if (!isKept)
            {
                await context.DisposeAsync();
            }
        }
    }

    public void Dispose()
    {
        while (_kept.TryPop(out var context))
        {
            context.Dispose();
        }
    }

    private async ValueTask<NotifyDbContext> OpenAsync(CancellationToken cancellationToken)
    {
        var context = contexts.CreateForIntake();
        switch (database.Provider)
        {
            case DatabaseProvider.Sqlite:
                return SqliteStatements.KeepOn(context);
            case DatabaseProvider.PostgreSql:
                await KeepOpenAsync(context, cancellationToken);
                break;
        }

        return context;
    }

    // Until the context ends.
    private static async Task KeepOpenAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }
}
