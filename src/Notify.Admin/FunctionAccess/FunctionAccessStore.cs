using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.LivePages;

namespace Notify.Admin.FunctionAccess;

/// <summary>Every query and save of managed functions. What it hands out is never tracked.</summary>
internal sealed class FunctionAccessStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<FunctionRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ToRows(context, context.ManagedFunctions.OrderBy(f => f.Name).ThenBy(f => f.Id)).ToListAsync(cancellationToken);
    }

    public async Task<ListedPage<FunctionRow>> ListPageAsync(
        ListQuery<FunctionFilter, FunctionSort> query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.ManagedFunctions.FoundBy(query.Search);
        rows = query.Filter switch
        {
            FunctionFilter.All => rows,
            FunctionFilter.InStep => rows.Where(f => f.DriftedAt == null && f.ErrorCode == null && f.ReadAt != null),
            FunctionFilter.Drifted => rows.Where(f => f.DriftedAt != null),
            FunctionFilter.Unreadable => rows.Where(f => f.ErrorCode != null),
            FunctionFilter.Changing => rows.Where(f =>
                context.AccessRuns.Any(r => r.FunctionId == f.Id && r.State == AccessRunState.Open)),
        };
        var sorted = query.Sort switch
        {
            FunctionSort.Name => rows.SortedBy(f => f.SortName, query.Descending),
            FunctionSort.State => rows.SortedBy(f => f.ErrorCode != null ? 2 : f.DriftedAt != null ? 1 : 0, query.Descending),
            FunctionSort.LastRead => rows.SortedBy(f => f.ReadAt ?? DateTimeOffset.MinValue, query.Descending),
            FunctionSort.LastChange => rows.SortedBy(f => f.LastChangeAt ?? DateTimeOffset.MinValue, query.Descending),
        };
        return await ToRows(context, sorted.ThenBy(f => f.SortName).ThenBy(f => f.Id))
            .ToPageAsync(query, context.ManagedFunctions, cancellationToken);
    }

    public async Task<ManagedFunction?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ManagedFunctions.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellationToken);
    }

    /// <summary>Those with these ids, or all of them, by name; with their lists.</summary>
    public async Task<IReadOnlyList<ManagedFunction>> ListWholeAsync(IReadOnlyCollection<int>? ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var functions = context.ManagedFunctions.AsNoTracking();
        if (ids is not null)
        {
            functions = functions.Where(f => ids.Contains(f.Id));
        }

        return await functions.OrderBy(f => f.Name).ThenBy(f => f.Id).ToListAsync(cancellationToken);
    }

    public async Task<int> CountDriftedAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ManagedFunctions.CountAsync(f => f.DriftedAt != null, cancellationToken);
    }

    /// <summary>Those that have drifted, by name.</summary>
    public async Task<IReadOnlyList<(int Id, string Name, DateTimeOffset? DriftedAt)>> ListDriftedAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.ManagedFunctions.Where(f => f.DriftedAt != null).OrderBy(f => f.Name).ThenBy(f => f.Id)
            .Select(f => new { f.Id, f.Name, f.DriftedAt }).ToListAsync(cancellationToken);
        return [.. rows.Select(f => (f.Id, f.Name, f.DriftedAt))];
    }

    public async Task<bool> ContainsAsync(int workspaceId, string key, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ManagedFunctions.AnyAsync(f => f.WorkspaceId == workspaceId && f.Key == key, cancellationToken);
    }

    /// <summary>Names of the functions of one workspace.</summary>
    public async Task<IReadOnlyList<(int Id, string Name)>> ListNamesAsync(int workspaceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.ManagedFunctions.Where(f => f.WorkspaceId == workspaceId).OrderBy(f => f.Name)
            .Select(f => new { f.Id, f.Name })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => (row.Id, row.Name));
    }

    /// <summary>Adds a function with the first entry of its history, unless its workspace has it already.</summary>
    public async Task<StoreOutcome> AddAsync(
        ManagedFunction function, Func<ManagedFunction, AccessRun> first, Func<ManagedFunction, AuditEntry> entry,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var isAdded = await feed.ChangeInTurnAsync(context, ChangeAreas.FunctionAccess, async () =>
        {
            if (await context.ManagedFunctions.AnyAsync(f => f.WorkspaceId == function.WorkspaceId && f.Key == function.Key,
                cancellationToken))
            {
                return false;
            }

            context.ManagedFunctions.Add(function);
            await context.SaveChangesAsync(cancellationToken);
            context.AccessRuns.Add(first(function));
            context.AuditEntries.Add(entry(function));
            return true;
        }, cancellationToken);
        return isAdded ? StoreOutcome.Saved : StoreOutcome.Taken;
    }

    /// <summary>Changes one function as it is stored now.</summary>
    /// <param name="change">False leaves everything as it is. Gets the context for rows that belong to the change.</param>
    /// <returns>The row as saved; null when it is gone or <paramref name="change"/> said no.</returns>
    public async Task<ManagedFunction?> ChangeAsync(int id, Func<ManagedFunction, ChangeRows, bool> change,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        ManagedFunction? row = null;
        var isSaved = await feed.ChangeInTurnAsync(context, ChangeAreas.FunctionAccess, async () =>
        {
            row = await context.ManagedFunctions.SingleOrDefaultAsync(f => f.Id == id, cancellationToken);
            if (row is null)
            {
                return false;
            }

            var rows = new ChangeRows(await context.AccessRuns.AnyAsync(r => r.FunctionId == id && r.State == AccessRunState.Open,
                cancellationToken));
            if (!change(row, rows))
            {
                return false;
            }

            context.AccessRuns.AddRange(rows.Runs);
            context.AuditEntries.AddRange(rows.Entries);
            return true;
        }, cancellationToken);
        return isSaved ? row : null;
    }

    /// <summary>Takes it off the list, with its history. Removing what is gone already is no error.</summary>
    public async Task RemoveAsync(int id, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.FunctionAccess, async () =>
        {
            context.AuditEntries.Add(entry);
            return await context.ManagedFunctions.Where(f => f.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
        }, cancellationToken);
    }

    /// <summary>Takes the functions whose look at Slack is due, one by one, so that each is taken by one instance only.</summary>
    /// <param name="among">Which may be taken.</param>
    /// <param name="interval">Until the next look; null plans none.</param>
    public async Task<ManagedFunction?> TakeDueAsync(
        Expression<Func<ManagedFunction, bool>> among, DateTimeOffset now, TimeSpan? interval, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var unplanned = interval is not null;
            var next = await context.ManagedFunctions.AsNoTracking().Where(among)
                .Where(f => f.CheckDueAt <= now || (unplanned && f.CheckDueAt == null))
                .OrderBy(f => f.CheckDueAt).ThenBy(f => f.Id).FirstOrDefaultAsync(cancellationToken);
            if (next is null)
            {
                return null;
            }

            var due = now + interval;
            if (await context.ManagedFunctions.Where(f => f.Id == next.Id && f.CheckDueAt == next.CheckDueAt)
                    .ExecuteUpdateAsync(set => set.SetProperty(f => f.CheckDueAt, due), cancellationToken) == 1)
            {
                return next;
            }
        }
    }

    /// <summary>Has these, or all, looked at as soon as Slack's limits allow.</summary>
    /// <returns>How many.</returns>
    public async Task<int> MakeDueAsync(IReadOnlyCollection<int>? ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var functions = context.ManagedFunctions.AsQueryable();
        if (ids is not null)
        {
            functions = functions.Where(f => ids.Contains(f.Id));
        }

        return await functions.ExecuteUpdateAsync(set => set.SetProperty(f => f.CheckDueAt, now), cancellationToken);
    }

    /// <summary>How many are due now.</summary>
    public async Task<int> CountDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ManagedFunctions.CountAsync(f => f.CheckDueAt <= now, cancellationToken);
    }

    private static IQueryable<FunctionRow> ToRows(NotifyDbContext context, IQueryable<ManagedFunction> functions) =>
        functions.AsNoTracking().Select(f => new FunctionRow(f.Id, f.WorkspaceId, f.Name, f.FunctionId, f.CallbackId, f.AppId, f.NowType,
            f.NowUsers, f.NowTeams, f.NowOrgs, f.ReadAt, f.ErrorCode, f.DriftedAt, f.LastChangeAt, f.LastChangeBy)
        {
            IsChanging = context.AccessRuns.Any(r => r.FunctionId == f.Id && r.State == AccessRunState.Open),
        });

    /// <summary>What a change of a function writes beside it.</summary>
    /// <param name="isChanging">A run on this function is open.</param>
    public sealed class ChangeRows(bool isChanging)
    {
        public bool IsChanging => isChanging;

        public List<AccessRun> Runs { get; } = [];

        public List<AuditEntry> Entries { get; } = [];
    }
}
