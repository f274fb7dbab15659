using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public class SessionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task EndOthers_EndsThemAtOnceAndKeepsTheOwn(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var sessions = app.Services.GetRequiredService<SessionService>();
        var admin = await app.AdminActorAsync();
        using var first = await LoggedInAsync(app);
        using var second = await LoggedInAsync(app);
        using var third = await LoggedInAsync(app);
        var list = await sessions.ListAsync(admin, Stop);

        await sessions.EndAsync(list[0].Id, admin, Stop);
        using var ended = await third.GetAsync("/profile", Stop);
        await sessions.EndOthersAsync(list[2].Id, admin, Stop);
        using var other = await second.GetAsync("/profile", Stop);
        using var own = await first.GetAsync("/profile", Stop);

        list.Count.ShouldBe(3);
        list.ShouldAllBe(session => session.Address == "127.0.0.1" && session.Method == LoginMethods.Password);
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        other.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.AuditActionsAsync()).Count(action => action == "person.end-sessions").ShouldBe(2);
    }

    [Fact]
    public async Task End_SessionOfSomebodyElse_IsNotTouched()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var sessions = app.Services.GetRequiredService<SessionService>();
        var admin = await app.AdminActorAsync();
        using var client = await LoggedInAsync(app);
        var id = (await sessions.ListAsync(admin, Stop)).Single().Id;
        var other = new Actor(await app.CreatePersonAsync("other@example.test", Roles.Admin), "other@example.test", Roles.Admin,
            "192.0.2.1 browser");

        await sessions.EndAsync(id, other, Stop);
        using var profile = await client.GetAsync("/profile", Stop);

        profile.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task LogOut_ACopyOfTheCookie_IsNoLongerASession()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateClient();
        using var login = await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword);
        var cookie = login.Headers.GetValues("Set-Cookie").First(value => value.StartsWith("notify.session=", StringComparison.Ordinal))
            .Split(';')[0];
        using var thief = app.CreateClient();
        thief.DefaultRequestHeaders.Add("Cookie", cookie);

        using var before = await thief.GetAsync("/profile", Stop);
        (await NotifyAdminApp.SubmitLogoutAsync(client)).Dispose();
        using var after = await thief.GetAsync("/profile", Stop);

        before.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.AuditActionsAsync()).ShouldContain("person.log-out");
    }

    [Theory]
    [InlineData(13, false)]
    [InlineData(11, true)]
    public async Task Session_Unused_EndsAfterTheSetHours(int hours, bool isGood)
    {
        var time = new ShiftedTime();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Time = time });
        using var client = await LoggedInAsync(app);

        time.Shift(TimeSpan.FromHours(hours));
        app.Services.GetRequiredService<Notify.Admin.Api.KeyGeneration>().Advance();
        using var profile = await client.GetAsync("/profile", Stop);

        profile.StatusCode.ShouldBe(isGood ? HttpStatusCode.OK : HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task ChangePassword_KeepsThisSessionOnly()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var other = await LoggedInAsync(app);
        using var client = await LoggedInAsync(app);

        using var changed = await NotifyAdminApp.SubmitPasswordAsync(client, NotifyAdminSettings.AdminPassword, "another long password");
        using var own = await client.GetAsync("/profile", Stop);
        using var ended = await other.GetAsync("/profile", Stop);

        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.Services.GetRequiredService<SessionService>().ListAsync(await app.AdminActorAsync(), Stop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ChangePassword_SessionThatIsEndedMeanwhile_ChangesNothingAndDoesNotComeBack()
    {
        var hasher = new WatchedHasher();
        await using var app = await hasher.StartAsync();
        using var client = await app.SignInAsAsync(Roles.Operator);
        var id = (await app.PeopleAsync()).Single(person => person.Role == Roles.Operator).Id;
        var admin = await app.AdminActorAsync();
        hasher.WhileChecking = () => SignOut(app, id, admin);

        using var changed = await NotifyAdminApp.SubmitPasswordAsync(client, NotifyAdminSettings.AdminPassword, "another long password");
        using var profile = await client.GetAsync("/profile", Stop);
        using var login = await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), "operator@example.test",
            NotifyAdminSettings.AdminPassword);

        changed.StatusCode.ShouldNotBe(HttpStatusCode.Redirect);
        (profile.StatusCode, login.StatusCode).ShouldBe((HttpStatusCode.Redirect, HttpStatusCode.Redirect));
        (await app.AuditActionsAsync()).ShouldNotContain("person.change-password");
    }

    // In the middle of a check, which does not wait.
    private static void SignOut(NotifyAdminApp app, string id, Actor admin) =>
        app.Services.GetRequiredService<PeopleService>().SignOutEverywhereAsync(id, admin, Stop).GetAwaiter().GetResult();

    private static async Task<HttpClient> LoggedInAsync(NotifyAdminApp app)
    {
        var client = app.CreateClient();
        (await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword)).Dispose();
        return client;
    }
}
