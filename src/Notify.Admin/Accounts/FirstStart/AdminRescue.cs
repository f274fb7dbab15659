using Microsoft.AspNetCore.Identity;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>The way back in for whoever holds the server: when the only Admin has lost the password, or the provider of single sign-on is
/// gone.</summary>
internal sealed class AdminRescue(IServiceScopeFactory scopes, ChangeFeed changes, SingleSignOnOptions signOn, AuditTrail audit)
{
    private static readonly Actor Configuration = new(null, "system", null, "configuration");

    /// <summary>Makes the person an enabled Admin without a second factor and passkeys: whoever holds those may be why.</summary>
    /// <returns>A one-time link that sets the password, relative to the product's address.</returns>
    /// <exception cref="StartupException">There is no such person, or passwords are switched off.</exception>
    public async Task<string> CreateLinkAsync(string email, CancellationToken cancellationToken)
    {
        if (!signOn.LocalAccounts)
        {
            throw new StartupException("Accounts:RescueEmail is set, but SingleSignOn:LocalAccounts is false: its link sets a password. Set LocalAccounts to true.");
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotifyDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        var link = "";
        await changes.ChangeInTurnAsync(context, ChangeAreas.People, async () =>
        {
            var user = await users.FindByEmailAsync(email)
                ?? throw new StartupException($"Accounts:RescueEmail is '{email}', which is nobody's. Give the email of an account that exists.");
            var role = (await users.GetRolesAsync(user)).FirstOrDefault();
            (user.IsDisabled, user.LockoutEnd, user.AccessFailedCount) = (false, null, 0);
            await TwoFactorService.RemoveWithPasskeysAsync(context, users, user, cancellationToken);
            if (role != Roles.Admin)
            {
                (await users.RemoveFromRolesAsync(user, await users.GetRolesAsync(user))).ThrowIfFailed();
                (await users.AddToRoleAsync(user, Roles.Admin)).ThrowIfFailed();
            }

            link = await OneTimeLink.CreateAsync(users, user);
            context.AuditEntries.Add(audit.Entry(Configuration, "person.rescue", PersonSubject.Of(user),
                [new FieldChange("role", role, Roles.Admin)]));
            return true;
        }, cancellationToken);
        return link;
    }
}
