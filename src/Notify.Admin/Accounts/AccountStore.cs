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

    /// <summary>Begins a session; the person's sessions that no longer count are cleared away.</summary>
    public async Task RecordLoginAsync(UserSession session, AuditEntry entry, CancellationToken cancellationToken)
    {
        var (userId, now) = (session.UserId, session.CreatedAt);
        var forgotten = now.AddDays(-AccountsOptions.MostDays);
        await contexts.InTransactionAsync(async (context, transaction) =>
        {
            await context.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(set => set
                .SetProperty(user => user.AccessFailedCount, 0)
                .SetProperty(user => user.LockoutEnd, (DateTimeOffset?)null)
                .SetProperty(user => user.LastSeenAt, now), cancellationToken);
            await context.UserSessions
                .Where(other => other.UserId == userId && (other.Stamp != session.Stamp || other.CreatedAt < forgotten))
                .ExecuteDeleteAsync(cancellationToken);
            context.UserSessions.Add(session);
            context.AuditEntries.Add(entry);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    /// <summary>Counts a failed log-in (by a statement that adds, so that guesses sent at once all count), and locks the account at the
    /// limit; to the end, also when who guesses has hung up.</summary>
    /// <param name="userId">Null where there is no such account, or it is not to count: the same statements run, so that the time of the
    /// answer does not tell.</param>
    public async Task RecordFailedLoginAsync(string? userId, AuditEntry entry)
    {
        var cancellationToken = CancellationToken.None;
        await contexts.InTransactionAsync(async (context, transaction) =>
        {
            var id = userId ?? "";
            await context.Users.Where(user => user.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, user => user.AccessFailedCount + 1),
                    cancellationToken);
            var end = time.GetUtcNow() + LoginAttempts.LockedFor;
            await context.Users.Where(user => user.Id == id && user.AccessFailedCount >= LoginAttempts.Allowed)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, 0).SetProperty(user => user.LockoutEnd, end),
                    cancellationToken);
            context.AuditEntries.Add(entry);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    /// <param name="entry">Given what held before, makes the audit entry; null when nothing changes.</param>
    public async Task SetDisplayAsync(string userId, PersonDisplay wanted, Func<PersonDisplay, AuditEntry?> entry,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Users.SingleOrDefaultAsync(user => user.Id == userId, cancellationToken) is { } user
            && entry(PersonDisplay.Of(user)) is { } audit)
        {
            (user.Language, user.TimeZone, user.Theme) = (wanted.Language, wanted.TimeZone, wanted.Theme);
            context.AuditEntries.Add(audit);
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    public async Task AddAuditEntryAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.AuditEntries.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
    }
}
