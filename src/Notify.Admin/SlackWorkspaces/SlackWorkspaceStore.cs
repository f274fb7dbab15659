using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Every query and save of workspaces. Whoever changes one does so in turn, on all instances, and writes only what changed: a
/// person's save and the exchange of the tokens never undo each other.</summary>
internal sealed class SlackWorkspaceStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, DatabaseOptions database,
    TimeProvider time)
{
    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<SlackWorkspace>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackWorkspaces.AsNoTracking().OrderBy(w => w.Name).ThenBy(w => w.Id).ToListAsync(cancellationToken);
    }

    public async Task<SlackWorkspace?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackWorkspaces.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
    }

    /// <summary>Adds a workspace, with the reading of its people, which is due at once, and its connection of Socket Mode.</summary>
    public async Task AddAsync(SlackWorkspace workspace, Func<SlackWorkspace, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.SlackWorkspaces.Add(workspace);
        await feed.ChangeInTurnAsync(context, ChangeAreas.SlackWorkspaces, async () =>
        {
            await context.SaveChangesAsync(cancellationToken);
            context.DirectoryReadings.Add(new DirectoryReading { WorkspaceId = workspace.Id, DueAt = time.GetUtcNow() });
            context.SocketLinks.Add(new SocketLink { WorkspaceId = workspace.Id, Since = time.GetUtcNow(), NextAt = time.GetUtcNow() });
            context.AuditEntries.Add(entry(workspace));
            return true;
        }, cancellationToken);
    }

    /// <summary>Changes one workspace as it is stored now, with its audit entry if there is one.</summary>
    /// <param name="change">Gets the row and the database's time; false leaves everything as it is.</param>
    /// <returns>A copy of the row as saved; null when it is gone or <paramref name="change"/> said no.</returns>
    public async Task<SlackWorkspace?> ChangeAsync(
        int id, Func<SlackWorkspace, DateTimeOffset, bool> change, Func<SlackWorkspace, AuditEntry?>? entry,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        SlackWorkspace? row = null;
        var tokenBefore = 0;
        var isSaved = await feed.ChangeInTurnAsync(context, ChangeAreas.SlackWorkspaces, async () =>
        {
            row = await context.SlackWorkspaces.SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
            tokenBefore = row?.BotTokenVersion ?? 0;
            if (row is null || !change(row, await DatabaseClock.NowAsync(context, database.Provider, time, cancellationToken)))
            {
                return false;
            }

            if (entry?.Invoke(row) is { } audit)
            {
                context.AuditEntries.Add(audit);
            }

            return true;
        }, cancellationToken);
        if (!isSaved)
        {
            return null;
        }

        if (row!.BotTokenVersion != tokenBefore)
        {
            // What integrations hold because the old token was refused is sent now.
            feed.Announce(ChangeAreas.Channels);
        }

        return row.Copy();
    }

    /// <summary>Deletes it with its cached people, if it still has <paramref name="expectedVersion"/>.</summary>
    public async Task<StoreOutcome> DeleteAsync(int id, int expectedVersion, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            var isDeleted = await feed.ChangeInTurnAsync(context, ChangeAreas.SlackWorkspaces, async () =>
            {
                context.AuditEntries.Add(entry);
                return await context.SlackWorkspaces.Where(w => w.Id == id && w.Version == expectedVersion)
                    .ExecuteDeleteAsync(cancellationToken) > 0;
            }, cancellationToken);
            return isDeleted ? StoreOutcome.Saved : StoreOutcome.Conflict;
        }
        catch (DbException e) when (StoreErrors.IsReference(e))
        {
            // Something began to use it since that was looked up.
            return StoreOutcome.Conflict;
        }
    }
}
