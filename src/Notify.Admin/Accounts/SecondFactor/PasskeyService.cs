using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>How a passkey was received.</summary>
public enum PasskeyOutcome
{
    Done = 1,

    /// <summary>The browser's answer is not that of a passkey of ours, came too late, or its person is disabled: the answer does not tell
    /// which.</summary>
    NotAccepted = 2,

    NameMissing = 3,

    TooMany = 4,

    /// <summary>Too many failures from this address.</summary>
    Throttled = 5,
}

/// <summary>A passkey as the profile lists it.</summary>
/// <param name="Id">The credential's id, base64url.</param>
public sealed record PasskeyRow(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>Everybody's own passkeys, and logging in with one. A passkey shows the person to their own device (a fingerprint, a PIN), so it
/// stands for both factors: no code is asked for.</summary>
internal sealed class PasskeyService(
    IServiceScopeFactory scopes, PasskeyStore store, SessionStart start, SingleSignOnOptions signOn,
    AccountSignIn signIn,
    LoginAttempts attempts, ChangeFeed changes, AuditTrail audit, AuditRepeats repeats, ILogger<PasskeyService> logger)
{
    public const int LongestName = 64;
    public const int MostPasskeys = 20;

    /// <summary>Those of <paramref name="actor"/>, newest first.</summary>
    public Task<IReadOnlyList<PasskeyRow>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.ListAsync(actor.UserId!, cancellationToken);
    }

    /// <summary>What the browser needs to make a passkey for <paramref name="actor"/>, as JSON. The current response remembers the
    /// challenge.</summary>
    public Task<string> CreationOptionsAsync(Actor actor)
    {
        actor.Demand(Policies.View);
        return signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = actor.UserId!, Name = actor.Name,
            DisplayName = actor.Name });
    }

    /// <summary>Keeps a passkey that the browser has made.</summary>
    /// <param name="credential">The browser's answer, as JSON.</param>
    public async Task<PasskeyOutcome> AddAsync(string credential, string name, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        name = name.Trim();
        if (name.Length is 0 or > LongestName)
        {
            return PasskeyOutcome.NameMissing;
        }

        var made = await TryAsync(() => signIn.PerformPasskeyAttestationAsync(credential));
        if (made is not { Succeeded: true } || made.UserEntity.Id != actor.UserId)
        {
            logger.LogDebug(made?.Failure, "A new passkey was not accepted");
            return PasskeyOutcome.NotAccepted;
        }

        made.Passkey.Name = name;
        var outcome = PasskeyOutcome.NotAccepted;
        await ChangeAsync(async (context, users) =>
        {
            // Who reads the body slowly may have been signed out meanwhile: a passkey would outlive that.
            if (await users.FindByIdAsync(actor.UserId!) is not { IsDisabled: false } user
                || !await SessionStore.RenewAsync(context, signIn.Context.User, user, user.SecurityStamp, cancellationToken))
            {
                return false;
            }

            if ((await users.GetPasskeysAsync(user)).Count >= MostPasskeys)
            {
                outcome = PasskeyOutcome.TooMany;
                return false;
            }

            (await users.AddOrUpdatePasskeyAsync(user, made.Passkey)).ThrowIfFailed();
            context.AuditEntries.Add(audit.Entry(actor, "passkey.create", SubjectOf(made.Passkey)));
            outcome = PasskeyOutcome.Done;
            return true;
        }, cancellationToken);
        return outcome;
    }

    /// <summary>Removes one of the person's passkeys. Sessions that began with it go on.</summary>
    public async Task RemoveAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        await ChangeAsync(async (context, users) =>
        {
            if (!Base64Url.IsValid(id) || await users.FindByIdAsync(actor.UserId!) is not { } user
                || await users.GetPasskeyAsync(user, Base64Url.DecodeFromChars(id)) is not { } passkey)
            {
                return false;
            }

            (await users.RemovePasskeyAsync(user, passkey.CredentialId)).ThrowIfFailed();
            context.AuditEntries.Add(audit.Entry(actor, "passkey.remove", SubjectOf(passkey)));
            return true;
        }, cancellationToken);
    }

    /// <summary>What the browser needs to show a passkey, as JSON: the same for everybody, so that it names no account.</summary>
    public Task<string> RequestOptionsAsync() => signIn.MakePasskeyRequestOptionsAsync(null);

    /// <summary>Logs in with the passkey that the browser shows. A locked account opens too: a passkey cannot be guessed.</summary>
    /// <param name="credential">The browser's answer, as JSON.</param>
    public async Task<PasskeyOutcome> LogInAsync(string credential, string address, CancellationToken cancellationToken)
    {
        if (!attempts.Admits(address))
        {
            return PasskeyOutcome.Throttled;
        }

        var shown = signOn.LocalAccounts ? await TryAsync(() => signIn.PerformPasskeyAssertionAsync(credential)) : null;
        if (shown is not { Succeeded: true, User: { IsDisabled: false } user })
        {
            logger.LogDebug(shown?.Failure, "A passkey was not accepted");
            return await RefuseAsync(shown?.User, shown?.User is null ? "passkey not accepted" : "disabled", address);
        }

        // With the counter that shows a copied passkey. What was removed or disabled since it was shown does not come back by that.
        AdminUser? current = null;
        await ChangeAsync(async (_, users) =>
        {
            if (await users.FindByIdAsync(user.Id) is not { IsDisabled: false } found
                || await users.GetPasskeyAsync(found, shown.Passkey.CredentialId) is null)
            {
                return false;
            }

            (await users.AddOrUpdatePasskeyAsync(found, shown.Passkey)).ThrowIfFailed();
            current = found;
            return true;
        }, cancellationToken);
        if (current is null)
        {
            return await RefuseAsync(user, "passkey not accepted", address);
        }

        await store.TouchAsync(shown.Passkey.CredentialId, cancellationToken);
        await start.CompleteAsync(current, LoginMethods.Passkey, address, cancellationToken);
        return PasskeyOutcome.Done;
    }

    private async Task<PasskeyOutcome> RefuseAsync(AdminUser? user, string reason, string address)
    {
        attempts.CountFailure($"passkey:{address}", address);
        await repeats.CountAsync(audit.Repeated(
            new Actor(user?.Id, user?.Email ?? "anonymous", null, $"{address} browser"), "person.log-in",
            new AuditSubject("person", user?.Id, user?.Email), [new FieldChange("reason", null, reason)], AuditResult.Refused,
            ClientAddress.Network(address)));
        return PasskeyOutcome.NotAccepted;
    }

    // Identity throws where the challenge is missing or the JSON is not one: the browser's mistake or a forgery, never ours.
    private static async Task<T?> TryAsync<T>(Func<Task<T>> check)
        where T : class
    {
        try
        {
            return await check();
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or PasskeyException or FormatException
            or ArgumentException)
        {
            return null;
        }
    }

    private static AuditSubject SubjectOf(UserPasskeyInfo passkey)
    {
        var id = Base64Url.EncodeToString(passkey.CredentialId);
        return new AuditSubject("passkey", id[..Math.Min(id.Length, 12)], passkey.Name);
    }

    private async Task ChangeAsync(Func<NotifyDbContext, UserManager<AdminUser>, Task<bool>> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotifyDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        await changes.ChangeInTurnAsync(context, ChangeAreas.People, () => change(context, users), cancellationToken);
    }
}
