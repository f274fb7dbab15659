using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>Makes the store ready for people before the first request.</summary>
internal static class AccountsStart
{
    /// <summary>Creates the roles and, on an empty store, the Admin that configuration names; without one, prints the set-up code once the
    /// server listens.</summary>
    /// <exception cref="StartupException">The store has no user and a <c>Setup</c> value is wrong.</exception>
    public static async Task PrepareAccountsAsync(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var firstAdmin = app.Services.GetRequiredService<FirstAdminService>();
        await firstAdmin.CreateRolesAsync(stopping);
        if (!await firstAdmin.IsNeededAsync(stopping))
        {
            app.Services.GetRequiredService<SetupCode>().Retire();
            return;
        }

        var setup = app.Services.GetRequiredService<SetupOptions>();
        setup.Validate();
        if (setup.IsGiven)
        {
            await firstAdmin.CreateAsync(setup.AdminEmail!, setup.AdminPassword!, setup, "configuration", stopping);
            app.Services.GetRequiredService<SetupCode>().Retire();
            return;
        }

        app.Lifetime.ApplicationStarted.Register(() => PrintSetupCode(app));
    }

    private static void PrintSetupCode(WebApplication app)
    {
        if (app.Services.GetRequiredService<SetupCode>().Current is { } code)
        {
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Notify.Admin.Setup").LogWarning(
                "No account exists yet. Open {Address}/setup and enter the one-time code {Code}", app.Urls.FirstOrDefault(), code);
        }
    }
}
