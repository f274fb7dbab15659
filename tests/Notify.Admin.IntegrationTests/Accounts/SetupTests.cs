using System.Net;
using System.Text.RegularExpressions;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public partial class SetupTests(SetupTests.EmptyApp shared) : IClassFixture<SetupTests.EmptyApp>
{
    private const string Email = "first@example.test";
    private const string Password = "a long first password";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Setup_EmptyStore_LeadsEveryPageThereAndMakesTheFirstAdmin(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithAdmin = false });
        using var client = app.CreateClient();
        foreach (var path in new[] { "/", "/Account/Login", "/people", "/profile", "/settings" })
        {
            using var page = await client.GetAsync(path, Stop);
            page.StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
            page.Headers.Location!.OriginalString.ShouldBe("/setup", path);
        }

        using var wrong = await SubmitAsync(client, "AAAA-AAAA-AAAA");
        using var done = await SubmitAsync(client, CodeIn(app));
        using var home = await client.GetAsync("/", Stop);
        using var again = await app.CreateClient().GetAsync("/setup", Stop);

        wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await wrong.Content.ReadAsStringAsync(Stop)).ShouldContain("not the code of this start");
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        done.Headers.Location!.OriginalString.ShouldBe("/");
        home.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        again.Headers.Location!.OriginalString.ShouldEndWith("/Account/Login");
        (await app.AuditActionsAsync()).ShouldBe(["setup.code", "person.create", "person.log-in"]);
    }

    [Theory]
    [InlineData("not an address", Password, Password, "not an email address")]
    [InlineData(Email, "short", "short", "At least 12")]
    [InlineData(Email, "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "Too easy to guess")]
    [InlineData(Email, Password, "another long password", "differ")]
    public async Task Setup_BadField_SaysSoAndCreatesNobody(string email, string password, string repeat, string expected)
    {
        var app = shared.App;

        using var answer = await SubmitAsync(app.CreateClient(), CodeIn(app), email, password, repeat);

        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain(expected);
        (await app.PeopleAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Setup_CodeUsed_IsGoneForGood()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { WithAdmin = false });
        using var second = app.CreateClient();
        using var page = await second.GetAsync("/setup", Stop);
        var code = CodeIn(app);
        using var first = await SubmitAsync(app.CreateClient(), code);

        using var later = await app.CreateClient().GetAsync("/setup", Stop);

        later.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.PeopleAsync()).Count.ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task Start_SetupGiven_CreatesAdminOnceAndIgnoresItLater(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        await app.RestartAsync();

        (await app.PeopleAsync()).ShouldHaveSingleItem().Email.ShouldBe(NotifyAdminSettings.AdminEmail);
        (await app.AuditActionsAsync()).ShouldBe(["person.create", "api-key.create", "access-key.create"]);
    }

    [Fact]
    public async Task Start_TwoInstancesAtOnceOnPostgres_CreateOneAdmin()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        var settings = new NotifyAdminSettings { Database = database };

        var apps = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => NotifyAdminApp.StartAsync(settings))));

        (await apps[0].PeopleAsync()).Count.ShouldBe(1);
        foreach (var app in apps)
        {
            (await app.CreateApiClient().GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
            await app.DisposeAsync();
        }
    }

    private static Task<HttpResponseMessage> SubmitAsync(
        HttpClient client, string code, string email = Email, string password = Password, string? repeat = null) =>
        NotifyAdminApp.SubmitFormAsync(client, "/setup", ("Code", code), ("Email", email), ("Password", password),
            ("Repeat", repeat ?? password));

    private static string CodeIn(NotifyAdminApp app) =>
        app.Logs.Lines.Select(line => CodeLine().Match(line)).Last(match => match.Success).Groups[1].Value;

    [GeneratedRegex("one-time code (\\S+)")]
    private static partial Regex CodeLine();

    public sealed class EmptyApp : SharedApp
    {
        protected override NotifyAdminSettings Settings => new() { WithAdmin = false };
    }
}
