using Microsoft.Extensions.Options;
using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>Makes the store ready for people before the first request.</summary>
internal static class AccountsStart
{
    /// <summary>Creates the roles and, on an empty store, the Admin that configuration names; without one, prints the set-up code once the
    /// server listens. On a store with people, rescues the Admin that configuration names.</summary>
    /// <exception cref="StartupException">The store has no user and a <c>Setup</c> value is wrong, or nobody can be rescued.</exception>
    public static async Task PrepareAccountsAsync(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var firstAdmin = app.Services.GetRequiredService<FirstAdminService>();
        await firstAdmin.CreateRolesAsync(stopping);
        if (!await firstAdmin.IsNeededAsync(stopping))
        {
            app.Services.GetRequiredService<SetupCode>().Retire();
            if (app.Services.GetRequiredService<IOptions<AccountsOptions>>().Value.RescueEmail is { Length: > 0 } email)
            {
                var link = await app.Services.GetRequiredService<AdminRescue>().CreateLinkAsync(email, stopping);
                app.Lifetime.ApplicationStarted.Register(() => LoggerOf(app)
                    .LogWarning("A one-time link for {Email}: {Address}/{Link}", email, app.Urls.FirstOrDefault(), link));
            }

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

        if (!app.Services.GetRequiredService<SingleSignOnOptions>().LocalAccounts)
        {
            // The first to come in with the role Admin is the first Admin.
            app.Services.GetRequiredService<SetupCode>().Retire();
            return;
        }

        app.Lifetime.ApplicationStarted.Register(() => PrintSetupCode(app));
    }

    private static void PrintSetupCode(WebApplication app)
    {
        if (app.Services.GetRequiredService<SetupCode>().Current is { } code)
        {
            LoggerOf(app).LogWarning("No account exists yet. Open {Link}, or enter the one-time code {Code} there",
                $"{app.Urls.FirstOrDefault()}/setup?code={code}", code);
        }
    }

    private static ILogger LoggerOf(WebApplication app) =>
        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Notify.Admin.Setup");
}
