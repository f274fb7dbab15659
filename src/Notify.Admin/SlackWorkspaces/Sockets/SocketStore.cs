using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>The connections of Socket Mode: who holds which, and how each stands. What a holder writes is fenced by its claim.</summary>
internal sealed class SocketStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, Leases leases, TimeProvider time)
{
    public async Task<SocketLink?> FindAsync(int workspaceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SocketLinks.AsNoTracking().SingleOrDefaultAsync(l => l.WorkspaceId == workspaceId, cancellationToken);
    }

    /// <summary>Those of workspaces with an app-level token, with what these are called.</summary>
    public async Task<IReadOnlyList<(SocketLink Link, string Workspace)>> ListWantedAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await context.SocketLinks.AsNoTracking()
            .Join(context.SlackWorkspaces.Where(w => w.AppToken != null), l => l.WorkspaceId, w => w.Id, (l, w) => new { l, w.Name })
            .OrderBy(found => found.Name).ToListAsync(cancellationToken)).Select(found => (found.l, found.Name))];
    }

    /// <summary>Those to be connected now that nobody holds.</summary>
    public async Task<IReadOnlyList<int>> ListDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var due = context.SocketLinks.Where(l => l.State != SocketState.Refused && l.NextAt <= now
            && context.SlackWorkspaces.Any(w => w.Id == l.WorkspaceId && w.AppToken != null));
        return await (await leases.FreeAsync(context, due, cancellationToken)).Select(l => l.WorkspaceId).ToListAsync(cancellationToken);
    }

    /// <summary>Frees what a process that is gone held.</summary>
    public async Task FreeAllAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await leases.FreeAllAsync(context.SocketLinks, cancellationToken);
    }

    /// <summary>Claims a connection that nobody holds.</summary>
    /// <returns>False where another instance holds it, or nothing is to be held any more.</returns>
    public async Task<bool> ClaimAsync(int workspaceId, long claim, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await leases.ClaimAsync(context, Wanted(context, workspaceId), claim, lease, cancellationToken);
    }

    /// <summary>Keeps the claim.</summary>
    /// <returns>False where it is gone: it is to be connected anew, another instance holds it, or nothing is to be held any more.</returns>
    public async Task<bool> RenewAsync(int workspaceId, long claim, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await leases.RenewAsync(context, Wanted(context, workspaceId), [claim], lease, cancellationToken) > 0;
    }

    /// <summary>Lets others have it now.</summary>
    public async Task ReleaseAsync(int workspaceId, long claim)
    {
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        await Leases.ReleaseAsync(context.SocketLinks.Where(l => l.WorkspaceId == workspaceId), claim, CancellationToken.None);
    }

    /// <summary>Writes how a claimed connection stands.</summary>
    /// <returns>False where the claim is lost: nothing was written.</returns>
    public async Task<bool> WriteAsync(int workspaceId, long claim, Action<SocketLink> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using (var transaction = await context.Database.BeginTransactionAsync(cancellationToken))
        {
            var row = context.SocketLinks.Where(l => l.WorkspaceId == workspaceId);
            if (!await Leases.FenceAsync(row, claim, cancellationToken))
            {
                return false;
            }

            change(await row.SingleAsync(cancellationToken));
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        feed.Announce(ChangeAreas.SlackWorkspaces);
        return true;
    }

    /// <summary>Has it connected anew as soon as may be: the token is another, or somebody asked for it.</summary>
    public async Task WakeAsync(int workspaceId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.SocketLinks.Where(l => l.WorkspaceId == workspaceId).ExecuteUpdateAsync(
            set => set.SetProperty(l => l.State, SocketState.Waiting)
                .SetProperty(l => l.Since, now)
                .SetProperty(l => l.NextAt, now)
                .SetProperty(l => l.Code, (string?)null)
                .SetProperty(l => l.Detail, (string?)null)
                .SetProperty(l => l.Failures, 0)
                // Whoever holds it finds its claim gone, and ends.
                .SetProperty(l => l.LeaseToken, (long?)null)
                .SetProperty(l => l.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
        feed.Announce(ChangeAreas.SlackWorkspaces);
    }

    private static IQueryable<SocketLink> Wanted(NotifyDbContext context, int workspaceId) =>
        context.SocketLinks.Where(l => l.WorkspaceId == workspaceId && l.State != SocketState.Refused);
}
