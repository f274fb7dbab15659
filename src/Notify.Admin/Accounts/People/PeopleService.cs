using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>What Admins do with people. Changes take turns on all instances, so that two Admins cannot remove each other and leave
/// nobody.</summary>
internal sealed class PeopleService(
    PeopleStore store, AccountStore accounts, IServiceScopeFactory scopes, ChangeFeed changes, KeyGeneration keys, LoginAttempts attempts,
    SingleSignOnOptions signOn,
    AuditTrail audit, TimeProvider time)
{
    public Task<ListedPage<Person>> ListAsync(
        ListQuery<PersonFilter, PersonSort> query, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return store.ListPageAsync(query, cancellationToken);
    }

    /// <summary>The people of a list, to be taken away. That somebody does is recorded before it.</summary>
    public async IAsyncEnumerable<Person> ExportAsync(
        ListQuery<PersonFilter, PersonSort> query, Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        await accounts.AddAuditEntryAsync(audit.Entry(actor, "people.export", new AuditSubject("people", null, null)), cancellationToken);
        await foreach (var person in ListAllAsync(query, actor, cancellationToken))
        {
            yield return person;
        }
    }

    /// <summary>The people of all pages of a list in its order, at most <see cref="ListQuery.MostExported"/>.</summary>
    public async IAsyncEnumerable<Person> ListAllAsync(
        ListQuery<PersonFilter, PersonSort> query, Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        foreach (var ids in (await store.ListIdsAsync(query, cancellationToken)).Chunk(ListExport.AtOnce))
        {
            foreach (var person in ListExport.InOrder(ids, await store.FindAllAsync(ids, cancellationToken), row => row.Id))
            {
                yield return person;
            }
        }
    }

    /// <returns>Null where there is none with that id.</returns>
    public async Task<Person?> FindOneAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return (await store.FindAllAsync([id], cancellationToken)).SingleOrDefault();
    }

    /// <summary>The first whose address holds each of the words.</summary>
    public Task<IReadOnlyList<(string Id, string Email)>> FindAsync(
        IEnumerable<string> words, int most, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return store.FindAsync(words, most, cancellationToken);
    }

    /// <summary>Creates an account without a password, and the link by which its person sets one.</summary>
    public async Task<PersonResult> InviteAsync(string email, string role, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        if (!signOn.LocalAccounts)
        {
            return new PersonResult(PersonRefusal.LocalAccountsOff);
        }

        email = email.Trim();
        if (!AccountRules.IsEmail(email))
        {
            return new PersonResult(PersonRefusal.InvalidEmail);
        }

        if (!Roles.All.Contains(role))
        {
            return new PersonResult(PersonRefusal.InvalidRole);
        }

        return await InTurnAsync(async (context, users) =>
        {
            if (await users.FindByEmailAsync(email) is not null)
            {
                return new PersonResult(PersonRefusal.EmailTaken);
            }

            var user = new AdminUser { UserName = email, Email = email, CreatedAt = time.GetUtcNow() };
            (await users.CreateAsync(user)).ThrowIfFailed();
            (await users.AddToRoleAsync(user, role)).ThrowIfFailed();
            context.AuditEntries.Add(audit.Entry(actor, "person.invite", PersonSubject.Of(user), [new FieldChange("role", null, role)]));
            return new PersonResult(Link: await OneTimeLink.CreateAsync(users, user));
        }, cancellationToken);
    }

    /// <summary>A new link for someone who has lost the first one or the password. Ends the person's sessions and earlier links.</summary>
    public Task<PersonResult> CreateLinkAsync(string userId, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(userId, actor, "person.link", async (_, users, user) =>
        {
            if (!signOn.LocalAccounts)
            {
                return new Change([], new PersonResult(PersonRefusal.LocalAccountsOff));
            }

            attempts.Forget(user.Email!);
            return new Change([], new PersonResult(Link: await OneTimeLink.CreateAsync(users, user)));
        }, cancellationToken);

    public Task<PersonResult> ChangeRoleAsync(string userId, string role, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(userId, actor, "person.role", async (context, users, user) =>
        {
            if (!Roles.All.Contains(role))
            {
                return new Change([], new PersonResult(PersonRefusal.InvalidRole));
            }

            var before = await users.GetRolesAsync(user);
            if (before is [var only] && only == role)
            {
                return new Change(null);
            }

            if (role != Roles.Admin && !await store.HasOtherAdminAsync(context, userId, cancellationToken))
            {
                return new Change([], new PersonResult(PersonRefusal.LastAdmin));
            }

            (await users.RemoveFromRolesAsync(user, before)).ThrowIfFailed();
            (await users.AddToRoleAsync(user, role)).ThrowIfFailed();
            // Somebody invited has no session that could keep the role, and the link would end with the stamp.
            if (user.PasswordHash is not null || (await users.GetLoginsAsync(user)).Count > 0)
            {
                (await users.UpdateSecurityStampAsync(user)).ThrowIfFailed();
            }

            return new Change([new FieldChange("role", before.FirstOrDefault(), role)]);
        }, cancellationToken);

    /// <summary>Stops or resumes everything the person can do: log-in, open pages, keys.</summary>
    public Task<PersonResult> SetDisabledAsync(string userId, bool isDisabled, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(userId, actor, isDisabled ? "person.disable" : "person.enable", async (context, users, user) =>
        {
            if (user.IsDisabled == isDisabled)
            {
                return new Change(null);
            }

            if (isDisabled && await RefusalOfEndingAsync(context, userId, actor, cancellationToken) is { } refusal)
            {
                return new Change([], new PersonResult(refusal));
            }

            user.IsDisabled = isDisabled;
            (await users.UpdateSecurityStampAsync(user)).ThrowIfFailed();
            return new Change([new FieldChange("disabled", isDisabled ? "false" : "true", isDisabled ? "true" : "false")]);
        }, cancellationToken);

    /// <summary>Ends all sessions of the person. Keys go on.</summary>
    public Task<PersonResult> SignOutEverywhereAsync(string userId, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(userId, actor, "person.sign-out", async (_, users, user) =>
        {
            if (userId == actor.UserId)
            {
                return new Change([], new PersonResult(PersonRefusal.Yourself));
            }

            (await users.UpdateSecurityStampAsync(user)).ThrowIfFailed();
            return new Change([]);
        }, cancellationToken);

    /// <summary>Takes second factor and passkeys of somebody who has lost the phone away. Ends the person's sessions.</summary>
    public Task<PersonResult> ResetTwoFactorAsync(string userId, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(userId, actor, "person.two-factor-reset", async (context, users, user) =>
        {
            if (userId == actor.UserId)
            {
                return new Change([], new PersonResult(PersonRefusal.Yourself));
            }

            if (!user.TwoFactorEnabled && (await users.GetPasskeysAsync(user)).Count == 0)
            {
                return new Change(null);
            }

            await TwoFactorService.RemoveWithPasskeysAsync(context, users, user, cancellationToken);
            return new Change([]);
        }, cancellationToken);

    /// <summary>Deletes the account with its keys and drafts. The audit trail keeps the name.</summary>
    public Task<PersonResult> RemoveAsync(string userId, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(userId, actor, "person.remove", async (context, users, user) =>
        {
            if (await RefusalOfEndingAsync(context, userId, actor, cancellationToken) is { } refusal)
            {
                return new Change([], new PersonResult(refusal));
            }

            (await users.DeleteAsync(user)).ThrowIfFailed();
            return new Change([]);
        }, cancellationToken);

    private async Task<PersonRefusal?> RefusalOfEndingAsync(NotifyDbContext context, string userId, Actor actor,
        CancellationToken cancellationToken) =>
        !await store.HasOtherAdminAsync(context, userId, cancellationToken) ? PersonRefusal.LastAdmin
        : userId == actor.UserId ? PersonRefusal.Yourself
        : null;

    private async Task<PersonResult> ChangeAsync(
        string userId, Actor actor, string action, Func<NotifyDbContext, UserManager<AdminUser>, AdminUser, Task<Change>> change,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return await InTurnAsync(async (context, users) =>
        {
            if (await users.FindByIdAsync(userId) is not { } user)
            {
                return new PersonResult(PersonRefusal.NotFound);
            }

            var made = await change(context, users, user);
            if (made.Result.IsDone && made.Fields is not null)
            {
                context.AuditEntries.Add(audit.Entry(actor, action, PersonSubject.Of(user), made.Fields));
            }

            return made.Result;
        }, cancellationToken);
    }

    private async Task<PersonResult> InTurnAsync(
        Func<NotifyDbContext, UserManager<AdminUser>, Task<PersonResult>> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotifyDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        var result = new PersonResult();
        await changes.ChangeInTurnAsync(context, ChangeAreas.People, async () => (result = await change(context, users)).IsDone,
            cancellationToken);
        keys.Advance();
        return result;
    }

    /// <param name="Fields">For the audit entry; null when there was nothing to do and nothing is recorded.</param>
    private sealed record Change(IReadOnlyCollection<FieldChange>? Fields, PersonResult Result)
    {
        public Change(IReadOnlyCollection<FieldChange>? fields)
            : this(fields, new PersonResult())
        {
        }
    }
}
