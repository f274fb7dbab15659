using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Contexts for background work that nobody waits for: with SQLite, their writes let others go first. Only some at a time, since
/// most of them would hold a connection while they wait to write.</summary>
internal sealed class PatientContexts(IDbContextFactory<NotifyDbContext> contexts) : IDisposable
{
    /// <summary>At the same time.</summary>
    public const int Most = 32;

    // Then whoever has a place waits for another one: nobody stands still for that.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(Most);

    public async Task<NotifyDbContext> CreateDbContextAsync(CancellationToken cancellationToken)
    {
        var hasPlace = await _places.WaitAsync(LongestWait, cancellationToken);
        try
        {
            var context = await contexts.CreateDbContextAsync(cancellationToken);
            context.IsPatient = true;
            // Whatever fails in one of its transactions fails all of it.
            context.Database.AutoSavepointsEnabled = false;
            if (hasPlace)
            {
                context.Ended = Leave;
            }

            return context;
        }
        catch when (hasPlace)
        {
            Leave();
            throw;
        }
    }

    public void Dispose() => _places.Dispose();

    private void Leave() => _places.Release();
}
