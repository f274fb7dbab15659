using System.Net;
using Notify.Admin.Accounts;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

/// <summary>Nobody can lock others out: not by failing for their accounts, not by failing from the network they share.</summary>
public class KnownBrowserTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LogIn_StrangerFailsForTheAccountAndFromTheNetwork_TheKnownBrowserStillOpens()
    {
        // Failures count for a minute, which a busy machine can take for all of them.
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Time = new ManualTime(DateTimeOffset.UtcNow) });
        using var owner = app.CreateClient();
        (await LogInAsync(owner, NotifyAdminSettings.AdminPassword)).Dispose();
        (await NotifyAdminApp.SubmitLogoutAsync(owner)).Dispose();
        using var stranger = app.CreateClient();
        for (var failure = 0; failure < LoginAttempts.Allowed; failure++)
        {
            (await LogInAsync(stranger, "a guess of mine")).Dispose();
        }

        for (var failure = 0; failure < 20; failure++)
        {
            (await NotifyAdminApp.SubmitLoginAsync(stranger, $"somebody{failure}@example.test", "a guess of mine")).Dispose();
        }

        using var network = await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), NotifyAdminSettings.AdminEmail,
            NotifyAdminSettings.AdminPassword);
        using var known = await LogInAsync(owner, NotifyAdminSettings.AdminPassword);

        network.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        known.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task LogIn_KnownBrowserGuesses_IsLockedByItself()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var known = app.CreateClient();
        (await LogInAsync(known, NotifyAdminSettings.AdminPassword)).Dispose();
        (await NotifyAdminApp.SubmitLogoutAsync(known)).Dispose();

        for (var failure = 0; failure < LoginAttempts.Allowed; failure++)
        {
            (await LogInAsync(known, "a guess of mine")).Dispose();
        }

        using var locked = await LogInAsync(known, NotifyAdminSettings.AdminPassword);
        using var elsewhere = await LogInAsync(app.CreateClient(), NotifyAdminSettings.AdminPassword);

        locked.StatusCode.ShouldBe(HttpStatusCode.OK);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task LogIn_KnownBrowserOfSomebodyElse_IsAStranger()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await app.CreatePersonAsync("other@example.test", Roles.Viewer);
        using var other = app.CreateClient();
        (await NotifyAdminApp.SubmitLoginAsync(other, "other@example.test", NotifyAdminSettings.AdminPassword)).Dispose();
        (await NotifyAdminApp.SubmitLogoutAsync(other)).Dispose();

        for (var failure = 0; failure < LoginAttempts.Allowed; failure++)
        {
            (await LogInAsync(other, "a guess of mine")).Dispose();
        }

        using var locked = await LogInAsync(app.CreateClient(), NotifyAdminSettings.AdminPassword);
        (await locked.Content.ReadAsStringAsync(Stop)).ShouldContain("Too many failed attempts for this email");
    }

    private static Task<HttpResponseMessage> LogInAsync(HttpClient client, string password) =>
        NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, password);
}
