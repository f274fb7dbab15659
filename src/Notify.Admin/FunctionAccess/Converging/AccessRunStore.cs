using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.FunctionAccess;

/// <summary>Runs: begun, leased, saved under the lease, ended.</summary>
internal sealed class AccessRunStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, Leases leases, TimeProvider time)
{
    /// <summary>Longer than a call may take; a dead instance's run is free after it.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    /// <summary>Queues runs, each unless its function has an open one, together with their audit entries.</summary>
    /// <returns>Those queued, with their ids.</returns>
    public async Task<IReadOnlyList<AccessRun>> QueueAsync(IReadOnlyList<(AccessRun Run, AuditEntry Entry)> runs,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        List<AccessRun> queued = [];
        await feed.ChangeInTurnAsync(context, ChangeAreas.FunctionAccess, async () =>
        {
            var busy = await context.AccessRuns.Where(r => r.State == AccessRunState.Open).Select(r => r.FunctionId)
                .ToHashSetAsync(cancellationToken);
            foreach (var (run, entry) in runs.Where(pair => busy.Add(pair.Run.FunctionId)))
            {
                context.AccessRuns.Add(run);
                context.AuditEntries.Add(entry);
                queued.Add(run);
            }

            return queued.Count > 0;
        }, cancellationToken);
        return queued;
    }

    /// <summary>The functions that are being changed.</summary>
    public async Task<IReadOnlySet<int>> ListOpenAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AccessRuns.Where(r => r.State == AccessRunState.Open).Select(r => r.FunctionId)
            .ToHashSetAsync(cancellationToken);
    }

    /// <summary>What the functions that are being changed are to have, by function.</summary>
    public async Task<IReadOnlyDictionary<int, AccessList>> ListOrderedAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AccessRuns.AsNoTracking().Where(r => r.State == AccessRunState.Open)
            .Select(r => new { r.FunctionId, r.Wanted }).ToDictionaryAsync(r => r.FunctionId, r => r.Wanted, cancellationToken);
    }

    public async Task<AccessRun?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AccessRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
    }

    /// <summary>The open run of a function, else the last one that ended.</summary>
    public async Task<AccessRun?> LatestAsync(int functionId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AccessRuns.AsNoTracking().Where(r => r.FunctionId == functionId && r.Kind == AccessRunKind.Apply)
            .OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Newest first.</summary>
    /// <param name="before">Only runs below this id; null from the newest.</param>
    public async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(int functionId, long? before, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = context.AccessRuns.AsNoTracking().Where(r => r.FunctionId == functionId);
        if (before is { } below)
        {
            runs = runs.Where(r => r.Id < below);
        }

        return (await runs.OrderByDescending(r => r.Id).Take(most).ToListAsync(cancellationToken)).ConvertAll(r => new HistoryEntry(
            r.Id, r.Kind, r.State, r.Wanted, r.Before, r.After, r.Code, r.Detail, r.Remaining, r.StartedBy, r.Origin, r.CreatedAt,
            r.EndedAt, r.Steps.Count));
    }

    /// <summary>The runs of one change of many functions, without their lists and calls.</summary>
    public async Task<IReadOnlyList<BulkRun>> ListBulkAsync(Guid bulkId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AccessRuns.Where(r => r.BulkId == bulkId).OrderBy(r => r.Id)
            .Select(r => new BulkRun(r.Id, r.FunctionId, r.State, r.Code, r.Detail, r.Remaining, r.CallsAhead, r.WaitingUntil))
                .ToListAsync(cancellationToken);
    }

    /// <summary>Takes the oldest open run that nobody has.</summary>
    public async Task<AccessRun?> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var open = context.AccessRuns.Where(r => r.State == AccessRunState.Open);
        var free = await leases.FreeAsync(context, open, cancellationToken);
        foreach (var id in await free.OrderBy(r => r.Id).Select(r => r.Id).Take(16).ToListAsync(cancellationToken))
        {
            if (await leases.ClaimAsync(context, open.Where(r => r.Id == id), Leases.NewToken(), Lease, cancellationToken,
                set => set.SetProperty(r => r.Attempts, r => r.Attempts + 1)))
            {
                return await context.AccessRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Keeps these leases.</summary>
    public async Task RenewAsync(IReadOnlyCollection<long> tokens, CancellationToken cancellationToken)
    {
        if (tokens.Count == 0)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await leases.RenewAsync(context, context.AccessRuns, tokens, Lease, cancellationToken);
    }

    /// <summary>Stores where the run is. With its first reading the wanted list becomes the function's: before anything is changed at
    /// Slack.</summary>
    /// <param name="begins">The reading before the first change has just been made.</param>
    /// <returns>False when the lease is lost.</returns>
    public async Task<bool> SaveAsync(AccessRun run, bool begins, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var isHeld = false;
        if (begins)
        {
            isHeld = await feed.ChangeInTurnAsync(context, ChangeAreas.FunctionAccess, async () =>
            {
                if (await context.ManagedFunctions.SingleOrDefaultAsync(f => f.Id == run.FunctionId, cancellationToken) is not { } function
                    || !await UpdateAsync(context, run, cancellationToken))
                {
                    return false;
                }

                var now = time.GetUtcNow();
                function.Seen(run.Before!, now);
                function.Want(run.Wanted, run.StartedBy, now);
                return true;
            }, cancellationToken);
        }
        else
        {
            isHeld = await UpdateAsync(context, run, cancellationToken);
            feed.Announce(ChangeAreas.FunctionAccess);
        }

        return isHeld;
    }

    /// <summary>Ends the run, with what was seen at Slack and its audit entry.</summary>
    /// <returns>False when the lease is lost.</returns>
    public async Task<bool> EndAsync(AccessRun run, AuditEntry? entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.FunctionAccess, async () =>
        {
            if (await context.AccessRuns.SingleOrDefaultAsync(r => r.Id == run.Id && r.LeaseToken == run.LeaseToken,
                cancellationToken) is not { } row
                || await context.ManagedFunctions.SingleOrDefaultAsync(f => f.Id == run.FunctionId, cancellationToken) is not { } function)
            {
                return false;
            }

            (row.State, row.EndedAt, row.Before, row.After, row.Steps) = (run.State, run.EndedAt, run.Before, run.After, run.Steps);
            (row.Code, row.Detail, row.Remaining, row.CallsAhead, row.WaitingUntil) = (run.Code, run.Detail, run.Remaining, 0, null);
            row.EndLease();
            if (run.After is { } seen && run.Remaining is not { IsCertain: false })
            {
                function.Seen(seen, run.EndedAt!.Value);

                // Whoever applied it has seen the result already, so nobody is told.
                function.ToldBasis = function.IsDrifted ? seen.Basis : null;
            }
            else if (run.Code is not null)
            {
                function.Refused(run.Code, run.Detail, run.EndedAt!.Value);
            }

            if (entry is not null)
            {
                context.AuditEntries.Add(entry);
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>Lets go of a run so that somebody goes on with it.</summary>
    public async Task ReleaseAsync(AccessRun run)
    {
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        await Leases.ReleaseAsync(context.AccessRuns.Where(r => r.Id == run.Id), run.LeaseToken, CancellationToken.None);
    }

    /// <summary>Frees what a process that is gone held.</summary>
    public async Task FreeAllAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await leases.FreeAllAsync(context.AccessRuns, cancellationToken);
    }

    private static async Task<bool> UpdateAsync(NotifyDbContext context, AccessRun run, CancellationToken cancellationToken) =>
        await context.AccessRuns.Where(r => r.Id == run.Id && r.LeaseToken == run.LeaseToken).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Before, run.Before).SetProperty(r => r.Steps, run.Steps)
            .SetProperty(r => r.CallsAhead, run.CallsAhead)
                .SetProperty(r => r.WaitingUntil, run.WaitingUntil),
            cancellationToken) == 1;
}
