using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.Slack;

/// <summary>Every query and save of Slack integrations. What it hands out is a copy, never a tracked row.</summary>
internal sealed class SlackIntegrationStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<SlackIntegration>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackIntegrations.AsNoTracking().OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancellationToken);
    }

    public async Task<SlackIntegration?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackIntegrations.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
    }

    /// <param name="channelId">Slack's id, compared ordinally.</param>
    public async Task<SlackIntegration?> FindByChannelAsync(string channelId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackIntegrations.AsNoTracking().SingleOrDefaultAsync(s => s.ChannelId == channelId, cancellationToken);
    }

    /// <summary>Adds a new integration, or saves an existing one if it still has <paramref name="expectedVersion"/>, together with its audit
    /// entry.</summary>
    public async Task<StoreOutcome> SaveAsync(
        SlackIntegration integration, int expectedVersion, Func<SlackIntegration, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (integration.Id == 0)
        {
            if (await context.SlackIntegrations.AnyAsync(s => s.ChannelId == integration.ChannelId, cancellationToken))
            {
                return StoreOutcome.Taken;
            }

            context.SlackIntegrations.Add(integration);
        }
        else
        {
            integration.Version = expectedVersion;
            context.SlackIntegrations.Attach(integration).State = EntityState.Modified;
        }

        integration.Version++;
        try
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            context.AuditEntries.Add(entry(integration));
            await feed.SaveAsync(context, ChangeAreas.Channels, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            feed.Announce(ChangeAreas.Channels);
            return StoreOutcome.Saved;
        }
        catch (DbUpdateConcurrencyException)
        {
            return StoreOutcome.Conflict;
        }
        catch (DbUpdateException) when (context.Entry(integration).State is EntityState.Added or EntityState.Modified)
        {
            // The one unique column: somebody else took the channel at the same moment.
            return StoreOutcome.Taken;
        }
    }

    /// <summary>Deletes it if it still has <paramref name="expectedVersion"/>.</summary>
    public async Task<StoreOutcome> DeleteAsync(int id, int expectedVersion, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.SlackIntegrations.Where(s => s.Id == id && s.Version == expectedVersion).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return StoreOutcome.Conflict;
        }

        context.AuditEntries.Add(entry);
        await feed.SaveAsync(context, ChangeAreas.Channels, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce(ChangeAreas.Channels);
        return StoreOutcome.Saved;
    }
}
