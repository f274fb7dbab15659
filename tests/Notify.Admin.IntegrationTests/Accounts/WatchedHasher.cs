using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

/// <summary>Checks passwords as the product does, counts that, and lets something else happen in the middle of a check.</summary>
internal sealed class WatchedHasher : IPasswordHasher<AdminUser>
{
    private readonly PasswordHasher<AdminUser> _real = new();

    public int Checks { get; private set; }

    /// <summary>What happens during the next check.</summary>
    public Action? WhileChecking { get; set; }

    public Task<NotifyAdminApp> StartAsync() => NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        Services = services => services.AddSingleton<IPasswordHasher<AdminUser>>(this),
    });

    public string HashPassword(AdminUser user, string password) => _real.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(AdminUser user, string hashedPassword, string providedPassword)
    {
        Checks++;
        var meanwhile = WhileChecking;
        WhileChecking = null;
        meanwhile?.Invoke();
        return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
