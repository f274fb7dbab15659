using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>One page of chatbots, and how many there are in all.</summary>
internal sealed record ChatbotPage(IReadOnlyList<DingTalkChatbot> Chatbots, int TotalCount);

/// <summary>Every query and save of chatbots. What it hands out is a copy, never a tracked row.</summary>
internal sealed class DingTalkChatbotStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    // Every look at a lane asks for its channel: translated once, and planned once.
    private readonly Func<NotifyDbContext, int, CancellationToken, Task<DingTalkChatbot?>> _find = EF.CompileAsyncQuery(
        (NotifyDbContext context, int id, CancellationToken cancellationToken) =>
            context.DingTalkChatbots.TagWith(KeptPlans.Tag).AsNoTracking().SingleOrDefault(c => c.Id == id));

    // Every group costs a comparison for each chatbot.
    private const int MostGroupsOfAWord = 50;

    /// <summary>All of them as lists name them, by name.</summary>
    public async Task<IReadOnlyList<ChatbotName>> ListNamesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.DingTalkChatbots.AsNoTracking().OrderBy(c => c.Name).ThenBy(c => c.Id)
            .Select(c => new ChatbotName(c.Id, c.Name, c.IsOn, c.ConfigList != "[]" || c.OwnRules != "[]" || c.RuleSets != "",
                c.Delivery, c.Tags, c.Layout))
            .ToListAsync(cancellationToken);
    }

    /// <summary>By the id of an asset group, the chatbots that are restricted to it.</summary>
    public async Task<IReadOnlyDictionary<string, GroupUse>> GroupUsesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        Dictionary<string, GroupUse> uses = [];
        await foreach (var chatbot in context.DingTalkChatbots.Where(c => c.GroupIdList != "[]").OrderBy(c => c.Name).ThenBy(c => c.Id)
            .Select(c => new { c.Name, c.GroupIdList }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            foreach (var group in GroupIds.Read(chatbot.GroupIdList))
            {
                uses[group] = uses.GetValueOrDefault(group, GroupUse.None).With(chatbot.Name);
            }
        }

        return uses;
    }

    /// <param name="groupNames">The names of asset groups, by id: a chatbot is found by those of its own as well.</param>
    public async Task<ListedPage<DingTalkChatbot>> ListPageAsync(
        ChannelListQuery query, IReadOnlyDictionary<string, string> groupNames, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ChannelListStore.ReadPageAsync(context, ChannelKind.DingTalk, query, nameof(DingTalkChatbot.WebhookBase),
            word => HasGroup(groupNames, word), cancellationToken);
    }

    /// <summary>The ids of all pages of a list, in its order.</summary>
    public async Task<IReadOnlyList<int>> ListIdsAsync(
        ChannelListQuery query, IReadOnlyDictionary<string, string> groupNames, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ChannelListStore.ReadIdsAsync<DingTalkChatbot>(context, ChannelKind.DingTalk, query,
            nameof(DingTalkChatbot.WebhookBase), word => HasGroup(groupNames, word), cancellationToken);
    }

    /// <summary>The first channels of all pages of a list by name.</summary>
    public async Task<IReadOnlyList<ChannelName>> ListNamesAsync(
        ChannelListQuery query, int most, IReadOnlyDictionary<string, string> groupNames, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ChannelListStore.ReadNamesAsync<DingTalkChatbot>(context, ChannelKind.DingTalk, query, most,
            word => HasGroup(groupNames, word), cancellationToken);
    }

    /// <summary>The newest first.</summary>
    /// <param name="namePart">Null or empty: every name.</param>
    /// <param name="page">From 1.</param>
    public async Task<ChatbotPage> FindPageAsync(string? namePart, int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = context.DingTalkChatbots.AsNoTracking();
        if (!string.IsNullOrEmpty(namePart))
        {
            found = found.Where(c => c.Name.Contains(namePart));
        }

        var total = await found.CountAsync(cancellationToken);
        var skip = (page - 1L) * pageSize;
        return new ChatbotPage(
            skip >= total ? [] : await found.OrderByDescending(c => c.Id).Skip((int)skip).Take(pageSize).ToListAsync(cancellationToken),
            total);
    }

    public async Task<DingTalkChatbot?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await _find(context, id, cancellationToken);
    }

    /// <summary>Those of <paramref name="ids"/> that exist.</summary>
    public async Task<IReadOnlyList<DingTalkChatbot>> FindAllAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.DingTalkChatbots.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(cancellationToken);
    }

    /// <summary>What matching needs of each chatbot, and no secret.</summary>
    public async Task<IReadOnlyList<NamedSubscription>> ListSubscriptionsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadSubscriptionsAsync(context.DingTalkChatbots, cancellationToken);
    }

    /// <summary>The chatbots that post to the robot with this fingerprint.</summary>
    public async Task<IReadOnlyList<NamedSubscription>> ListOnRobotAsync(string fingerprint, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadSubscriptionsAsync(context.DingTalkChatbots.Where(c => c.Fingerprint == fingerprint), cancellationToken);
    }

    /// <summary>Adds a new chatbot, or saves an existing one if it still has the version that it was read with, together with its audit
    /// entry. Saved, it has its id and its new version.</summary>
    public async Task<StoreOutcome> SaveAsync(DingTalkChatbot chatbot, Func<DingTalkChatbot, AuditEntry> entry,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (chatbot.Id == 0)
        {
            context.DingTalkChatbots.Add(chatbot);
        }
        else
        {
            context.DingTalkChatbots.Attach(chatbot).State = EntityState.Modified;
        }

        chatbot.Version++;
        try
        {
            var isSaved = await feed.ChangeInTurnAsync(context, ChangeAreas.Channels, async () =>
            {
                // In turn, so that no rule set is deleted between the look and the save.
                var sets = RuleSetIds.Read(chatbot.RuleSets);
                if (await context.RuleSets.CountAsync(set => sets.Contains(set.Id), cancellationToken) != sets.Count)
                {
                    return false;
                }

                // The chatbot is saved first: its rules need its id.
                await context.SaveChangesAsync(cancellationToken);
                context.AuditEntries.Add(entry(chatbot));
                return true;
            }, cancellationToken);
            return isSaved ? StoreOutcome.Saved : StoreOutcome.Conflict;
        }
        catch (DbUpdateConcurrencyException)
        {
            return StoreOutcome.Conflict;
        }
    }

    /// <summary>Switches chatbots on or off: all of them, or none when one does not exist.</summary>
    /// <param name="entries">One for each id.</param>
    public Task<bool> SwitchAsync(
        IReadOnlyCollection<int> ids, bool isOn, DateTimeOffset at, string by, IReadOnlyCollection<AuditEntry> entries,
        CancellationToken cancellationToken) =>
        ChangeAllAsync(
            ids,
            entries,
            found => found.ExecuteUpdateAsync(
                set => set.SetProperty(c => c.IsOn, isOn)
                    .SetProperty(c => c.Version, c => c.Version + 1)
                    .SetProperty(c => c.ChangedAt, at)
                    .SetProperty(c => c.ChangedBy, by),
                cancellationToken),
            cancellationToken);

    /// <summary>Deletes chatbots: all of them, or none when one does not exist.</summary>
    /// <param name="entries">One for each id.</param>
    public Task<bool> DeleteAsync(IReadOnlyCollection<int> ids, IReadOnlyCollection<AuditEntry> entries,
        CancellationToken cancellationToken) =>
        ChangeAllAsync(ids, entries, found => found.ExecuteDeleteAsync(cancellationToken), cancellationToken);

    // A group's name is not stored with the chatbot: it changes without it. The ids stand quoted in the list.
    private static Expression<Func<DingTalkChatbot, bool>>? HasGroup(IReadOnlyDictionary<string, string> groupNames, string word)
    {
        var quoted = groupNames.Where(group => FoldedText.Of(group.Value).Contains(word, StringComparison.Ordinal))
            .Take(MostGroupsOfAWord).Select(group => $"\"{group.Key}\"").ToList();
        return quoted.Count == 0 ? null : chatbot => quoted.Any(id => chatbot.GroupIdList.Contains(id));
    }

    private static async Task<IReadOnlyList<NamedSubscription>> ReadSubscriptionsAsync(IQueryable<DingTalkChatbot> chatbots,
        CancellationToken cancellationToken)
    {
        var rows = await chatbots.AsNoTracking().OrderBy(c => c.Name).ThenBy(c => c.Id)
            .Select(c => new { c.Id, c.Name, c.ConfigList, c.GroupIdList, c.IsOn, c.OwnRules, c.RuleSets }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(c => NamedSubscription.Read(c.Id, c.Name, c.ConfigList, c.GroupIdList, c.IsOn)
                with { OwnRules = c.OwnRules, RuleSets = c.RuleSets }),
        ];
    }

    private async Task<bool> ChangeAllAsync(
        IReadOnlyCollection<int> ids, IReadOnlyCollection<AuditEntry> entries, Func<IQueryable<DingTalkChatbot>, Task<int>> change,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(
            context,
            ChangeAreas.Channels,
            async () =>
            {
                context.AuditEntries.AddRange(entries);
                return await change(context.DingTalkChatbots.Where(c => ids.Contains(c.Id))) == ids.Count;
            },
            cancellationToken);
    }
}
