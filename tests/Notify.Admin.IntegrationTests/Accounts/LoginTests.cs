using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public class LoginTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task LogIn_RightPassword_OpensThePageThatWasAskedFor(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        using var client = app.CreateClient();
        using var asked = await client.GetAsync("/people?x=1", Stop);
        var login = asked.Headers.Location!.OriginalString;

        using var answer = await NotifyAdminApp.SubmitLoginAsync(client, "ADMIN@example.test", NotifyAdminSettings.AdminPassword, login);
        using var page = await client.GetAsync("/people", Stop);

        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        login.ShouldStartWith("/Account/Login?ReturnUrl=");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/people?x=1");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("notify.session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.AuditActionsAsync()).ShouldContain("person.log-in");
        (await app.PeopleAsync()).Single().LastSeenAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("en", "Email", "Log in")]
    [InlineData("zh-CN", "邮箱", "登录")]
    public async Task LoginPage_AnyLanguage_HasInputsOfTheSameNames(string language, string label, string button)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("Accept-Language", language);

        var html = WebUtility.HtmlDecode(await client.GetStringAsync("/Account/Login", Stop));

        html.ShouldContain("name=\"Email\"");
        html.ShouldContain("name=\"Password\"");
        html.ShouldContain($">{label}</label>");
        html.ShouldContain($">{button}</span></button>");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task LogIn_ForeignReturnUrl_StaysHere(string returnUrl)
    {
        var app = shared.App;

        using var answer = await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), NotifyAdminSettings.AdminEmail,
            NotifyAdminSettings.AdminPassword,
            $"/Account/Login?ReturnUrl={Uri.EscapeDataString(returnUrl)}");

        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task LogIn_WithoutAntiforgeryToken_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var content = new FormUrlEncodedContent(
            [new("_handler", "login"), new("Email", NotifyAdminSettings.AdminEmail), new("Password", NotifyAdminSettings.AdminPassword)]);

        using var answer = await app.CreateClient().PostAsync("/Account/Login", content, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory, DatabaseData]
    public async Task LogIn_WrongPasswordAndUnknownPerson_GetTheSameAnswers(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        using var client = app.CreateClient();

        var known = await AnswersAsync(client, NotifyAdminSettings.AdminEmail);
        var unknown = await AnswersAsync(client, "nobody@example.test");
        using var right = await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword);

        known.ShouldBe(unknown);
        known.Take(4).ShouldAllBe(text => text.Contains("Email or password is wrong", StringComparison.Ordinal));
        known[4].ShouldContain("Too many failed attempts for this email");
        known[5].ShouldContain("Too many failed attempts for this email");
        right.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.AuditEntriesAsync())
            .Count(entry => entry.Action == "person.log-in" && entry.Result == Admin.Audit.AuditResult.Refused && entry.RepeatKey is null)
            .ShouldBe(10);
    }

    [Theory, DatabaseData]
    public async Task LogIn_LockedInTheStore_HoldsAfterARestartAndEndsByItself(DatabaseProvider provider)
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, Time = time });
        await AnswersAsync(app.CreateClient(), NotifyAdminSettings.AdminEmail);
        await app.RestartAsync();

        using var locked = await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), NotifyAdminSettings.AdminEmail,
            NotifyAdminSettings.AdminPassword);
        time.Advance(TimeSpan.FromMinutes(6));
        using var later = await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), NotifyAdminSettings.AdminEmail,
            NotifyAdminSettings.AdminPassword);

        locked.StatusCode.ShouldBe(HttpStatusCode.OK);
        later.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, DatabaseData]
    public async Task LogIn_GuessesSentAtOnce_AllCount(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var accounts = app.Services.GetRequiredService<AccountStore>();
        var id = (await app.PeopleAsync()).Single().Id;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => accounts.RecordFailedLoginAsync(id, Entry(app))));

        (await accounts.GetAsync(id, Stop))!.AccessFailedCount.ShouldBe(4);
        await accounts.RecordFailedLoginAsync(id, Entry(app));
        (await accounts.GetAsync(id, Stop))!.LockoutEnd.ShouldNotBeNull();
    }

    [Fact]
    public async Task LogOut_Post_EndsTheSession()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateClient();
        (await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword)).Dispose();

        using var forged = await client.PostAsync("/Account/Logout", null, Stop);
        using var still = await client.GetAsync("/profile", Stop);
        using var done = await NotifyAdminApp.SubmitLogoutAsync(client);
        using var after = await client.GetAsync("/profile", Stop);

        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        still.StatusCode.ShouldBe(HttpStatusCode.OK);
        done.Headers.Location!.OriginalString.ShouldBe("/Account/Login");
        after.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.AuditActionsAsync()).ShouldContain("person.log-out");
    }

    [Fact]
    public async Task Secrets_AfterLogIn_AreInNoLogLine()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        (await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword))
            .Dispose();
        (await app.CreateApiClient().GetAsync("openapi/v1.json", Stop)).Dispose();

        app.Logs.Lines.ShouldAllBe(line =>
            !line.Contains(NotifyAdminSettings.AdminPassword, StringComparison.Ordinal)
            && !line.Contains(NotifyAdminSettings.ApiKey, StringComparison.Ordinal)
            && !line.Contains(NotifyAdminSettings.AccessKeySecret, StringComparison.Ordinal));
    }

    private static Admin.Audit.AuditEntry Entry(NotifyAdminApp app) => app.Services.GetRequiredService<Admin.Audit.AuditTrail>()
        .Entry(Actor.System, "person.log-in", new Admin.Audit.AuditSubject("person", null, null), result: Admin.Audit.AuditResult.Refused);

    private static async Task<IReadOnlyList<string>> AnswersAsync(HttpClient client, string email)
    {
        var answers = new List<string>();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var answer = await NotifyAdminApp.SubmitLoginAsync(client, email, "not the password");
            var html = await answer.Content.ReadAsStringAsync(Stop);
            var start = html.IndexOf("class=\"message", StringComparison.Ordinal);
            answers.Add($"{(int)answer.StatusCode} {html[start..html.IndexOf("<form", StringComparison.Ordinal)]}");
        }

        return answers;
    }
}
