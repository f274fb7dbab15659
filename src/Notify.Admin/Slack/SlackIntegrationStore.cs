using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>Every query and save of Slack integrations. What it hands out is a copy, never a tracked row.</summary>
internal sealed class SlackIntegrationStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    // Every look at a lane asks for its channel: translated once, and planned once.
    private readonly Func<NotifyDbContext, int, CancellationToken, Task<SlackIntegration?>> _find = EF.CompileAsyncQuery(
        (NotifyDbContext context, int id, CancellationToken cancellationToken) =>
            context.SlackIntegrations.TagWith(KeptPlans.Tag).AsNoTracking().SingleOrDefault(s => s.Id == id));

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<SlackIntegration>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackIntegrations.AsNoTracking().OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancellationToken);
    }

    /// <param name="workspaces">Their names are searched as well.</param>
    public async Task<ListedPage<SlackIntegration>> ListPageAsync(
        ChannelListQuery query, IReadOnlyCollection<SlackConnectionChoice> workspaces, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ChannelListStore.ReadPageAsync(context, ChannelKind.Slack, query, nameof(SlackIntegration.ChannelName),
            word => PostsWith(workspaces, word), cancellationToken);
    }

    /// <summary>The ids of all pages of a list, in its order.</summary>
    public async Task<IReadOnlyList<int>> ListIdsAsync(
        ChannelListQuery query, IReadOnlyCollection<SlackConnectionChoice> workspaces, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ChannelListStore.ReadIdsAsync<SlackIntegration>(context, ChannelKind.Slack, query,
            nameof(SlackIntegration.ChannelName), word => PostsWith(workspaces, word), cancellationToken);
    }

    /// <summary>Those of <paramref name="ids"/> that exist.</summary>
    public async Task<IReadOnlyList<SlackIntegration>> FindAllAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackIntegrations.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(cancellationToken);
    }

    /// <summary>The first channels of all pages of a list by name.</summary>
    public async Task<IReadOnlyList<ChannelName>> ListNamesAsync(
        ChannelListQuery query, int most, IReadOnlyCollection<SlackConnectionChoice> workspaces, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ChannelListStore.ReadNamesAsync<SlackIntegration>(context, ChannelKind.Slack, query, most,
            word => PostsWith(workspaces, word), cancellationToken);
    }

    public async Task<SlackIntegration?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await _find(context, id, cancellationToken);
    }

    /// <param name="channelId">Slack's id, compared ordinally.</param>
    public async Task<SlackIntegration?> FindByChannelAsync(string channelId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackIntegrations.AsNoTracking().SingleOrDefaultAsync(s => s.ChannelId == channelId, cancellationToken);
    }

    /// <summary>Adds a new integration, or saves an existing one if it still has <paramref name="expectedVersion"/>, together with its
    /// audit entry.</summary>
    public async Task<StoreOutcome> SaveAsync(
        SlackIntegration integration, int expectedVersion, Func<SlackIntegration, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        integration.Version = expectedVersion;
        context.SlackIntegrations.Attach(integration).State = integration.Id == 0 ? EntityState.Added : EntityState.Modified;
        integration.Version++;
        try
        {
            // In turn, so that nobody takes the channel, or deletes a rule set, between the look and the save.
            var isComplete = true;
            var isSaved = await feed.ChangeInTurnAsync(context, ChangeAreas.Channels, async () =>
            {
                if (await context.SlackIntegrations.AnyAsync(s => s.ChannelId == integration.ChannelId && s.Id != integration.Id,
                    cancellationToken))
                {
                    return false;
                }

                var sets = RuleSetIds.Read(integration.RuleSets);
                isComplete = await context.RuleSets.CountAsync(set => sets.Contains(set.Id), cancellationToken) == sets.Count;
                if (!isComplete)
                {
                    return false;
                }

                await context.SaveChangesAsync(cancellationToken);
                context.AuditEntries.Add(entry(integration));
                return true;
            }, cancellationToken);
            return isSaved ? StoreOutcome.Saved : isComplete ? StoreOutcome.Taken : StoreOutcome.Conflict;
        }
        catch (DbUpdateConcurrencyException)
        {
            return StoreOutcome.Conflict;
        }
    }

    /// <summary>Deletes it if it still has <paramref name="expectedVersion"/>.</summary>
    public async Task<StoreOutcome> DeleteAsync(int id, int expectedVersion, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var isDeleted = await feed.ChangeInTurnAsync(context, ChangeAreas.Channels, async () =>
        {
            context.AuditEntries.Add(entry);
            return await context.SlackIntegrations.Where(s => s.Id == id && s.Version == expectedVersion)
                .ExecuteDeleteAsync(cancellationToken) > 0;
        }, cancellationToken);
        return isDeleted ? StoreOutcome.Saved : StoreOutcome.Conflict;
    }

    /// <summary>Writes an audit entry about something that changed no integration.</summary>
    public async Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.AuditEntries.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
    }

    // A workspace's name is not stored with the integration: it changes without it.
    private static Expression<Func<SlackIntegration, bool>>? PostsWith(IEnumerable<SlackConnectionChoice> workspaces, string word)
    {
        var ids = workspaces.Where(workspace => FoldedText.Of(workspace.Name).Contains(word, StringComparison.Ordinal))
            .Select(workspace => (int?)workspace.Id).ToList();
        return ids.Count == 0 ? null : integration => ids.Contains(integration.WorkspaceId);
    }
}
