using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>Every query and save of asset groups.</summary>
internal sealed class AssetGroupStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    /// <summary>At most so many are learned from events; what people enter is not limited.</summary>
    public const int MostLearned = 10_000;

    private const string MarkKey = "asset-groups.learned-up-to";

    // A transaction that began earlier may commit later: the last rows are looked at again.
    private const long Overlap = 5_000;
    private const long RowsAtOnce = 100_000;

    /// <summary>All of them: those with a name first, by name, then by id.</summary>
    public async Task<IReadOnlyList<AssetGroup>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AssetGroups.AsNoTracking().OrderBy(g => g.Name == "").ThenBy(g => g.Name).ThenBy(g => g.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The name of each group that has one, by id as rules write it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListNamedAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var named = await context.AssetGroups.AsNoTracking().Where(g => g.Name != "").ToListAsync(cancellationToken);
        return named.ToDictionary(g => g.Id.ToString(CultureInfo.InvariantCulture), g => g.Name);
    }

    public async Task<AssetGroup?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AssetGroups.AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, cancellationToken);
    }

    /// <summary>Adds a group. <see cref="StoreOutcome.Taken"/> where the id is known already.</summary>
    public async Task<StoreOutcome> AddAsync(AssetGroup group, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            var isAdded = await feed.ChangeInTurnAsync(
                context,
                ChangeAreas.Channels,
                async () =>
                {
                    context.AssetGroups.Add(group);
                    context.AuditEntries.Add(entry);
                    return !await context.AssetGroups.AnyAsync(g => g.Id == group.Id, cancellationToken);
                },
                cancellationToken);
            return isAdded ? StoreOutcome.Saved : StoreOutcome.Taken;
        }
        catch (DbUpdateException e) when (StoreErrors.IsDuplicate(e))
        {
            // Learning takes no turn: it has entered the group at this moment.
            return StoreOutcome.Taken;
        }
    }

    /// <summary>False where there is no such group.</summary>
    public async Task<bool> RenameAsync(int id, string name, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(
            context,
            ChangeAreas.Channels,
            async () =>
            {
                context.AuditEntries.Add(entry);
                return await context.AssetGroups.Where(g => g.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(g => g.Name, name), cancellationToken) == 1;
            },
            cancellationToken);
    }

    /// <summary>False where there is no such group.</summary>
    public async Task<bool> RemoveAsync(int id, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(
            context,
            ChangeAreas.Channels,
            async () =>
            {
                context.AuditEntries.Add(entry);
                return await context.AssetGroups.Where(g => g.Id == id).ExecuteDeleteAsync(cancellationToken) == 1;
            },
            cancellationToken);
    }

    /// <summary>Enters the groups that stored events name and nobody has entered. Reads only events that came since the last
    /// call.</summary>
    /// <returns>False when there are more events to read: call again.</returns>
    public async Task<bool> LearnAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var mark = await context.ServerSettings.SingleOrDefaultAsync(s => s.Key == MarkKey, cancellationToken);
        var from = mark is null ? 0 : long.Parse(mark.Value, CultureInfo.InvariantCulture);
        var newest = await context.Events.MaxAsync(e => (long?)e.Id, cancellationToken) ?? 0;
        if (newest <= from)
        {
            return true;
        }

        var upTo = Math.Min(newest, from + RowsAtOnce);
        var named = await context.Events
            .Where(e => e.Id > from - Overlap && e.Id <= upTo && e.GroupId != null)
            .Select(e => e.GroupId!).Distinct().ToListAsync(cancellationToken);
        var ids = named.Select(text => AssetGroupId.TryParse(text, out var id) ? int.Parse(id, CultureInfo.InvariantCulture) : (int?)null)
            .OfType<int>();
        var known = await context.AssetGroups.Select(g => new { g.Id, g.IsLearned }).ToListAsync(cancellationToken);
        var fresh = ids.Except(known.Select(g => g.Id)).Take(Math.Max(MostLearned - known.Count(g => g.IsLearned), 0));
        context.AssetGroups.AddRange(fresh.Select(id => new AssetGroup { Id = id, Name = string.Empty, IsLearned = true }));
        if (mark is null)
        {
            context.ServerSettings.Add(new ServerSetting { Key = MarkKey, Value = upTo.ToString(CultureInfo.InvariantCulture) });
        }
        else
        {
            mark.Value = upTo.ToString(CultureInfo.InvariantCulture);
        }

        // A group without a name changes nothing about matching: no version to advance.
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return upTo == newest;
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another instance may have read the same events at this moment, and has moved the mark then.
            var stored = await context.ServerSettings.Where(s => s.Key == MarkKey).Select(s => s.Value)
                .SingleOrDefaultAsync(cancellationToken);
            if (stored is not null && long.Parse(stored, CultureInfo.InvariantCulture) != from)
            {
                return false;
            }

            throw;
        }
    }
}
