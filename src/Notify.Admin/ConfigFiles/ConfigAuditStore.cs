using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>What the trail says of a file beside the entries of its objects: that they came together.</summary>
internal sealed class ConfigAuditStore(IDbContextFactory<NotifyDbContext> contexts, AuditTrail trail)
{
    public AuditEntry EntryOf(ConfigPlan plan, Actor actor)
    {
        FieldChange Count(string field, ConfigAction action) => new(
            field, null, plan.Changes.Count(change => change.Action == action).ToString(CultureInfo.InvariantCulture));

        return trail.Entry(actor, "config.apply", new AuditSubject("config", null, null),
        [
            Count("created", ConfigAction.Create), Count("changed", ConfigAction.Change), Count("deleted", ConfigAction.Delete),
            .. plan.HasNewComments ? [new FieldChange("comments", null, "replaced")] : Array.Empty<FieldChange>(),
        ]);
    }

    /// <summary>That somebody takes the whole configuration.</summary>
    public AuditEntry ExportOf(Actor actor) => trail.Entry(actor, "config.export", new AuditSubject("config", null, null));

    public async Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.AuditEntries.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
    }
}
