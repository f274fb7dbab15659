using Microsoft.AspNetCore.Identity;
using Notify.Admin.Accounts;
using Notify.Admin.Security;

namespace Notify.Admin.Demo;

/// <summary>An Operator and a Viewer beside the demo's Admin, with the Admin's password: to see what each role may do.</summary>
internal sealed class DemoPeople(IServiceScopeFactory scopes, SetupOptions setup, TimeProvider time)
{
    public async Task AddAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        foreach (var role in (string[])[Roles.Operator, Roles.Viewer])
        {
            var email = $"{role.ToLowerInvariant()}@example.com";
            if (setup.AdminPassword is not { } password || await users.FindByEmailAsync(email) is not null)
            {
                continue;
            }

            var user = new AdminUser { UserName = email, Email = email, EmailConfirmed = true, CreatedAt = time.GetUtcNow() };
            (await users.CreateAsync(user, password)).ThrowIfFailed();
            (await users.AddToRoleAsync(user, role)).ThrowIfFailed();
        }
    }
}
