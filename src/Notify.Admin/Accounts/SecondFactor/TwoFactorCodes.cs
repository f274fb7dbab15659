using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>How a code was received.</summary>
public enum CodeOutcome
{
    Right = 1,

    /// <summary>Not the code of this moment, or used before.</summary>
    Wrong = 2,

    /// <summary>Too many wrong codes for this account.</summary>
    Locked = 3,

    /// <summary>Too many failures from this address.</summary>
    Throttled = 4,

    /// <summary>The first step is too long ago, or the session has ended meanwhile.</summary>
    Expired = 5,
}

/// <summary>Checks codes of authenticator apps and recovery codes, with the same limits as passwords: six digits must not be
/// guessed.</summary>
internal sealed class TwoFactorCodes(
    TwoFactorStore store, AccountStore accounts, LoginAttempts attempts, SecretProtector protector, AuditTrail audit, TimeProvider time)
{
    private const int RecoveryCodeLength = 16;
    private const int RecoveryCodeCount = 10;

    // Without the letters and digits that look alike.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>Ten new recovery codes, as people write them.</summary>
    public static IReadOnlyList<string> NewRecoveryCodes() =>
        [.. Enumerable.Range(0, RecoveryCodeCount)
            .Select(_ => string.Join('-', RandomNumberGenerator.GetString(Alphabet, RecoveryCodeLength).Chunk(4)
            .Select(part => new string(part))))];

    public static string HashOf(string recoveryCode) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Plain(recoveryCode))));

    /// <summary>Checks a code of <paramref name="user"/> and uses it up. A wrong one counts as a failed log-in and is recorded.</summary>
    /// <param name="browser">From <see cref="KnownBrowsers"/>; null where the browser is not known.</param>
    /// <param name="action">For the audit trail: what the code was to allow.</param>
    /// <returns>With the method by which the code was right: one of <see cref="LoginMethods"/>.</returns>
    public async Task<(CodeOutcome Outcome, string Method)> CheckAsync(
        AdminUser user, string code, string? browser, string action, Actor actor, string address, CancellationToken cancellationToken)
    {
        if (HoldOf(browser, user, address) is { } held)
        {
            return (held, "");
        }

        if (browser is null && user.LockoutEnd > time.GetUtcNow())
        {
            return (CodeOutcome.Locked, "");
        }

        var method = await TryUseAsync(user, code, cancellationToken);
        // Six digits may have been one of many guesses sent at once; a recovery code cannot be guessed, and is used up now.
        if (method != LoginMethods.RecoveryCode && HoldOf(browser, user, address) is { } heldMeanwhile)
        {
            return (heldMeanwhile, "");
        }

        if (method is not null)
        {
            return (CodeOutcome.Right, method);
        }

        attempts.CountFailure(browser, user.Email!, address);
        await accounts.RecordFailedLoginAsync(browser is null ? user.Id : null,
            audit.Entry(actor, action, PersonSubject.Of(user), [new FieldChange("reason", null, "wrong code")], AuditResult.Refused));
        return (attempts.IsLocked(browser ?? user.Email!) ? CodeOutcome.Locked : CodeOutcome.Wrong, "");
    }

    private CodeOutcome? HoldOf(string? browser, AdminUser user, string address) =>
        attempts.HoldOf(browser, user.Email!, address) switch
        {
            AttemptHold.Throttled => CodeOutcome.Throttled,
            AttemptHold.Locked => CodeOutcome.Locked,
            AttemptHold.None => null,
        };

    /// <returns>By what the code was right, and is used up now; null where it is not.</returns>
    private async Task<string?> TryUseAsync(AdminUser user, string code, CancellationToken cancellationToken)
    {
        if (user.AuthenticatorKey is { } key && StepOf(key, code) is { } step
            && await store.TryUseStepAsync(user.Id, step, cancellationToken))
        {
            return LoginMethods.Code;
        }

        return Plain(code).Length == RecoveryCodeLength && await store.TryUseRecoveryCodeAsync(user.Id, HashOf(code), cancellationToken)
            ? LoginMethods.RecoveryCode : null;
    }

    // Where the key ring is lost no code of the app is right; recovery codes are hashes and still are.
    private long? StepOf(ProtectedString key, string code)
    {
        try
        {
            return TimeCode.StepOf(protector.Unprotect(key), code, time.GetUtcNow());
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    private static string Plain(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
