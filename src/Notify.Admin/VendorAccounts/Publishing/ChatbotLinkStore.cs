using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

/// <summary>Every query and save of links, and of the orders to publish.</summary>
internal sealed class ChatbotLinkStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    public async Task<ChatbotLink?> FindAsync(int chatbot, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ChatbotLinks.AsNoTracking().SingleOrDefaultAsync(l => l.ChatbotId == chatbot, cancellationToken);
    }

    /// <summary>All of them, or those of one account.</summary>
    public async Task<IReadOnlyList<ChatbotLink>> ListAsync(int? account, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ChatbotLinks.AsNoTracking().Where(l => account == null || l.AccountId == account)
            .OrderBy(l => l.Name).ThenBy(l => l.ChatbotId).ToListAsync(cancellationToken);
    }

    /// <summary>Takes those that are due to be read again, so that no other instance does.</summary>
    public async Task<IReadOnlyList<ChatbotLink>> TakeDueAsync(DateTimeOffset now, DateTimeOffset next, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await context.ChatbotLinks.AsNoTracking().Where(l => l.NextReadAt <= now).ToListAsync(cancellationToken);
        List<ChatbotLink> taken = [];
        foreach (var link in due)
        {
            if (await context.ChatbotLinks.Where(l => l.ChatbotId == link.ChatbotId && l.NextReadAt == link.NextReadAt)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.NextReadAt, next), cancellationToken) > 0)
            {
                taken.Add(link);
            }
        }

        return taken;
    }

    /// <returns>False where the chatbot is linked already, or the account is gone.</returns>
    public async Task<bool> AddAsync(ChatbotLink link, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.ChatbotLinks.AnyAsync(l => l.ChatbotId == link.ChatbotId, cancellationToken)
                || !await context.VendorAccounts.AnyAsync(a => a.Id == link.AccountId, cancellationToken))
            {
                return false;
            }

            context.ChatbotLinks.Add(link);
            context.AuditEntries.Add(entry);
            return true;
        }, cancellationToken);
    }

    /// <summary>Changes one as it stands; nothing where it is gone.</summary>
    public async Task ChangeAsync(int chatbot, Action<ChatbotLink> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.ChatbotLinks.SingleOrDefaultAsync(l => l.ChatbotId == chatbot, cancellationToken) is not { } row)
            {
                return false;
            }

            change(row);
            return true;
        }, cancellationToken);
    }

    /// <param name="entry">Null where another one tells of it.</param>
    public async Task RemoveAsync(int chatbot, AuditEntry? entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.ChatbotLinks.SingleOrDefaultAsync(l => l.ChatbotId == chatbot, cancellationToken) is not { } row)
            {
                return false;
            }

            context.ChatbotLinks.Remove(row);
            if (entry is not null)
            {
                context.AuditEntries.Add(entry);
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>Records an order.</summary>
    /// <returns>False while another one of the same chatbot is not over.</returns>
    public async Task<bool> OpenAsync(PublishRun run, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.PublishRuns.AnyAsync(r => r.ChatbotId == run.ChatbotId && r.State == PublishState.Open, cancellationToken))
            {
                return false;
            }

            context.PublishRuns.Add(run);
            return true;
        }, cancellationToken);
    }

    /// <summary>Ends an order, with its entry in the trail; nothing where it is over.</summary>
    public async Task EndAsync(long run, Action<PublishRun> end, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.PublishRuns.SingleOrDefaultAsync(r => r.Id == run && r.State == PublishState.Open, cancellationToken)
                is not { } row)
            {
                return false;
            }

            end(row);
            context.AuditEntries.Add(entry);
            return true;
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<PublishRun>> ListOpenAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PublishRuns.AsNoTracking().Where(r => r.State == PublishState.Open).OrderBy(r => r.Id)
            .ToListAsync(cancellationToken);
    }

    public async Task<bool> IsOpenAsync(long run, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PublishRuns.AnyAsync(r => r.Id == run && r.State == PublishState.Open, cancellationToken);
    }

    /// <summary>The newest order about a chatbot.</summary>
    public async Task<PublishRun?> FindLastAsync(int chatbot, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PublishRuns.AsNoTracking().Where(r => r.ChatbotId == chatbot).OrderByDescending(r => r.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
