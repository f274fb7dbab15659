using Microsoft.AspNetCore.Identity;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>How setting a password ended.</summary>
public enum PasswordOutcome
{
    Done = 1,

    /// <summary>The link is unknown, used, too old, or its person is disabled: the answer does not tell which.</summary>
    LinkNotValid = 2,

    WrongCurrentPassword = 3,

    TooShort = 4,

    TooLong = 5,

    TooPlain = 6,

    /// <summary>Too many failed attempts; wait a few minutes.</summary>
    Throttled = 7,

    /// <summary>The password is set; to log in with it, a code is asked for next.</summary>
    NeedsCode = 8,
}

/// <summary>Setting one's own password: through a one-time link, or knowing the current one. Both end all other sessions of the
/// account.</summary>
internal sealed class PasswordService(
    IServiceScopeFactory scopes, AccountStore accounts, SessionStart start, AccountSignIn signIn, SingleSignOnOptions signOn,
    LoginAttempts attempts, IPasswordHasher<AdminUser> hasher,
    KnownBrowsers browsers, ChangeFeed changes, AuditTrail audit, AuditRepeats repeats, TimeProvider time)
{
    /// <summary>Whether the person logs in by a password of this product. Who only comes in through single sign-on does not.</summary>
    public async Task<bool> HasPasswordAsync(Actor actor, CancellationToken cancellationToken) =>
        signOn.LocalAccounts && await accounts.GetAsync(actor.UserId!, cancellationToken) is { PasswordHash: not null };

    /// <summary>Whose link this is; null when it is not valid.</summary>
    public async Task<string?> EmailOfLinkAsync(string? userId, string? code, CancellationToken cancellationToken)
    {
        if (!signOn.LocalAccounts || userId is null || code is null
            || await accounts.GetAsync(userId, cancellationToken) is not { IsDisabled: false } user)
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        return await OneTimeLink.IsValidAsync(users, user, code) ? user.Email : null;
    }

    /// <summary>Sets the password by a one-time link and puts the session cookie into the current response, unless a second factor is asked
    /// for.</summary>
    public async Task<PasswordOutcome> AcceptLinkAsync(string userId, string code, string password, string address,
        CancellationToken cancellationToken)
    {
        if (!attempts.Admits(address))
        {
            return PasswordOutcome.Throttled;
        }

        AdminUser? accepted = null;
        var outcome = PasswordOutcome.LinkNotValid;
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        var context = scope.ServiceProvider.GetRequiredService<NotifyDbContext>();
        var done = await changes.ChangeInTurnAsync(context, ChangeAreas.People, async () =>
        {
            if (!signOn.LocalAccounts || await users.FindByIdAsync(userId) is not { IsDisabled: false } user
                || !await OneTimeLink.IsValidAsync(users, user, code))
            {
                return false;
            }

            if (AccountRules.RefusalOfPassword(password, user.Email!) is { } refusal)
            {
                outcome = OutcomeOf(refusal);
                return false;
            }

            var isFirst = user.PasswordHash is null;
            user.EmailConfirmed = true;
            user.LockoutEnd = null;
            user.AccessFailedCount = 0;
            (await users.ResetPasswordAsync(user, OneTimeLink.TokenOf(code), password)).ThrowIfFailed();
            context.AuditEntries.Add(audit.Entry(
                new Actor(user.Id, user.Email!, null, $"{address} browser"), isFirst
                ? "person.accept" : "person.reset-password", PersonSubject.Of(user)));
            accepted = user;
            return true;
        }, cancellationToken);
        if (!done)
        {
            if (outcome == PasswordOutcome.LinkNotValid)
            {
                attempts.CountFailure($"link:{address}", address);
                await repeats.CountAsync(audit.Repeated(
                    new Actor(null, "anonymous", null, $"{address} browser"), "person.use-link", new AuditSubject("person", null, null),
                    [new FieldChange("reason", null, "link not valid")], AuditResult.Refused, ClientAddress.Network(address)));
            }

            return outcome;
        }

        attempts.Forget(accepted!.Email!);
        return await start.ContinueAsync(accepted, LoginMethods.Link, address, cancellationToken)
            ? PasswordOutcome.Done : PasswordOutcome.NeedsCode;
    }

    /// <summary>Changes the password of <paramref name="actor"/> and renews the session cookie in the current response.</summary>
    public async Task<PasswordOutcome> ChangeAsync(Actor actor, string current, string password, string address,
        CancellationToken cancellationToken)
    {
        // The same limits as logging in: an open page, or a copied session, must not be a way to guess the password.
        var known = await accounts.GetAsync(actor.UserId!, cancellationToken);
        var browser = browsers.Find(signIn.Context, actor.Name);
        if (attempts.HoldOf(browser, actor.Name, address) != AttemptHold.None
            || (browser is null && known?.LockoutEnd > time.GetUtcNow()))
        {
            return PasswordOutcome.Throttled;
        }

        var isWrong = known?.PasswordHash is null || current.Length > AccountRules.LongestPassword
            || hasher.VerifyHashedPassword(known, known.PasswordHash, current) == PasswordVerificationResult.Failed;
        if (attempts.HoldOf(browser, actor.Name, address) != AttemptHold.None)
        {
            return PasswordOutcome.Throttled;
        }

        if (isWrong)
        {
            attempts.CountFailure(browser, actor.Name, address);
            await accounts.RecordFailedLoginAsync(browser is null
                ? known?.Id : null, audit.Entry(actor, "person.change-password", new AuditSubject("person", actor.UserId, actor.Name),
                [new FieldChange("reason", null, "wrong current password")], AuditResult.Refused));
            return attempts.IsLocked(browser ?? actor.Name) ? PasswordOutcome.Throttled : PasswordOutcome.WrongCurrentPassword;
        }

        if (AccountRules.RefusalOfPassword(password, known!.Email!) is { } refusal)
        {
            return OutcomeOf(refusal);
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        var context = scope.ServiceProvider.GetRequiredService<NotifyDbContext>();
        AdminUser? changed = null;
        var done = await changes.ChangeInTurnAsync(context, ChangeAreas.People, async () =>
        {
            changed = await users.FindByIdAsync(known.Id);
            var stamp = changed?.SecurityStamp;
            if (changed is null || !(await users.ChangePasswordAsync(changed, current, password)).Succeeded
                || !await SessionStore.RenewAsync(context, signIn.Context.User, changed, stamp, cancellationToken))
            {
                return false;
            }

            context.AuditEntries.Add(audit.Entry(actor, "person.change-password", PersonSubject.Of(changed)));
            return true;
        }, cancellationToken);
        if (!done)
        {
            // Changed on another page, or the session was ended, in the meantime.
            return PasswordOutcome.WrongCurrentPassword;
        }

        attempts.Forget(browser ?? actor.Name);
        await signIn.RefreshSignInAsync(changed!);
        return PasswordOutcome.Done;
    }

    private static PasswordOutcome OutcomeOf(PasswordRefusal refusal) => refusal switch
    {
        PasswordRefusal.TooShort => PasswordOutcome.TooShort,
        PasswordRefusal.TooLong => PasswordOutcome.TooLong,
        PasswordRefusal.TooPlain => PasswordOutcome.TooPlain,
    };
}
