using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

/// <summary>A password can be guessed neither through a session that somebody else holds, nor by the time of an answer.</summary>
public class PasswordGuessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ChangePassword_GuessesInAnOpenBrowser_AreHeldOffEvenWhenRight()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateClient();
        (await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword)).Dispose();

        var statuses = await GuessAsync(client);
        using var right = await ChangeAsync(client, NotifyAdminSettings.AdminPassword);
        using var elsewhere = await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), NotifyAdminSettings.AdminEmail,
            NotifyAdminSettings.AdminPassword);

        statuses.ShouldBe([200, 200, 200, 200, 429]);
        right.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, DatabaseData]
    public async Task ChangePassword_GuessesWithACopiedSession_LockTheAccountInTheStore(DatabaseProvider provider)
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, Time = time });
        using var thief = await app.SignInAsAsync(Roles.Operator);

        var statuses = await GuessAsync(thief);
        await app.RestartAsync();
        using var afterRestart = await ChangeAsync(await app.SignInAsAsync(Roles.Operator), NotifyAdminSettings.AdminPassword);
        time.Advance(LoginAttempts.LockedFor + TimeSpan.FromSeconds(1));
        using var later = await ChangeAsync(await app.SignInAsAsync(Roles.Operator), NotifyAdminSettings.AdminPassword);

        statuses.ShouldBe([200, 200, 200, 200, 429]);
        afterRestart.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        later.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.AuditEntriesAsync())
            .Count(entry => entry.Action == "person.change-password" && entry.Result == AuditResult.Refused).ShouldBe(5);
    }

    [Fact]
    public async Task LogIn_WhateverTheAccount_ChecksOnePassword()
    {
        var hasher = new WatchedHasher();
        await using var app = await hasher.StartAsync();
        var people = app.Services.GetRequiredService<PeopleService>();
        var admin = await app.AdminActorAsync();
        await people.InviteAsync("invited@example.test", Roles.Viewer, admin, Stop);
        await people.SetDisabledAsync(await app.CreatePersonAsync("disabled@example.test", Roles.Viewer), true, admin, Stop);

        foreach (var email in new[] { NotifyAdminSettings.AdminEmail, "nobody@example.test", "invited@example.test",
            "disabled@example.test", "no address" })
        {
            var before = hasher.Checks;
            (await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), email, "not the password")).Dispose();
            (hasher.Checks - before).ShouldBe(1, email);
        }
    }

    [Fact]
    public async Task LogIn_RightAmongGuessesSentAtOnce_DoesNotCountOnceTheLockFell()
    {
        var hasher = new WatchedHasher();
        await using var app = await hasher.StartAsync();
        await app.CreatePersonAsync("operator@example.test", Roles.Operator);
        hasher.WhileChecking = () => Fail(app, "operator@example.test");
        using var client = app.CreateClient();

        using var answer = await NotifyAdminApp.SubmitLoginAsync(client, "operator@example.test", NotifyAdminSettings.AdminPassword);
        using var profile = await client.GetAsync("/profile", Stop);

        (answer.StatusCode, profile.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.Redirect));
        (await app.AuditEntriesAsync()).ShouldNotContain(entry => entry.Action == "person.log-in" && entry.Result == AuditResult.Done);
    }

    [Fact]
    public async Task ChangePassword_RightAmongGuessesSentAtOnce_DoesNotCountOnceTheLockFell()
    {
        var hasher = new WatchedHasher();
        await using var app = await hasher.StartAsync();
        using var client = await app.SignInAsAsync(Roles.Operator);
        hasher.WhileChecking = () => Fail(app, "operator@example.test");

        using var answer = await ChangeAsync(client, NotifyAdminSettings.AdminPassword);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await app.AuditActionsAsync()).ShouldNotContain("person.change-password");
    }

    [Fact]
    public async Task LogIn_GuessWhoseSenderHangsUp_IsRecordedAndCounted()
    {
        var hasher = new WatchedHasher();
        await using var app = await hasher.StartAsync();
        var id = await app.CreatePersonAsync("operator@example.test", Roles.Operator);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext =
            new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        using var request = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        hasher.WhileChecking = request.Cancel;

        var outcome = await scope.ServiceProvider.GetRequiredService<LoginService>()
            .LogInAsync("operator@example.test", "not the password", "192.0.2.1", request.Token);

        (outcome, request.IsCancellationRequested).ShouldBe((LoginOutcome.Wrong, true));
        (await app.AuditEntriesAsync())[^1].Changes!.ShouldContain("wrong password");
        (await app.Services.GetRequiredService<AccountStore>().GetAsync(id, Stop))!.AccessFailedCount.ShouldBe(1);
    }

    private static void Fail(NotifyAdminApp app, string email)
    {
        for (var failure = 0; failure < LoginAttempts.Allowed; failure++)
        {
            app.Services.GetRequiredService<LoginAttempts>().CountFailure(email, "192.0.2.9");
        }
    }

    private static async Task<IReadOnlyList<int>> GuessAsync(HttpClient client)
    {
        var statuses = new List<int>();
        for (var guess = 0; guess < LoginAttempts.Allowed; guess++)
        {
            using var answer = await ChangeAsync(client, $"guess number {guess}");
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string current) =>
        NotifyAdminApp.SubmitPasswordAsync(client, current, "another horse battery");
}
