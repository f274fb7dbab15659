using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.RuleSets;

/// <summary>Every query and save of rule sets, and which channels use them. A change is one of the channels: whoever matches reads them
/// again.</summary>
internal sealed class RuleSetStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<RuleSet>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RuleSets.AsNoTracking().OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancellationToken);
    }

    public async Task<RuleSet?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RuleSets.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
    }

    /// <summary>The channels that use a rule set, of every kind.</summary>
    public async Task<ILookup<int, ChannelKey>> ListUsesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ListUsesAsync(context, cancellationToken);
    }

    /// <summary>Adds a new one, or saves one that still has the version that it was read with, together with its audit entry.</summary>
    public async Task<StoreOutcome> SaveAsync(RuleSet set, Func<RuleSet, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.RuleSets.Attach(set).State = set.Id == 0 ? EntityState.Added : EntityState.Modified;
        set.Version++;
        try
        {
            // In turn, so that nobody takes the name between the look and the save.
            var isSaved = await feed.ChangeInTurnAsync(context, ChangeAreas.Channels, async () =>
            {
                if (await context.RuleSets.AnyAsync(s => s.Name == set.Name && s.Id != set.Id, cancellationToken))
                {
                    return false;
                }

                await context.SaveChangesAsync(cancellationToken);
                context.AuditEntries.Add(entry(set));
                return true;
            }, cancellationToken);
            return isSaved ? StoreOutcome.Saved : StoreOutcome.Taken;
        }
        catch (DbUpdateConcurrencyException)
        {
            return StoreOutcome.Conflict;
        }
    }

    /// <summary>Deletes one, unless a channel uses it.</summary>
    /// <returns>The channels that use it; empty when it is gone.</returns>
    public async Task<IReadOnlyList<ChannelKey>> DeleteAsync(int id, Func<RuleSet, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<ChannelKey> uses = [];
        // In turn, so that no channel begins to use it meanwhile.
        await feed.ChangeInTurnAsync(context, ChangeAreas.Channels, async () =>
        {
            uses = [.. (await ListUsesAsync(context, cancellationToken))[id]];
            if (uses.Count > 0 || await context.RuleSets.SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } found)
            {
                return false;
            }

            context.RuleSets.Remove(found);
            context.AuditEntries.Add(entry(found));
            return true;
        }, cancellationToken);
        return uses;
    }

    private static async Task<ILookup<int, ChannelKey>> ListUsesAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        var slack = await context.SlackIntegrations.Where(s => s.RuleSets != "").Select(s => new { s.Id, s.RuleSets })
            .ToListAsync(cancellationToken);
        var dingTalk = await context.DingTalkChatbots.Where(c => c.RuleSets != "").Select(c => new { c.Id, c.RuleSets })
            .ToListAsync(cancellationToken);
        return slack.Select(s => (Key: new ChannelKey(ChannelKind.Slack, s.Id), s.RuleSets))
            .Concat(dingTalk.Select(c => (Key: new ChannelKey(ChannelKind.DingTalk, c.Id), c.RuleSets)))
            .SelectMany(channel => RuleSetIds.Read(channel.RuleSets).Select(set => (set, channel.Key)))
            .ToLookup(use => use.set, use => use.Key);
    }
}
