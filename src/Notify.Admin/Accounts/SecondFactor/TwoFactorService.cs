using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>A person's second factor.</summary>
/// <param name="IsRequired">The server requires it of this person: it cannot be turned off.</param>
public sealed record TwoFactorState(bool IsOn, int RecoveryCodes, bool IsRequired);

/// <param name="RecoveryCodes">Shown once; null unless the outcome is <see cref="CodeOutcome.Right"/>.</param>
public sealed record TwoFactorResult(CodeOutcome Outcome, IReadOnlyList<string>? RecoveryCodes = null)
{
    /// <summary>Printing a result does not print the codes.</summary>
    public override string ToString() => Outcome.ToString();
}

/// <summary>Logging in with a code, and everybody's own second factor. What changes it ends all other sessions of the account.</summary>
internal sealed class TwoFactorService(
    IServiceScopeFactory scopes, AccountStore accounts, TwoFactorStore store, TwoFactorCodes codes, SessionStart sessions,
    AccountSignIn signIn,
    KnownBrowsers browsers, ChangeFeed changes, SecretProtector protector, IDataProtectionProvider protection,
    IOptionsMonitor<AccountsOptions> options, AuditTrail audit, TimeProvider time)
{
    // Long enough to find the phone and install an app.
    private static readonly TimeSpan OfferFor = TimeSpan.FromMinutes(30);

    /// <summary>The second step of logging in.</summary>
    public async Task<CodeOutcome> LogInAsync(string code, string address, CancellationToken cancellationToken)
    {
        if (await sessions.PendingAsync(cancellationToken) is not { } user)
        {
            return CodeOutcome.Expired;
        }

        var actor = new Actor(user.Id, user.Email!, null, $"{address} browser");
        var (outcome, method) = await codes.CheckAsync(user, code, browsers.Find(signIn.Context, user.Email!), "person.log-in", actor,
            address, cancellationToken);
        if (outcome == CodeOutcome.Right)
        {
            await sessions.CompleteAsync(user, method, address, cancellationToken);
        }

        return outcome;
    }

    public async Task<bool> IsPendingAsync(CancellationToken cancellationToken) =>
        await sessions.PendingAsync(cancellationToken) is not null;

    public async Task<TwoFactorState> StateAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var user = await accounts.GetAsync(actor.UserId!, cancellationToken);
        return new TwoFactorState(user?.TwoFactorEnabled == true, await store.CountRecoveryCodesAsync(actor.UserId!, cancellationToken),
            IsRequiredOf(actor));
    }

    /// <summary>A new key for an authenticator app, and the same sealed, for the form that brings it back.</summary>
    public (string Key, string Offer) NewOffer(Actor actor)
    {
        actor.Demand(Policies.View);
        var key = TimeCode.NewKey();
        return (key, OfferProtector(actor).Protect(key, time.GetUtcNow() + OfferFor));
    }

    /// <summary>The key that was offered; null when the offer is too old, changed, or somebody else's.</summary>
    public string? KeyOf(string offer, Actor actor)
    {
        try
        {
            return OfferProtector(actor).Unprotect(offer);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Turns the second factor on, once a code shows that the app has the key.</summary>
    public async Task<TwoFactorResult> TurnOnAsync(string offer, string code, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        if (KeyOf(offer, actor) is not { } key)
        {
            return new TwoFactorResult(CodeOutcome.Expired);
        }

        if (TimeCode.StepOf(key, code, time.GetUtcNow()) is not { } step)
        {
            return new TwoFactorResult(CodeOutcome.Wrong);
        }

        var recoveryCodes = TwoFactorCodes.NewRecoveryCodes();
        var done = await ChangeAsync(actor, "person.two-factor-on", async (context, users, user) =>
        {
            if (user.TwoFactorEnabled)
            {
                return false;
            }

            user.AuthenticatorKey = protector.Protect(key);
            user.LastCodeStep = step;
            (await users.SetTwoFactorEnabledAsync(user, true)).ThrowIfFailed();
            await TwoFactorStore.ReplaceRecoveryCodesAsync(context, user.Id, recoveryCodes.Select(TwoFactorCodes.HashOf),
                cancellationToken);
            return true;
        }, cancellationToken);
        return done ? new TwoFactorResult(CodeOutcome.Right, recoveryCodes) : new TwoFactorResult(CodeOutcome.Expired);
    }

    /// <summary>Replaces the recovery codes.</summary>
    public async Task<TwoFactorResult> ReplaceRecoveryCodesAsync(string code, Actor actor, string address,
        CancellationToken cancellationToken)
    {
        var outcome = await CheckOwnAsync(code, "person.recovery-codes", actor, address, cancellationToken);
        if (outcome != CodeOutcome.Right)
        {
            return new TwoFactorResult(outcome);
        }

        var recoveryCodes = TwoFactorCodes.NewRecoveryCodes();
        var done = await ChangeAsync(actor, "person.recovery-codes", async (context, _, user) =>
        {
            await TwoFactorStore.ReplaceRecoveryCodesAsync(context, user.Id, recoveryCodes.Select(TwoFactorCodes.HashOf),
                cancellationToken);
            return user.TwoFactorEnabled;
        }, cancellationToken);
        return done ? new TwoFactorResult(CodeOutcome.Right, recoveryCodes) : new TwoFactorResult(CodeOutcome.Expired);
    }

    /// <summary>Turns the second factor off.</summary>
    /// <exception cref="NotPermittedException">The server requires it of this person.</exception>
    public async Task<CodeOutcome> TurnOffAsync(string code, Actor actor, string address, CancellationToken cancellationToken)
    {
        if (IsRequiredOf(actor))
        {
            throw new NotPermittedException(Policies.View);
        }

        var outcome = await CheckOwnAsync(code, "person.two-factor-off", actor, address, cancellationToken);
        if (outcome != CodeOutcome.Right)
        {
            return outcome;
        }

        var done = await ChangeAsync(actor, "person.two-factor-off", async (context, users, user) =>
        {
            await RemoveAsync(context, users, user, cancellationToken);
            return true;
        }, cancellationToken);
        return done ? CodeOutcome.Right : CodeOutcome.Expired;
    }

    /// <summary>Takes the second factor away, in the context's transaction. The account's stamp changes: its sessions end.</summary>
    public static async Task RemoveAsync(NotifyDbContext context, UserManager<AdminUser> users, AdminUser user,
        CancellationToken cancellationToken)
    {
        user.AuthenticatorKey = null;
        (await users.SetTwoFactorEnabledAsync(user, false)).ThrowIfFailed();
        await TwoFactorStore.ReplaceRecoveryCodesAsync(context, user.Id, [], cancellationToken);
    }

    /// <summary>The same with the passkeys, for somebody who has lost what they are on.</summary>
    public static async Task RemoveWithPasskeysAsync(NotifyDbContext context, UserManager<AdminUser> users, AdminUser user,
        CancellationToken cancellationToken)
    {
        foreach (var passkey in await users.GetPasskeysAsync(user))
        {
            (await users.RemovePasskeyAsync(user, passkey.CredentialId)).ThrowIfFailed();
        }

        await RemoveAsync(context, users, user, cancellationToken);
    }

    private bool IsRequiredOf(Actor actor) => options.CurrentValue.RequireTwoFactorForAdmins && actor.Role == Roles.Admin;

    private async Task<CodeOutcome> CheckOwnAsync(string code, string action, Actor actor, string address,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await accounts.GetAsync(actor.UserId!, cancellationToken) is { TwoFactorEnabled: true } user
            ? (await codes.CheckAsync(user, code, browsers.Find(signIn.Context, user.Email!), action, actor, address,
                cancellationToken)).Outcome
            : CodeOutcome.Expired;
    }

    private async Task<bool> ChangeAsync(
        Actor actor, string action, Func<NotifyDbContext, UserManager<AdminUser>, AdminUser, Task<bool>> change,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotifyDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        AdminUser? changed = null;
        var done = await changes.ChangeInTurnAsync(context, ChangeAreas.People, async () =>
        {
            if (await users.FindByIdAsync(actor.UserId!) is not { IsDisabled: false, SecurityStamp: var stamp } user
                || !await change(context, users, user)
                || !await SessionStore.RenewAsync(context, signIn.Context.User, user, stamp, cancellationToken))
            {
                return false;
            }

            context.AuditEntries.Add(audit.Entry(actor, action, PersonSubject.Of(user)));
            changed = user;
            return true;
        }, cancellationToken);
        if (done)
        {
            await signIn.RefreshSignInAsync(changed!);
        }

        return done;
    }

    private ITimeLimitedDataProtector OfferProtector(Actor actor) =>
        protection.CreateProtector("Notify.Admin.AuthenticatorOffer.v1", actor.UserId!).ToTimeLimitedDataProtector();
}
