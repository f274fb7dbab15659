using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>How an attempt to log in ended.</summary>
public enum LoginOutcome
{
    Done = 1,

    /// <summary>The password was right; a code is asked for next.</summary>
    NeedsCode = 5,

    /// <summary>Wrong password, no such account, disabled, or locked: the answer is the same, and takes as long.</summary>
    Wrong = 2,

    /// <summary>This e-mail address, existing or not, has failed too often.</summary>
    Locked = 3,

    /// <summary>The network address has failed too often.</summary>
    Throttled = 4,

    /// <summary>Configuration has switched passwords off.</summary>
    LocalAccountsOff = 6,
}

/// <summary>Logging in with a password, and out.</summary>
internal sealed class LoginService(
    AccountStore accounts, LoginAttempts attempts, SessionStart start, SessionService sessions, KnownBrowsers browsers,
    AccountSignIn signIn,
    SingleSignOnOptions signOn, ILookupNormalizer normalizer, IPasswordHasher<AdminUser> hasher, AuditTrail audit, AuditRepeats repeats,
    TimeProvider time)
{
    private static readonly AdminUser Nobody = new();

    // Verified where there is no account, so that its absence does not show in the time of the answer.
    private static readonly string NobodysHash = new PasswordHasher<AdminUser>().HashPassword(Nobody, SecretText.NewApiKey());

    /// <summary>Checks the password and, if it is right, puts the session cookie into the current response.</summary>
    /// <param name="address">Where the attempt comes from, as <c>ClientAddress</c> writes it.</param>
    public async Task<LoginOutcome> LogInAsync(string email, string password, string address, CancellationToken cancellationToken)
    {
        if (!signOn.LocalAccounts)
        {
            return LoginOutcome.LocalAccountsOff;
        }

        email = email.Trim();
        var browser = browsers.Find(signIn.Context, email);
        if (await HoldAsync(browser, email, address) is { } held)
        {
            return held;
        }

        if (email.Length > AccountRules.LongestEmail || password.Length > AccountRules.LongestPassword)
        {
            attempts.CountFailure(email[..Math.Min(email.Length, AccountRules.LongestEmail)], address);
            await CountHeldAsync(address);
            return LoginOutcome.Wrong;
        }

        var user = await accounts.FindAsync(normalizer.NormalizeEmail(email), cancellationToken);
        var isRight = hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? NobodysHash,
            password) != PasswordVerificationResult.Failed;
        if (await HoldAsync(browser, email, address) is { } heldMeanwhile)
        {
            return heldMeanwhile;
        }

        if (RefusalOf(user, isRight, browser is not null) is { } reason)
        {
            attempts.CountFailure(browser, email, address);
            var countsAgainst = browser is null && user is { IsDisabled: false } && !isRight && !IsLocked(user) ? user.Id : null;
            await accounts.RecordFailedLoginAsync(countsAgainst, Failure(user, email, address, reason));
            return attempts.IsLocked(browser ?? email) ? LoginOutcome.Locked : LoginOutcome.Wrong;
        }

        return await start.ContinueAsync(user!, LoginMethods.Password, address, cancellationToken)
            ? LoginOutcome.Done : LoginOutcome.NeedsCode;
    }

    /// <summary>Whether the session of <paramref name="user"/> counts at this moment. One that does not is ended in the current
    /// response.</summary>
    public async Task<bool> HasSessionAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.Identity?.IsAuthenticated != true)
        {
            return false;
        }

        if (await sessions.CheckAsync(user, cancellationToken) != SessionVerdict.Ended)
        {
            return true;
        }

        await signIn.SignOutAsync();
        return false;
    }

    /// <summary>Ends the session, for every copy of its cookie, and takes the cookie back.</summary>
    public async Task LogOutAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (SessionService.IdOf(user) is { } id)
        {
            await sessions.LogOutAsync(id, Actor.From(user), cancellationToken);
        }

        await signIn.SignOutAsync();
    }

    private string? RefusalOf(AdminUser? user, bool isRight, bool isKnownBrowser) => user switch
    {
        null => "no such account",
        { PasswordHash: null } => "invitation not accepted",
        _ when !isKnownBrowser && IsLocked(user) => "locked",
        _ when !isRight => "wrong password",
        { IsDisabled: true } => "disabled",
        _ => null,
    };

    private bool IsLocked(AdminUser user) => user.LockoutEnd > time.GetUtcNow();

    private async Task<LoginOutcome?> HoldAsync(string? browser, string email, string address)
    {
        var hold = attempts.HoldOf(browser, email, address);
        if (hold == AttemptHold.None)
        {
            return null;
        }

        await CountHeldAsync(address);
        return hold == AttemptHold.Throttled ? LoginOutcome.Throttled : LoginOutcome.Locked;
    }

    // Nothing is looked up for these, and they may come by the thousand. Like every refusal they are written to the end: who guesses may
    // have closed the connection.
    private Task CountHeldAsync(string address) => repeats.CountAsync(audit.Repeated(
        new Actor(null, "anonymous", null, $"{address} browser"), "person.log-in", new AuditSubject("person", null, null),
        [new FieldChange("reason", null, "not tried: too many failures, or too long")], AuditResult.Refused,
        ClientAddress.Network(address)));

    // What was typed is kept only where it looks like an address: people type passwords into the wrong box.
    private AuditEntry Failure(AdminUser? user, string email, string address, string reason) => audit.Entry(
        new Actor(user?.Id, user?.Email ?? "anonymous", null, $"{address} browser"),
        "person.log-in",
        user is not null ? PersonSubject.Of(user) : new AuditSubject("person", null, AccountRules.IsEmail(email) ? email : null),
        [new FieldChange("reason", null, reason)],
        AuditResult.Refused);
}
