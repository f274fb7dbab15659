using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Creates the first Admin of an empty store: from configuration, or by the set-up page. Once only, however many instances
/// start.</summary>
internal sealed class FirstAdminService(
    IServiceScopeFactory scopes, IDbContextFactory<NotifyDbContext> contexts, ChangeFeed changes, SecretProtector protector,
    AuditTrail audit,
    TimeProvider time)
{
    private volatile bool _hasUsers;

    /// <summary>Whether the store has no user. Cheap once it has one.</summary>
    public async ValueTask<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        if (_hasUsers)
        {
            return false;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return !(_hasUsers = await context.Users.AnyAsync(cancellationToken));
    }

    /// <summary>Creates the roles that are missing.</summary>
    public async Task CreateRolesAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotifyDbContext>();
        if (await context.Roles.CountAsync(cancellationToken) == Roles.All.Count)
        {
            return;
        }

        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>();
        await changes.ChangeInTurnAsync(context, ChangeAreas.People, async () =>
        {
            foreach (var role in Roles.All)
            {
                if (!await roles.RoleExistsAsync(role))
                {
                    (await roles.CreateAsync(new IdentityRole(role))).ThrowIfFailed();
                }
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>Creates the Admin, and the keys if <paramref name="keys"/> has them, unless the store has a user by now.</summary>
    /// <param name="password">Within <see cref="AccountRules"/>.</param>
    /// <param name="origin">For the audit trail: where the wish came from.</param>
    /// <returns>The new account's id; null when there was a user already.</returns>
    public async Task<string?> CreateAsync(string email, string password, SetupOptions? keys, string origin,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotifyDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        var user = new AdminUser { UserName = email, Email = email, EmailConfirmed = true, CreatedAt = time.GetUtcNow() };
        var created = await changes.ChangeInTurnAsync(context, ChangeAreas.People, async () =>
        {
            if (await context.Users.AnyAsync(cancellationToken))
            {
                return false;
            }

            (await users.CreateAsync(user, password)).ThrowIfFailed();
            (await users.AddToRoleAsync(user, Roles.Admin)).ThrowIfFailed();
            var actor = new Actor(user.Id, email, Roles.Admin, origin);
            context.AuditEntries.Add(audit.Entry(actor, "person.create", PersonSubject.Of(user),
                [new FieldChange("role", null, Roles.Admin)]));
            await AddKeysAsync(context, user, keys, actor, cancellationToken);
            return true;
        }, cancellationToken);
        _hasUsers = true;
        return created ? user.Id : null;
    }

    private async Task AddKeysAsync(NotifyDbContext context, AdminUser user, SetupOptions? keys, Actor actor,
        CancellationToken cancellationToken)
    {
        if (keys is { ApiKey: { Length: > 0 } text })
        {
            var key = new ApiKey
            {
                UserId = user.Id,
                Name = "Set-up",
                Scope = ApiKeyScope.Full,
                Hash = ApiKeyService.Hash(text),
                LastFour = text[^4..],
                CreatedAt = time.GetUtcNow(),
            };
            context.ApiKeys.Add(key);
            await context.SaveChangesAsync(cancellationToken);
            context.AuditEntries.Add(audit.Entry(actor, "api-key.create", KeyService.SubjectOf(key),
                [new FieldChange("scope", null, ApiPolicies.FullScope), new FieldChange("key", null, $"…{key.LastFour}")]));
        }

        if (keys is { AccessKeyId: { Length: > 0 } accessKeyId, AccessKeySecret: { Length: > 0 } secret })
        {
            var pair = new AccessKeyPair { UserId = user.Id, AccessKeyId = accessKeyId, Secret = protector.Protect(secret),
                CreatedAt = time.GetUtcNow() };
            context.AccessKeyPairs.Add(pair);
            await context.SaveChangesAsync(cancellationToken);
            context.AuditEntries.Add(audit.Entry(actor, "access-key.create", KeyService.SubjectOf(pair),
                [new FieldChange("secret", null, pair.Secret.ToString())]));
        }
    }
}
