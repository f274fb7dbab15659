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
    private const string Unlink = ".unlink";
    private const string PersonRole = "person.role";
    private const string PersonRemove = "person.remove";

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is NotifyDbContext context && ProvisioningScope.File is null)
        {
            foreach (var change in ListChanges(context))
            {
                await CheckAsync(context, change, cancellationToken);
            }
        }

        return result;
    }

    private static List<Change> ListChanges(NotifyDbContext context) =>
    [
        .. context.ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added)
            .Select(entry => ChangeOf(entry.Entity)).OfType<Change>(),
        // One entry tells of several settings.
        .. context.ChangeTracker.Entries<ServerSetting>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                && entry.Entity.Key.Contains(ServerSetting.Separator, StringComparison.Ordinal))
            .Select(entry => new Change(ProvisionedKinds.Setting, entry.Entity.Key, IsRemoved: false)),
    ];

    // Of a person the file has the role, and of a link that it is there.
    private static Change? ChangeOf(AuditEntry entry) =>
        entry is not { SubjectKind: { } kind, SubjectId: { } id, Result: AuditResult.Done } ? null
        : entry.Action is PersonRole or PersonRemove ? new Change(kind, id, entry.Action == PersonRemove)
        : entry.Action == kind + Unlink ? new Change(ProvisionedKinds.Link, ProvisionedKinds.LinkIdOf(kind, id), IsRemoved: true)
        : ProvisionedKinds.Things.Contains(kind) && (entry.Action == kind + Update || entry.Action == kind + Delete)
            ? new Change(kind, id, entry.Action == kind + Delete) : null;

    private static async Task CheckAsync(NotifyDbContext context, Change change, CancellationToken cancellationToken)
    {
        var mark = context.ProvisionedObjects.Where(known => known.SubjectKind == change.Kind && known.SubjectId == change.Id);
        if (await mark.AsNoTracking().FirstOrDefaultAsync(cancellationToken) is not { } found)
        {
            return;
        }

        if (!found.IsEditable)
        {
            throw new ProvisionedException(found.File);
        }

        if (change.IsRemoved)
        {
            // Another thing may get its number.
            await mark.ExecuteDeleteAsync(cancellationToken);
        }
    }

    private sealed record Change(string Kind, string Id, bool IsRemoved);
}
