using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public class PeopleTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Invite_Accepted_LogsInWithTheRoleAndTheLinkEnds(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var (people, admin) = await PeopleOfAsync(app);
        var link = (await people.InviteAsync(" bob@example.test ", Roles.Operator, admin, Stop)).Link!;
        using var client = app.CreateClient();

        using var different = await AcceptAsync(client, link, "a long new password", "a different password");
        using var accepted = await AcceptAsync(client, link, "a long new password");
        using var home = await client.GetAsync("/", Stop);
        using var again = await app.CreateClient().GetAsync(link, Stop);
        using var login = await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), "bob@example.test", "a long new password");

        (await different.Content.ReadAsStringAsync(Stop)).ShouldContain("differ");
        accepted.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        home.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.Content.ReadAsStringAsync(Stop)).ShouldContain("no longer valid");
        login.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var bob = (await app.PeopleAsync()).Single(person => person.Email == "bob@example.test");
        (bob.Role, bob.State).ShouldBe((Roles.Operator, PersonState.Active));
        (await app.AuditActionsAsync()).ShouldBe(
            ["person.create", "api-key.create", "access-key.create", "person.invite", "person.accept", "person.log-in", "person.log-in"]);
    }

    [Theory]
    [InlineData("not an address", Roles.Viewer, PersonRefusal.InvalidEmail)]
    [InlineData("ADMIN@example.test", Roles.Viewer, PersonRefusal.EmailTaken)]
    [InlineData("bob@example.test", "Root", PersonRefusal.InvalidRole)]
    public async Task Invite_BadInput_IsRefusedAndLeavesNothing(string email, string role, PersonRefusal expected)
    {
        var app = shared.App;
        var (people, admin) = await PeopleOfAsync(app);

        (await people.InviteAsync(email, role, admin, Stop)).Refusal.ShouldBe(expected);

        (await app.PeopleAsync()).Count.ShouldBe(1);
        (await app.AuditActionsAsync()).ShouldNotContain("person.invite");
    }

    [Theory, DatabaseData]
    public async Task Invite_AuditEntryCannotBeWritten_CreatesNobody(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var (people, admin) = await PeopleOfAsync(app);

        await Should.ThrowAsync<Exception>(() => people.InviteAsync("bob@example.test", Roles.Viewer, admin with { Origin = null! }, Stop));

        (await app.PeopleAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task EveryChange_ByOperatorOrViewer_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var (people, admin) = await PeopleOfAsync(app);
        foreach (var role in new[] { Roles.Operator, Roles.Viewer, null })
        {
            var actor = admin with { Role = role };
            await Should.ThrowAsync<NotPermittedException>(() => people.ListAsync(new(), actor, Stop));
            await Should.ThrowAsync<NotPermittedException>(() => people.InviteAsync("bob@example.test", Roles.Viewer, actor, Stop));
            await Should.ThrowAsync<NotPermittedException>(() => people.CreateLinkAsync(admin.UserId!, actor, Stop));
            await Should.ThrowAsync<NotPermittedException>(() => people.ChangeRoleAsync(admin.UserId!, Roles.Viewer, actor, Stop));
            await Should.ThrowAsync<NotPermittedException>(() => people.SetDisabledAsync(admin.UserId!, true, actor, Stop));
            await Should.ThrowAsync<NotPermittedException>(() => people.SignOutEverywhereAsync(admin.UserId!, actor, Stop));
            await Should.ThrowAsync<NotPermittedException>(() => people.RemoveAsync(admin.UserId!, actor, Stop));
        }
    }

    [Theory, DatabaseData]
    public async Task LastAdmin_AnyWayOut_IsRefused(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var (people, admin) = await PeopleOfAsync(app);
        // Invited, but cannot log in yet: does not count.
        await people.InviteAsync("second@example.test", Roles.Admin, admin, Stop);

        (await people.ChangeRoleAsync(admin.UserId!, Roles.Viewer, admin, Stop)).Refusal.ShouldBe(PersonRefusal.LastAdmin);
        (await people.SetDisabledAsync(admin.UserId!, true, admin, Stop)).Refusal.ShouldBe(PersonRefusal.LastAdmin);
        (await people.RemoveAsync(admin.UserId!, admin, Stop)).Refusal.ShouldBe(PersonRefusal.LastAdmin);

        (await app.PeopleAsync()).Single(person => person.Id == admin.UserId).Role.ShouldBe(Roles.Admin);
    }

    [Theory, DatabaseData]
    public async Task TwoAdmins_DemotingEachOtherAtOnce_LeaveOne(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var (people, first) = await PeopleOfAsync(app);
        var secondId = await app.CreatePersonAsync("second@example.test", Roles.Admin);
        var second = first with { UserId = secondId, Name = "second@example.test" };

        for (var round = 0; round < 5; round++)
        {
            var results = await Task.WhenAll(
                Task.Run(() => people.ChangeRoleAsync(secondId, Roles.Viewer, first, Stop), Stop),
                Task.Run(() => people.ChangeRoleAsync(first.UserId!, Roles.Viewer, second, Stop), Stop));

            results.Count(result => result.IsDone).ShouldBe(1);
            (await app.PeopleAsync()).Count(person => person.Role == Roles.Admin).ShouldBe(1);
            var left = (await app.PeopleAsync()).Single(person => person.Role == Roles.Admin).Id;
            await people.ChangeRoleAsync(left == secondId ? first.UserId! : secondId, Roles.Admin, first, Stop);
        }
    }

    [Fact]
    public async Task Yourself_DisableOrRemove_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var (people, admin) = await PeopleOfAsync(app);
        await app.CreatePersonAsync("second@example.test", Roles.Admin);

        (await people.SetDisabledAsync(admin.UserId!, true, admin, Stop)).Refusal.ShouldBe(PersonRefusal.Yourself);
        (await people.RemoveAsync(admin.UserId!, admin, Stop)).Refusal.ShouldBe(PersonRefusal.Yourself);
        (await people.SignOutEverywhereAsync(admin.UserId!, admin, Stop)).Refusal.ShouldBe(PersonRefusal.Yourself);
    }

    [Fact]
    public async Task ChangeRole_OfSomebodyInvited_LeavesTheLinkGood()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var (people, admin) = await PeopleOfAsync(app);
        var link = (await people.InviteAsync("bob@example.test", Roles.Viewer, admin, Stop)).Link!;
        var id = (await app.PeopleAsync()).Single(person => person.Email == "bob@example.test").Id;
        using var client = app.CreateClient();

        (await people.ChangeRoleAsync(id, Roles.Admin, admin, Stop)).IsDone.ShouldBeTrue();
        using var accepted = await AcceptAsync(client, link, "a long new password");
        using var page = await client.GetAsync("/people", Stop);

        (accepted.StatusCode, page.StatusCode).ShouldBe((HttpStatusCode.Redirect, HttpStatusCode.OK));
    }

    [Theory, DatabaseData]
    public async Task Disable_Person_EndsSessionKeysAndLogIn(DatabaseProvider provider)
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, Time = time });
        var (people, admin) = await PeopleOfAsync(app);
        using var session = await app.SignInAsAsync(Roles.Operator);
        using var key = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Operator));
        (await session.GetAsync("/profile", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await key.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var id = (await app.PeopleAsync()).Single(person => person.Role == Roles.Operator).Id;

        (await people.SetDisabledAsync(id, true, admin, Stop)).IsDone.ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(31));

        (await key.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await session.GetAsync("/profile", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), "operator@example.test",
            NotifyAdminSettings.AdminPassword)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await people.SetDisabledAsync(id, false, admin, Stop)).IsDone.ShouldBeTrue();
        (await key.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.AuditActionsAsync()).ShouldContain("person.disable");
        (await app.AuditEntriesAsync()).ShouldContain(entry => entry.Action == "api-key.use" && entry.Changes!.Contains("person disabled"));
    }

    [Fact]
    public async Task NewLink_ForForgottenPassword_EndsEarlierLinksAndSessions()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var (people, admin) = await PeopleOfAsync(app);
        await app.SignInAsAsync(Roles.Viewer);
        var id = (await app.PeopleAsync()).Single(person => person.Role == Roles.Viewer).Id;
        var first = (await people.CreateLinkAsync(id, admin, Stop)).Link!;
        var second = (await people.CreateLinkAsync(id, admin, Stop)).Link!;

        using var old = await app.CreateClient().GetAsync(first, Stop);
        using var accepted = await AcceptAsync(app.CreateClient(), second, "a long new password");

        (await old.Content.ReadAsStringAsync(Stop)).ShouldContain("no longer valid");
        accepted.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.AuditActionsAsync()).ShouldContain("person.reset-password");
    }

    [Fact]
    public async Task Link_MalformedOrForeign_IsNotValid()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var (people, admin) = await PeopleOfAsync(app);
        var link = (await people.InviteAsync("bob@example.test", Roles.Viewer, admin, Stop)).Link!;
        var otherUser = link.Replace(link.Split("user=")[1].Split('&')[0], admin.UserId, StringComparison.Ordinal);
        foreach (var bad in new[] { "Account/Accept", "Account/Accept?user=x&code=y", link + "x", link[..^8], otherUser })
        {
            using var answer = await app.CreateClient().GetAsync(bad, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, bad);
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("no longer valid", customMessage: bad);
        }
    }

    [Fact]
    public async Task ChangePassword_KnowingTheCurrentOne_KeepsThisSessionAndEndsOthers()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Time = time });
        using var here = app.CreateClient();
        using var there = app.CreateClient();
        foreach (var client in new[] { here, there })
        {
            (await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword)).Dispose();
        }

        using var wrong = await NotifyAdminApp.SubmitPasswordAsync(here, "not the password", "a long new password");
        using var done = await NotifyAdminApp.SubmitPasswordAsync(here, NotifyAdminSettings.AdminPassword, "a long new password");
        time.Advance(TimeSpan.FromSeconds(31));

        (await wrong.Content.ReadAsStringAsync(Stop)).ShouldContain("not your current password");
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await here.GetAsync("/profile", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.GetAsync("/profile", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.AuditActionsAsync()).ShouldContain("person.change-password");
    }

    [Theory]
    [InlineData("/people")]
    [InlineData("/settings")]
    public async Task AdminPage_ByOperator_IsForbidden(string path)
    {
        await using var app = await NotifyAdminApp.StartAsync();

        (await (await app.SignInAsAsync(Roles.Operator)).GetAsync(path, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.SignInAsAsync(Roles.Admin)).GetAsync(path, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> AcceptAsync(HttpClient client, string link, string password, string? repeat = null) =>
        NotifyAdminApp.SubmitFormAsync(client, link, ("Password", password), ("Repeat", repeat ?? password));

    private static async Task<(PeopleService People, Actor Admin)> PeopleOfAsync(NotifyAdminApp app) =>
        (app.Services.GetRequiredService<PeopleService>(), await app.AdminActorAsync());
}
