using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Settings;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

/// <summary>Passkeys over HTTP. That a browser's script asks rightly is for a browser to show.</summary>
public class PasskeyTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Passkey_Added_LogsInWithoutPasswordAndCode(DatabaseProvider database)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = database });
        using var passkey = new TestPasskey();
        var owner = await LoggedInAsync(app);
        (await AddAsync(owner, passkey)).ShouldContain("Done");
        var before = await PasskeysAsync(app);
        await app.Services.GetRequiredService<SettingsService>().SaveAsync(
            new Dictionary<string, string> { ["Accounts:RequireTwoFactorForAdmins"] = "true" }, await app.AdminActorAsync(), Stop);
        using var client = app.CreateClient();

        var answer = await LogInAsync(client, passkey, "/people");
        using var page = await client.GetAsync("/people", Stop);

        answer.ShouldBe("""{"outcome":"Done","next":"/people"}""");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        before.ShouldHaveSingleItem().LastUsedAt.ShouldBeNull();
        var row = (await PasskeysAsync(app)).ShouldHaveSingleItem();
        row.Name.ShouldBe("office laptop");
        row.LastUsedAt.ShouldNotBeNull();
        (await app.AuditActionsAsync()).ShouldContain("passkey.create");
        (await app.AuditEntriesAsync())[^1].Changes!.ShouldContain(LoginMethods.Passkey);
    }

    [Fact]
    public async Task Passkey_Removed_NoLongerLogsIn()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var passkey = new TestPasskey();
        await AddAsync(await LoggedInAsync(app), passkey);
        await app.Services.CreateScope().ServiceProvider.GetRequiredService<PasskeyService>()
            .RemoveAsync((await PasskeysAsync(app))[0].Id, await app.AdminActorAsync(), Stop);

        var answer = await LogInAsync(app.CreateClient(), passkey);

        answer.ShouldContain("NotAccepted");
        (await app.AuditActionsAsync()).ShouldContain("passkey.remove");
    }

    [Theory]
    [InlineData("counter")]
    [InlineData("origin")]
    [InlineData("not verified")]
    [InlineData("other key")]
    public async Task LogIn_PasskeyThatIsNotRight_IsRefused(string fault)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var passkey = new TestPasskey();
        using var other = new TestPasskey();
        await AddAsync(await LoggedInAsync(app), passkey);
        passkey.Counter = 7;
        await LogInAsync(app.CreateClient(), passkey);
        passkey.Counter = fault == "counter" ? 3u : 20;
        passkey.Origin = fault == "origin" ? "https://elsewhere.example" : null;
        passkey.VerifiesUser = fault != "not verified";
        using var client = app.CreateClient();

        var answer = await LogInAsync(client, fault == "other key" ? other : passkey);
        using var page = await client.GetAsync("/", Stop);

        answer.ShouldContain("NotAccepted");
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.AuditEntriesAsync())[^1].Result.ShouldBe(AuditResult.Refused);
    }

    [Fact]
    public async Task LogIn_SameAnswerTwice_CountsOnce()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var passkey = new TestPasskey();
        await AddAsync(await LoggedInAsync(app), passkey);
        using var client = app.CreateClient();
        var credential = passkey.Show(await PostAsync(client, "/Account/Login", "RequestOptions"), app.BaseAddress);

        var first = await PostAsync(client, "/Account/Login", "LogIn", ("credential", credential));
        using var thief = app.CreateClient();
        await PostAsync(thief, "/Account/Login", "RequestOptions");
        var again = await PostAsync(thief, "/Account/Login", "LogIn", ("credential", credential));

        first.ShouldContain("Done");
        again.ShouldContain("NotAccepted");
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("disabled")]
    [InlineData("person removed")]
    public async Task LogIn_OverlapsItsEnd_IsRefusedAndDoesNotBringItBack(string end)
    {
        var interruption = new Interruption();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Services = services => services.AddSingleton(interruption).AddScoped<PasskeyHandler<AdminUser>>()
                .AddScoped<IPasskeyHandler<AdminUser>, InterruptedHandler>(),
        });
        using var passkey = new TestPasskey();
        var id = await app.CreatePersonAsync("pass@example.test", Roles.Viewer);
        await AddAsync(await LoggedInAsync(app, "pass@example.test"), passkey);
        var people = app.Services.GetRequiredService<PeopleService>();
        var admin = await app.AdminActorAsync();
        interruption.AfterChecking = () => end switch
        {
            "removed" => people.ResetTwoFactorAsync(id, admin, Stop),
            "disabled" => people.SetDisabledAsync(id, true, admin, Stop),
            _ => people.RemoveAsync(id, admin, Stop),
        };
        using var client = app.CreateClient();

        var answer = await LogInAsync(client, passkey);
        using var page = await client.GetAsync("/profile", Stop);

        answer.ShouldContain("NotAccepted");
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.Services.GetRequiredService<PasskeyStore>().ListAsync(id, Stop)).Count.ShouldBe(end == "disabled" ? 1 : 0);
        (await app.AuditEntriesAsync())[^1].Result.ShouldBe(AuditResult.Refused);
    }

    [Fact]
    public async Task Add_BySessionThatEndsMeanwhile_IsRefused()
    {
        var interruption = new Interruption();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Services = services => services.AddSingleton(interruption).AddScoped<PasskeyHandler<AdminUser>>()
                .AddScoped<IPasskeyHandler<AdminUser>, InterruptedHandler>(),
        });
        using var passkey = new TestPasskey();
        var id = await app.CreatePersonAsync("pass@example.test", Roles.Viewer);
        var thief = await LoggedInAsync(app, "pass@example.test");
        var admin = await app.AdminActorAsync();
        interruption.AfterChecking = () => app.Services.GetRequiredService<PeopleService>().SignOutEverywhereAsync(id, admin, Stop);

        await AddAsync(thief, passkey);

        (await app.Services.GetRequiredService<PasskeyStore>().ListAsync(id, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rescue_TakesPasskeysToo()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        using var passkey = new TestPasskey();
        await using (var before = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database }))
        {
            await AddAsync(await LoggedInAsync(before), passkey);
        }

        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Database = database,
            Configuration = new Dictionary<string, string> { ["Accounts:RescueEmail"] = NotifyAdminSettings.AdminEmail },
        });

        (await PasskeysAsync(app)).ShouldBeEmpty();
        (await LogInAsync(app.CreateClient(), passkey)).ShouldContain("NotAccepted");
    }

    [Fact]
    public async Task LogIn_DisabledPerson_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var passkey = new TestPasskey();
        var id = await app.CreatePersonAsync("pass@example.test", Roles.Viewer);
        await AddAsync(await LoggedInAsync(app, "pass@example.test"), passkey);
        await app.Services.GetRequiredService<PeopleService>().SetDisabledAsync(id, true, await app.AdminActorAsync(), Stop);

        (await LogInAsync(app.CreateClient(), passkey)).ShouldContain("NotAccepted");
        (await app.AuditEntriesAsync())[^1].Changes!.ShouldContain("disabled");
    }

    [Fact]
    public async Task ResetTwoFactor_TakesPasskeysToo()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var passkey = new TestPasskey();
        var id = await app.CreatePersonAsync("lost@example.test", Roles.Viewer);
        await AddAsync(await LoggedInAsync(app, "lost@example.test"), passkey);

        var reset = await app.Services.GetRequiredService<PeopleService>().ResetTwoFactorAsync(id, await app.AdminActorAsync(), Stop);

        reset.IsDone.ShouldBeTrue();
        (await LogInAsync(app.CreateClient(), passkey)).ShouldContain("NotAccepted");
    }

    [Fact]
    public async Task Add_WithoutName_OrForSomebodyElse_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var passkey = new TestPasskey();
        var owner = await LoggedInAsync(app);

        (await AddAsync(owner, passkey, "  ")).ShouldContain("NameMissing");
        passkey.VerifiesUser = false;
        (await AddAsync(owner, passkey)).ShouldContain("NotAccepted");
        passkey.VerifiesUser = true;
        passkey.Origin = "https://elsewhere.example";
        (await AddAsync(owner, passkey)).ShouldContain("NotAccepted");
        (await PasskeysAsync(app)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/Account/Passkeys/RequestOptions")]
    [InlineData("/Account/Passkeys/LogIn")]
    public async Task Post_WithoutAntiforgeryToken_IsRefused(string path)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var content = new FormUrlEncodedContent([new("credential", "{}")]);

        using var answer = await app.CreateClient().PostAsync(path, content, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{},\"clientExtensionResults\":{}}")]
    public async Task LogIn_CredentialThatIsNone_IsRefusedAndRecorded(string credential)
    {
        var app = shared.App;
        using var client = app.CreateClient();
        (await NotifyAdminApp.SubmitFormToAsync(client, "/Account/Login", "/Account/Passkeys/RequestOptions")).Dispose();

        using var answer = await NotifyAdminApp.SubmitFormToAsync(client, "/Account/Login", "/Account/Passkeys/LogIn",
            ("credential", credential));
        using var profile = await client.GetAsync("/profile", Stop);

        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("NotAccepted");
        profile.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.AuditEntriesAsync())[^1].Changes!.ShouldContain("passkey not accepted");
    }

    [Fact]
    public async Task Add_WithoutASession_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        using var answer = await NotifyAdminApp.SubmitFormToAsync(app.CreateClient(), "/Account/Login", "/Account/Passkeys/Add",
            ("credential", "{}"), ("name", "mine"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task RequestOptions_NameNoAccountAndNoCredential()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        using var answer = await NotifyAdminApp.SubmitFormToAsync(app.CreateClient(), "/Account/Login", "/Account/Passkeys/RequestOptions");

        var options = await answer.Content.ReadAsStringAsync(Stop);
        options.ShouldContain("\"userVerification\":\"required\"");
        options.ShouldNotContain(NotifyAdminSettings.AdminEmail);
    }

    private static async Task<HttpClient> LoggedInAsync(NotifyAdminApp app, string email = NotifyAdminSettings.AdminEmail)
    {
        var client = app.CreateClient();
        (await NotifyAdminApp.SubmitLoginAsync(client, email, NotifyAdminSettings.AdminPassword)).Dispose();
        return client;
    }

    private static async Task<IReadOnlyList<PasskeyRow>> PasskeysAsync(NotifyAdminApp app) =>
        await app.Services.GetRequiredService<PasskeyStore>().ListAsync((await app.AdminActorAsync()).UserId!, Stop);

    private static async Task<string> AddAsync(HttpClient owner, TestPasskey passkey, string name = "office laptop")
    {
        var options = await PostAsync(owner, "/Account/Password", "CreationOptions");
        return await PostAsync(owner, "/Account/Password", "Add", ("credential", passkey.Create(options, owner.BaseAddress!)),
            ("name", name));
    }

    private static async Task<string> LogInAsync(HttpClient client, TestPasskey passkey, string returnUrl = "/")
    {
        var options = await PostAsync(client, "/Account/Login", "RequestOptions");
        return await PostAsync(client, "/Account/Login", "LogIn", ("credential", passkey.Show(options, client.BaseAddress!)),
            ("returnUrl", returnUrl));
    }

    // With the token of the page's form, as the page's script sends it.
    private static async Task<string> PostAsync(HttpClient client, string page, string call, params (string Name, string Value)[] fields)
    {
        client.DefaultRequestHeaders.Remove("Origin");
        client.DefaultRequestHeaders.Add("Origin", client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var answer = await NotifyAdminApp.SubmitFormToAsync(client, page, $"/Account/Passkeys/{call}", fields);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private sealed class Interruption
    {
        /// <summary>What happens between the check of a passkey and what follows on it.</summary>
        public Func<Task>? AfterChecking { get; set; }
    }

    private sealed class InterruptedHandler(PasskeyHandler<AdminUser> inner, Interruption interruption) : IPasskeyHandler<AdminUser>
    {
        public Task<PasskeyCreationOptionsResult> MakeCreationOptionsAsync(PasskeyUserEntity userEntity, HttpContext httpContext) =>
            inner.MakeCreationOptionsAsync(userEntity, httpContext);

        public Task<PasskeyRequestOptionsResult> MakeRequestOptionsAsync(AdminUser? user, HttpContext httpContext) =>
            inner.MakeRequestOptionsAsync(user, httpContext);

        public async Task<PasskeyAttestationResult> PerformAttestationAsync(PasskeyAttestationContext context)
        {
            var result = await inner.PerformAttestationAsync(context);
            await InterruptAsync();
            return result;
        }

        public async Task<PasskeyAssertionResult<AdminUser>> PerformAssertionAsync(PasskeyAssertionContext context)
        {
            var result = await inner.PerformAssertionAsync(context);
            await InterruptAsync();
            return result;
        }

        private Task InterruptAsync() => interruption.AfterChecking?.Invoke() ?? Task.CompletedTask;
    }
}
