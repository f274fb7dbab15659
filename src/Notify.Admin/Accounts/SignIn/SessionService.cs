using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Whether a session counts at this moment.</summary>
public enum SessionVerdict
{
    Good = 1,

    Ended = 2,

    /// <summary>It counts, but only for setting up a second factor: the server requires one of Admins.</summary>
    NeedsTwoFactor = 3,
}

/// <summary>The sessions of people: whether one counts, and ending them.</summary>
internal sealed class SessionService(
    SessionStore store, KeyCache<KnownSession> cache, KeyGeneration generation, IOptionsMonitor<AccountsOptions> options,
    SingleSignOnOptions signOn,
    AuditTrail audit, TimeProvider time)
{
    /// <summary>The session that <paramref name="user"/>'s cookie names; null where it has none.</summary>
    public static string? IdOf(ClaimsPrincipal user) => user.FindFirstValue(NotifyClaims.Session);

    /// <summary>Asks the store, at most every few seconds per session, and at once after people or sessions have changed.</summary>
    public async ValueTask<SessionVerdict> CheckAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (IdOf(user) is not { } id || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId
            || await cache.GetAsync(id, token => store.FindAsync(id, token), cancellationToken) is not { IsCurrent: true } session
            || session.UserId != userId || (!signOn.LocalAccounts && session.Method != LoginMethods.SingleSignOn)
            || session.LastSeenAt <= SeenAfter || session.CreatedAt <= CreatedAfter)
        {
            return SessionVerdict.Ended;
        }

        // A passkey is both factors; the provider answers for those it lets in.
        return session is { IsAdmin: true, HasTwoFactor: false, Method: not (LoginMethods.Passkey or LoginMethods.SingleSignOn) }
            && options.CurrentValue.RequireTwoFactorForAdmins
            ? SessionVerdict.NeedsTwoFactor
            : SessionVerdict.Good;
    }

    /// <summary>The sessions of <paramref name="actor"/>.</summary>
    public Task<IReadOnlyList<SessionRow>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.ListAsync(actor.UserId!, SeenAfter, CreatedAfter, cancellationToken);
    }

    /// <summary>Ends one session of <paramref name="actor"/>.</summary>
    public async Task EndAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        await store.EndAsync(actor.UserId!, id, null, ended => EntryOf(actor, ended), cancellationToken);
        generation.Advance();
    }

    /// <summary>Ends all sessions of <paramref name="actor"/> but the given one.</summary>
    public async Task EndOthersAsync(string keep, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        await store.EndAsync(actor.UserId!, null, keep, ended => EntryOf(actor, ended), cancellationToken);
        generation.Advance();
    }

    /// <summary>Ends the session by which somebody logs out.</summary>
    public async Task LogOutAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        await store.EndAsync(actor.UserId!, id, null, _ => audit.Entry(actor, "person.log-out", SubjectOf(actor)), cancellationToken);
        generation.Advance();
    }

    private DateTimeOffset SeenAfter => time.GetUtcNow() - TimeSpan.FromHours(options.CurrentValue.SessionIdleHours);

    private DateTimeOffset CreatedAfter => time.GetUtcNow() - TimeSpan.FromDays(options.CurrentValue.SessionDays);

    private static AuditSubject SubjectOf(Actor actor) => new("person", actor.UserId, actor.Name);

    private AuditEntry EntryOf(Actor actor, int ended) => audit.Entry(
        actor, "person.end-sessions", SubjectOf(actor), [new FieldChange("sessions", ended.ToString(CultureInfo.InvariantCulture), "0")]);
}
