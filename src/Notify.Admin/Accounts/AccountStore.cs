using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>What signing in reads and writes about an account.</summary>
internal sealed class AccountStore(IDbContextFactory<NotifyDbContext> contexts, TimeProvider time)
{
    /// <param name="normalizedEmail">As Identity normalises it.</param>
    public async Task<AdminUser?> FindAsync(string normalizedEmail, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.NormalizedEmail == normalizedEmail, cancellationToken);
    }

    public async Task<AdminUser?> GetAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId, cancellationToken);
    }

    /// <summary>Whether a session with this security stamp still counts.</summary>
    public async Task<bool> IsSessionValidAsync(string userId, string stamp, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.AnyAsync(user => user.Id == userId && !user.IsDisabled && user.SecurityStamp == stamp, cancellationToken);
    }

    public async Task RecordLoginAsync(string userId, AuditEntry entry, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(set => set
            .SetProperty(user => user.AccessFailedCount, 0)
            .SetProperty(user => user.LockoutEnd, (DateTimeOffset?)null)
            .SetProperty(user => user.LastSeenAt, now), cancellationToken);
        context.AuditEntries.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Counts a failed log-in (by a statement that adds, so that guesses sent at once all count), and locks the account at the limit.</summary>
    /// <param name="userId">Null where there is no such account.</param>
    public async Task RecordFailedLoginAsync(string? userId, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (userId is not null)
        {
            await context.Users.Where(user => user.Id == userId)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, user => user.AccessFailedCount + 1), cancellationToken);
            var end = time.GetUtcNow() + LoginAttempts.LockedFor;
            await context.Users.Where(user => user.Id == userId && user.AccessFailedCount >= LoginAttempts.Allowed).ExecuteUpdateAsync(set => set
                .SetProperty(user => user.AccessFailedCount, 0)
                .SetProperty(user => user.LockoutEnd, end), cancellationToken);
        }

        context.AuditEntries.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task AddAuditEntryAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.AuditEntries.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task TouchAsync(string userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Users.Where(user => user.Id == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.LastSeenAt, now), cancellationToken);
    }
}
