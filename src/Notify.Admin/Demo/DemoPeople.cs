using Microsoft.AspNetCore.Identity;
using Notify.Admin.Accounts;
using Notify.Admin.Security;

namespace Notify.Admin.Demo;

/// <summary>People beside the demo's Admin, with the Admin's password: to see what each role may do. One has the email address of a person
/// in the sandbox's Slack, whose presses of buttons are an Operator's.</summary>
internal sealed class DemoPeople(IServiceScopeFactory scopes, SetupOptions setup, TimeProvider time)
{
    private static readonly (string Email, string Role)[] People =
    [
        ("operator@example.com", Roles.Operator), ("viewer@example.com", Roles.Viewer), ("alice.nguyen@example.com", Roles.Operator),
    ];

    public async Task AddAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        foreach (var (email, role) in People)
        {
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
