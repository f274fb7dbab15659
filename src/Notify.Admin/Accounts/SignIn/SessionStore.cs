using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>A session with what decides whether it counts.</summary>
/// <param name="IsCurrent">The account is enabled, and its security stamp is the session's.</param>
internal sealed record KnownSession(string UserId, bool IsCurrent, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool IsAdmin,
    bool HasTwoFactor, string Method);

/// <summary>A session as the profile lists it.</summary>
public sealed record SessionRow(string Id, string Browser, string Address, string Method, DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt);

/// <summary>Reads and ends sessions. They begin with the log-in that <see cref="AccountStore"/> records.</summary>
internal sealed class SessionStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed changes, TimeProvider time)
{
    public async Task<KnownSession?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.UserSessions.Where(session => session.Id == id)
            .Join(context.Users, session => session.UserId, user => user.Id, (session, user) => new KnownSession(
                user.Id, !user.IsDisabled && user.SecurityStamp == session.Stamp, session.CreatedAt, session.LastSeenAt,
                context.UserRoles.Any(held => held.UserId == user.Id
                && context.Roles.Any(role => role.Id == held.RoleId && role.Name == Roles.Admin)),
                user.TwoFactorEnabled, session.Method))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The person's sessions that count, those seen last first.</summary>
    public async Task<IReadOnlyList<SessionRow>> ListAsync(string userId, DateTimeOffset seenAfter, DateTimeOffset createdAfter,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.UserSessions
            .Where(session => session.UserId == userId && session.LastSeenAt > seenAfter && session.CreatedAt > createdAfter
                && context.Users.Any(user => user.Id == userId && user.SecurityStamp == session.Stamp))
            .OrderByDescending(session => session.LastSeenAt)
            .Select(session => new SessionRow(session.Id, session.Browser, session.Address, session.Method, session.CreatedAt,
                session.LastSeenAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends sessions of one person.</summary>
    /// <param name="id">The one to end; null ends all but <paramref name="keep"/>.</param>
    /// <param name="entry">Makes the audit entry from the number of sessions that ended.</param>
    /// <returns>How many ended.</returns>
    public async Task<int> EndAsync(string userId, string? id, string? keep, Func<int, AuditEntry> entry,
        CancellationToken cancellationToken)
    {
        var ended = 0;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await changes.ChangeInTurnAsync(context, ChangeAreas.People, async () =>
        {
            ended = await context.UserSessions.Where(session => session.UserId == userId
                && (id == null ? session.Id != keep : session.Id == id))
                .ExecuteDeleteAsync(cancellationToken);
            if (ended == 0)
            {
                return false;
            }

            context.AuditEntries.Add(entry(ended));
            return true;
        }, cancellationToken);
        return ended;
    }

    /// <summary>Lets a session go on whose own doing has changed its account's stamp, in the context's transaction.</summary>
    /// <param name="before">The account's stamp before that change.</param>
    /// <returns>False for a session that was ended before it: it must not come back, and what it does must not hold.</returns>
    public static async Task<bool> RenewAsync(NotifyDbContext context, ClaimsPrincipal principal, AdminUser user, string? before,
        CancellationToken cancellationToken)
    {
        var (id, stamp) = (principal.FindFirstValue(NotifyClaims.Session), user.SecurityStamp!);
        return await context.UserSessions.Where(session => session.Id == id && session.UserId == user.Id && session.Stamp == before)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.Stamp, stamp), cancellationToken) == 1;
    }

    public async Task TouchAsync(string id, string userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.UserSessions.Where(session => session.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), cancellationToken);
        await context.Users.Where(user => user.Id == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.LastSeenAt, now), cancellationToken);
    }
}
