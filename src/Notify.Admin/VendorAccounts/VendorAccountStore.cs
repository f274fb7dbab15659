using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

/// <summary>Every query and save of accounts.</summary>
internal sealed class VendorAccountStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, TimeProvider time)
{
    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<VendorAccount>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.VendorAccounts.AsNoTracking().OrderBy(a => a.Name).ThenBy(a => a.Id).ToListAsync(cancellationToken);
    }

    public async Task<VendorAccount?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.VendorAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
    }

    public async Task AddAsync(VendorAccount account, Func<VendorAccount, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            context.VendorAccounts.Add(account);
            await context.SaveChangesAsync(cancellationToken);
            context.AuditEntries.Add(entry(account));
            return true;
        }, cancellationToken);
    }

    /// <summary>Changes one as it stands.</summary>
    /// <param name="change">The audit entry; null where nothing is to be changed.</param>
    /// <returns>The account as saved; null when it is gone, or <paramref name="change"/> wanted nothing.</returns>
    public async Task<VendorAccount?> ChangeAsync(int id, Func<VendorAccount, AuditEntry?> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        VendorAccount? row = null;
        var isSaved = await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            row = await context.VendorAccounts.SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
            if (row is null || change(row) is not { } entry)
            {
                return false;
            }

            context.AuditEntries.Add(entry);
            return true;
        }, cancellationToken);
        return isSaved ? row : null;
    }

    public async Task DeleteAsync(int id, Func<VendorAccount, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.VendorAccounts, async () =>
        {
            if (await context.VendorAccounts.SingleOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } row)
            {
                return false;
            }

            context.VendorAccounts.Remove(row);
            context.AuditEntries.Add(entry(row));
            return true;
        }, cancellationToken);
    }

    /// <summary>Notes what the vendor said of the key on another occasion than a check; nothing where the key is another by now.</summary>
    public async Task NoteCheckAsync(VendorAccount asked, VendorAnswer answer, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset? now = time.GetUtcNow();
        await context.VendorAccounts.Where(a => a.Id == asked.Id && a.Version == asked.Version).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.CheckCode, answer.Code).SetProperty(a => a.CheckDetail, answer.Message)
            .SetProperty(a => a.CheckRequestId, answer.RequestId).SetProperty(a => a.CheckedAt, now), cancellationToken);
        feed.Announce(ChangeAreas.VendorAccounts);
    }
}
