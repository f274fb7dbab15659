using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Contexts for background work that nobody waits for: with SQLite, their writes let others go first.</summary>
internal sealed class PatientContexts(IDbContextFactory<NotifyDbContext> contexts)
{
    public async Task<NotifyDbContext> CreateDbContextAsync(CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.IsPatient = true;
        // Whatever fails in one of its transactions fails all of it.
        context.Database.AutoSavepointsEnabled = false;
        return context;
    }
}
