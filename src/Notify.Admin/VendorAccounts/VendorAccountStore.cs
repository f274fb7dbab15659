using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

/// <summary>Every query and save of accounts.</summary>
internal sealed class VendorAccountStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
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
}
