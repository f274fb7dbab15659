using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Data;

/// <summary>Refuses changes of what comes from a configuration file, whatever door they come through: no change is saved without its entry
/// in the trail, so that is what it looks at, in the change's own transaction.</summary>
internal sealed class ProvisionedGuard : SaveChangesInterceptor
{
    private const string Update = ".update";
    private const string Delete = ".delete";

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is NotifyDbContext context && ProvisioningScope.File is null)
        {
            foreach (var entry in context.ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added)
                .Select(entry => entry.Entity).Where(IsGuarded).ToList())
            {
                await CheckAsync(context, entry, cancellationToken);
            }
        }

        return result;
    }

    private static bool IsGuarded(AuditEntry entry) => entry is { SubjectKind: { } kind, SubjectId: not null, Result: AuditResult.Done }
        && ProvisionedStore.Kinds.Contains(kind) && (entry.Action == kind + Update || entry.Action == kind + Delete);

    private static async Task CheckAsync(NotifyDbContext context, AuditEntry entry, CancellationToken cancellationToken)
    {
        var mark = context.ProvisionedObjects.Where(
            known => known.SubjectKind == entry.SubjectKind && known.SubjectId == entry.SubjectId);
        if (await mark.AsNoTracking().FirstOrDefaultAsync(cancellationToken) is not { } found)
        {
            return;
        }

        if (!found.IsEditable)
        {
            throw new ProvisionedException(found.File);
        }

        if (entry.Action.EndsWith(Delete, StringComparison.Ordinal))
        {
            // Another thing may get its number.
            await mark.ExecuteDeleteAsync(cancellationToken);
        }
    }
}
