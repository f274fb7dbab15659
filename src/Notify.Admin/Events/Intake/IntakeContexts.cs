using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>The contexts that groups of events are written with, one group at a time. With SQLite one connection stays open, with its
/// statements prepared: to open and to prepare for each group took as long as ten of its events. What a group failed on is closed, and
/// the next one opens another.</summary>
internal sealed class IntakeContexts(ProviderContextFactory contexts) : IDisposable
{
    private NotifyDbContext? _kept;

    /// <summary>Runs what ends its own transaction.</summary>
    public async Task<T> RunAsync<T>(Func<NotifyDbContext, Task<T>> write, CancellationToken cancellationToken)
    {
        var context = Interlocked.Exchange(ref _kept, null) ?? await OpenAsync(cancellationToken);
        try
        {
            var result = await write(context);
            if (context.Statements is not null)
            {
                context.ChangeTracker.Clear();
                _kept = context;
            }

            return result;
        }
        finally
        {
            if (_kept != context)
            {
                await CloseAsync(context);
            }
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _kept, null) is { } context)
        {
            EndStatements(context);
            context.Dispose();
        }
    }

    private async Task<NotifyDbContext> OpenAsync(CancellationToken cancellationToken)
    {
        var context = contexts.CreateForIntake();
        if (context.Database.GetDbConnection() is not SqliteConnection connection)
        {
            return context;
        }

        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
            context.Statements = new SqliteStatements(connection);
            return context;
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    private static ValueTask CloseAsync(NotifyDbContext context)
    {
        EndStatements(context);
        return context.DisposeAsync();
    }

    // Context and connection go back to where others take them from.
    private static void EndStatements(NotifyDbContext context)
    {
        context.Statements?.Dispose();
        context.Statements = null;
    }
}
