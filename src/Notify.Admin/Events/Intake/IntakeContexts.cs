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
    public async Task<T> RunAsync<T>(Func<NotifyDbContext, Task<T>> write)
    {
        var context = Interlocked.Exchange(ref _kept, null) ?? Open();
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
                await context.DisposeAsync();
            }
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _kept, null)?.Dispose();

    private NotifyDbContext Open()
    {
        var context = contexts.CreateForIntake();
        return context.Database.IsSqlite() ? SqliteStatements.KeepOn(context) : context;
    }
}
