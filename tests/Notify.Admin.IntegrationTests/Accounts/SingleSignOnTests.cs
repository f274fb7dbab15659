using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public class SingleSignOnTests(SingleSignOnTests.SignOnApp shared) : IClassFixture<SingleSignOnTests.SignOnApp>
{
    private const string OutOfDate = "/Account/Login?Problem=OutOfDate&ReturnUrl=%2F";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task SignOn_NewPerson_GetsAnAccountWithTheRoleOfTheGroup(DatabaseProvider database)
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        await using var app = await StartAsync(provider, database);
        using var client = app.CreateClient();

        using var answer = await SignOnAsync(client, "/deliveries");
        using var page = await client.GetAsync("/deliveries", Stop);
        // Known by its subject now: what the provider says of the email no longer matters.
        provider.Person = new { sub = "1", groups = "notify-admins" };
        using var again = await SignOnAsync(app.CreateClient());
        using var ended = await client.GetAsync("/deliveries", Stop);

        answer.Headers.Location!.OriginalString.ShouldBe("/deliveries");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.Headers.Location!.OriginalString.ShouldBe("/");
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var person = (await app.PeopleAsync()).Single(person => person.Email == "sso@example.test");
        (person.Role, person.State).ShouldBe((Roles.Admin, PersonState.Active));
        (await app.AuditActionsAsync()).ShouldContain("person.connect");
        app.Logs.Lines.ShouldAllBe(line => !line.Contains(TestIdentityProvider.ClientSecret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignOn_NoRoleForTheGroups_IsRefusedAndMakesNobody()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        provider.Person = new { sub = "2", email = "sales@example.test", groups = new[] { "sales" } };
        await using var app = await StartAsync(provider);
        using var client = app.CreateClient();

        using var answer = await SignOnAsync(client);
        using var page = await client.GetAsync("/", Stop);

        answer.Headers.Location!.OriginalString.ShouldBe("/Account/Login?Problem=NoRole&ReturnUrl=%2F");
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.PeopleAsync()).Count.ShouldBe(1);
        (await app.AuditEntriesAsync())[^1].Result.ShouldBe(AuditResult.Refused);
    }

    [Fact]
    public async Task SignOn_EmailOfAnAccountNotVerified_DoesNotTakeItOver()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        provider.Person = new { sub = "3", email = NotifyAdminSettings.AdminEmail, email_verified = false,
            groups = new[] { "notify-operators" } };
        await using var app = await StartAsync(provider);

        using var refused = await SignOnAsync(app.CreateClient());
        provider.Person = new { sub = "3", email = NotifyAdminSettings.AdminEmail, email_verified = true,
            groups = new[] { "notify-admins" } };
        using var connected = await SignOnAsync(app.CreateClient());

        refused.Headers.Location!.OriginalString.ShouldBe("/Account/Login?Problem=EmailNotVerified&ReturnUrl=%2F");
        connected.Headers.Location!.OriginalString.ShouldBe("/");
        (await app.PeopleAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task SignOn_DisabledPerson_IsRefused()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        await using var app = await StartAsync(provider);
        (await SignOnAsync(app.CreateClient())).Dispose();
        var id = (await app.PeopleAsync()).Single(person => person.Email == "sso@example.test").Id;
        await app.Services.GetRequiredService<PeopleService>().SetDisabledAsync(id, true, await app.AdminActorAsync(), Stop);

        using var answer = await SignOnAsync(app.CreateClient());

        answer.Headers.Location!.OriginalString.ShouldBe("/Account/Login?Problem=Disabled&ReturnUrl=%2F");
    }

    [Fact]
    public async Task Callback_Replayed_OrInAnotherBrowser_IsRefused()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var client = app.CreateClient();
        var callback = await CallbackAsync(client);

        using var other = await app.CreateClient().GetAsync(callback, Stop);
        using var own = await client.GetAsync(callback, Stop);
        using var replayed = await client.GetAsync(callback, Stop);
        using var forged = await client.GetAsync("/Account/SingleSignOn/Callback?code=x&state=y", Stop);

        other.Headers.Location!.OriginalString.ShouldBe(OutOfDate);
        own.Headers.Location!.OriginalString.ShouldBe("/");
        replayed.Headers.Location!.OriginalString.ShouldBe(OutOfDate);
        forged.Headers.Location!.OriginalString.ShouldBe(OutOfDate);
        provider.Exchanges.ShouldBe(1);
    }

    [Theory]
    [InlineData("access_denied", null, "Denied", "access_denied")]
    [InlineData("temporarily_unavailable", null, "ProviderFailed", "temporarily_unavailable")]
    [InlineData("%3Cscript%3E", null, "ProviderFailed", "the provider reports an error")]
    [InlineData(null, "/token", "ProviderFailed", "the token endpoint did not answer as it should")]
    [InlineData(null, "/userinfo", "ProviderFailed", "the userinfo endpoint answered 500")]
    public async Task SignOn_ProviderFails_SaysSoOnTheLogInPageAndInTheTrail(string? error, string? broken, string problem, string reason)
    {
        var (provider, app) = (shared.Provider, shared.App);
        (provider.Error, provider.Broken, provider.Fault) = (error, broken, TokenFault.None);
        using var client = app.CreateClient();
        var before = await RefusalsAsync(app, reason);

        using var answer = await SignOnAsync(client, "/deliveries");
        var page = await client.GetStringAsync(answer.Headers.Location, Stop);

        answer.Headers.Location!.OriginalString.ShouldBe($"/Account/Login?Problem={problem}&ReturnUrl=%2Fdeliveries");
        page.ShouldContain(problem == "Denied" ? "Log-in cancelled" : "The provider did not answer as it should");
        await Eventually.HoldsAsync(async () => await RefusalsAsync(app, reason) == before + 1, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task SignOn_ProviderAway_IsAPageAndNotAFault()
    {
        var provider = await TestIdentityProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var client = app.CreateClient();
        var callback = await CallbackAsync(client);
        await provider.DisposeAsync();

        using var answer = await client.GetAsync(callback, Stop);

        answer.Headers.Location!.OriginalString.ShouldBe("/Account/Login?Problem=ProviderFailed&ReturnUrl=%2F");
    }

    [Theory]
    [InlineData(TokenFault.WrongNonce, "OutOfDate", "the nonce of the ID token belongs to no log-in of this browser")]
    [InlineData(TokenFault.NoNonce, "OutOfDate", "the nonce of the ID token belongs to no log-in of this browser")]
    [InlineData(TokenFault.WrongAudience, "ProviderFailed", "the ID token is for another client")]
    [InlineData(TokenFault.WrongIssuer, "ProviderFailed", "the ID token is of another issuer")]
    [InlineData(TokenFault.Expired, "ProviderFailed", "the ID token is expired, or not valid yet")]
    [InlineData(TokenFault.NoAlgorithm, "ProviderFailed", "the ID token is not signed")]
    [InlineData(TokenFault.ForgedSignature, "ProviderFailed", "the signature of the ID token does not hold")]
    [InlineData(TokenFault.AnotherSubject, "ProviderFailed", "the provider's answer does not keep to OpenID Connect")]
    public async Task SignOn_TokenThatDoesNotHold_IsRefusedWithAPageAndAnEntry(TokenFault fault, string problem, string reason)
    {
        var (provider, app) = (shared.Provider, shared.App);
        (provider.Error, provider.Broken, provider.Fault) = (null, null, fault);
        using var client = app.CreateClient();
        var before = await RefusalsAsync(app, reason);

        using var answer = await SignOnAsync(client, "/deliveries");
        using var page = await client.GetAsync(answer.Headers.Location, Stop);
        using var inside = await client.GetAsync("/deliveries", Stop);

        answer.Headers.Location!.OriginalString.ShouldBe($"/Account/Login?Problem={problem}&ReturnUrl=%2Fdeliveries");
        (page.StatusCode, inside.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.Redirect));
        (await app.PeopleAsync()).Count.ShouldBe(1);
        await Eventually.HoldsAsync(async () => await RefusalsAsync(app, reason) == before + 1, TimeSpan.FromSeconds(30));
        app.Logs.Lines.ShouldAllBe(line => !provider.Issued.Any(issued => line.Contains(issued, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SignOn_ProviderChangedItsKey_ComesIn()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        await using var app = await StartAsync(provider);
        (await SignOnAsync(app.CreateClient())).Dispose();

        provider.RotateKey();
        using var answer = await SignOnAsync(app.CreateClient());

        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task SignOn_GroupsOnlyInTheToken_AreRead()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        provider.HasUserInfo = false;
        provider.TokenClaims = new Dictionary<string, object>
        {
            ["email"] = "sso@example.test", ["email_verified"] = true, ["groups"] = new[] { "notify-admins" },
        };
        await using var app = await StartAsync(provider);

        using var answer = await SignOnAsync(app.CreateClient());

        answer.Headers.Location!.OriginalString.ShouldBe("/");
        (await app.PeopleAsync()).Single(person => person.Email == "sso@example.test").Role.ShouldBe(Roles.Admin);
    }

    [Fact]
    public async Task Start_DiscoveryAway_IsAPageAndWorksOnceItIsBack()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        provider.Broken = TestIdentityProvider.DiscoveryPath;
        await using var app = await StartAsync(provider);

        using var away = await app.CreateClient().GetAsync("/Account/SingleSignOn?returnUrl=%2Fdeliveries", Stop);
        provider.Broken = null;
        using var back = await SignOnAsync(app.CreateClient());

        away.Headers.Location!.OriginalString.ShouldBe("/Account/Login?Problem=ProviderFailed&ReturnUrl=%2Fdeliveries");
        (await app.AuditEntriesAsync()).ShouldContain(entry => entry.Changes!.Contains("the discovery document cannot be read"));
        back.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task Start_BehindAProxy_AsksTheProviderThroughIt()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        await using var proxy = new ForwardProxy(new Dictionary<string, int>());
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string>(provider.Configuration)
            {
                ["SingleSignOn:Authority"] = "https://id.test",
                ["Outgoing:Proxy"] = $"http://{proxy.Authority}",
            },
        });

        using var answer = await app.CreateClient().GetAsync("/Account/SingleSignOn", Stop);

        answer.Headers.Location!.OriginalString.ShouldStartWith("/Account/Login?Problem=ProviderFailed");
        proxy.Requests.ShouldContain("CONNECT id.test:443 HTTP/1.1");
    }

    [Fact]
    public async Task SignOn_NoEmail_IsRefused()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        provider.Person = new { sub = "4", groups = new[] { "notify-operators" } };
        await using var app = await StartAsync(provider);

        using var answer = await SignOnAsync(app.CreateClient());

        answer.Headers.Location!.OriginalString.ShouldBe("/Account/Login?Problem=Incomplete&ReturnUrl=%2F");
    }

    [Fact]
    public async Task SignOn_AdminWhereTheSecondFactorIsRequired_ComesIn()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        provider.Person = new { sub = "5", email = "chief@example.test", email_verified = "true", groups = new[] { "notify-admins" } };
        await using var app = await StartAsync(provider, ("Accounts:RequireTwoFactorForAdmins", "true"));
        using var client = app.CreateClient();

        (await SignOnAsync(client)).Dispose();
        using var page = await client.GetAsync("/people", Stop);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Start_CallbackAddressConfigured_IsWhatTheProviderHears()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        await using var app = await StartAsync(provider,
            ("SingleSignOn:CallbackAddress", "https://notify.example.test/Account/SingleSignOn/Callback"));

        using var challenge = await app.CreateClient().GetAsync("/Account/SingleSignOn?returnUrl=https://elsewhere.example", Stop);

        var query = challenge.Headers.Location!.Query;
        query.ShouldContain("redirect_uri=https%3A%2F%2Fnotify.example.test%2FAccount%2FSingleSignOn%2FCallback");
        query.ShouldContain("code_challenge_method=S256");
        query.ShouldContain("nonce=");
        query.ShouldNotContain("elsewhere");
    }

    [Theory]
    [InlineData("/token")]
    [InlineData("/userinfo")]
    public async Task SignOn_ProviderLeadsElsewhere_IsNotFollowed(string path)
    {
        await using var other = await TestIdentityProvider.StartAsync();
        await using var provider = await TestIdentityProvider.StartAsync();
        (provider.Broken, provider.Elsewhere) = (path, new Uri(other.Address, path));
        await using var app = await StartAsync(provider);

        using var answer = await SignOnAsync(app.CreateClient());

        answer.Headers.Location!.OriginalString.ShouldStartWith("/Account/Login?Problem=ProviderFailed");
        other.Requests.ShouldBe(0);
    }

    [Theory]
    [InlineData(TestIdentityProvider.DiscoveryPath)]
    [InlineData("/keys")]
    public async Task Start_DiscoveryLeadsElsewhere_IsNotFollowed(string path)
    {
        await using var other = await TestIdentityProvider.StartAsync();
        await using var provider = await TestIdentityProvider.StartAsync();
        (provider.Broken, provider.Elsewhere) = (path, new Uri(other.Address, path));
        await using var app = await StartAsync(provider);

        using var answer = await app.CreateClient().GetAsync("/Account/SingleSignOn", Stop);

        answer.Headers.Location!.OriginalString.ShouldStartWith("/Account/Login?Problem=ProviderFailed");
        other.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task LocalAccountsOff_OnAnEmptyStore_TheFirstAdminComesThroughTheProvider()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        provider.Person = new { sub = "6", email = "first@example.test", email_verified = true, groups = new[] { "notify-admins" } };
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            WithAdmin = false,
            Configuration = new Dictionary<string, string>(provider.Configuration) { ["SingleSignOn:LocalAccounts"] = "false" },
        });
        using var client = app.CreateClient();

        using var setup = await client.GetAsync("/setup", Stop);
        using var answer = await SignOnAsync(client);
        using var page = await client.GetAsync("/people", Stop);

        setup.Headers.Location!.OriginalString.ShouldBe("/Account/Login");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Rescue_ConfiguredAdmin_GetsALinkInTheLogAndLosesTheSecondFactor()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using (var before = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database }))
        {
            await before.CreatePersonAsync("viewer@example.test", Roles.Viewer);
        }

        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Database = database,
            Configuration = new Dictionary<string, string> { ["Accounts:RescueEmail"] = "viewer@example.test" },
        });
        var link = app.Logs.Lines.Select(line => line.Split(" for viewer@example.test: ")).Single(parts => parts.Length == 2)[1].Trim();
        using var client = app.CreateClient();
        using var accepted = await NotifyAdminApp.SubmitFormAsync(client, link, ("Password", "another horse battery"),
            ("Repeat", "another horse battery"));
        using var page = await client.GetAsync("/people", Stop);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.AuditActionsAsync()).ShouldContain("person.rescue");
    }

    [Fact]
    public async Task LocalAccountsOff_OnlyTheProviderOpens()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        await using var app = await StartAsync(provider, ("SingleSignOn:LocalAccounts", "false"));
        var link = (await app.Services.GetRequiredService<PeopleService>()
            .InviteAsync("bob@example.test", Roles.Viewer, await app.AdminActorAsync(), Stop)).Refusal;
        using var client = app.CreateClient();

        var login = await client.GetStringAsync("/Account/Login", Stop);
        using var forced = await NotifyAdminApp.SubmitFormToAsync(client, "/Account/Login", "/Account/Login",
            ("_handler", "login"), ("Email", NotifyAdminSettings.AdminEmail), ("Password", NotifyAdminSettings.AdminPassword));
        using var signedOn = await SignOnAsync(client);

        login.ShouldNotContain("name=\"Password\"");
        login.ShouldContain("Example ID");
        (forced.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(cookie => cookie.StartsWith("notify.session", StringComparison.Ordinal))).ShouldBeFalse();
        signedOn.Headers.Location!.OriginalString.ShouldBe("/");
        link.ShouldBe(PersonRefusal.LocalAccountsOff);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task PasswordPage_OfAPersonWithoutAPassword_HasNoForm(string localAccounts)
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        await using var app = await StartAsync(provider, ("SingleSignOn:LocalAccounts", localAccounts));
        using var client = app.CreateClient();
        (await SignOnAsync(client)).Dispose();

        var page = await client.GetStringAsync("/Account/Password", Stop);
        using var forced = await NotifyAdminApp.SubmitFormToAsync(
            client, "/Account/Password", "/Account/Password", ("_handler", "password"), ("Current", ""),
            ("Password", "a long new password"), ("Repeat", "a long new password"));

        page.ShouldContain("Up to Example ID");
        page.ShouldNotContain("name=\"Current\"");
        forced.IsSuccessStatusCode.ShouldBeFalse();
        (await app.AuditActionsAsync()).ShouldNotContain("person.change-password");
    }

    [Fact]
    public async Task PasswordPage_OfAPersonWithAPassword_HasTheFormBesideSingleSignOn()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        await using var app = await StartAsync(provider);

        (await (await app.SignInAsAsync(Roles.Viewer)).GetStringAsync("/Account/Password", Stop)).ShouldContain("name=\"Current\"");
    }

    /// <summary>
    /// How many log-ins the trail says were refused for a reason. Repeats of one minute share an entry, which counts them a little later:
    /// so the newest entry need not be of the last refusal.
    /// </summary>
    private static async Task<int> RefusalsAsync(NotifyAdminApp app, string reason)
    {
        await app.Services.GetRequiredService<AuditRepeats>().FlushAsync(Stop);
        return (await app.AuditEntriesAsync())
            .Where(entry => entry is { Action: "person.log-in", Result: AuditResult.Refused })
            .Where(entry => entry.Changes!.Contains(reason, StringComparison.Ordinal))
            .Sum(entry => entry.Count);
    }

    private static Task<NotifyAdminApp> StartAsync(TestIdentityProvider provider, params (string Key, string Value)[] further) =>
        StartAsync(provider, DatabaseProvider.Sqlite, further);

    private static Task<NotifyAdminApp> StartAsync(TestIdentityProvider provider, DatabaseProvider database,
        params (string Key, string Value)[] further) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = database,
            Configuration = provider.Configuration.Concat(further.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))).ToDictionary(),
        });

    // As a browser goes: to the provider, back to the callback, and on.
    private static async Task<HttpResponseMessage> SignOnAsync(HttpClient client, string returnUrl = "/")
    {
        return await client.GetAsync(await CallbackAsync(client, returnUrl), Stop);
    }

    private static async Task<Uri> CallbackAsync(HttpClient client, string returnUrl = "/")
    {
        using var challenge = await client.GetAsync($"/Account/SingleSignOn?returnUrl={Uri.EscapeDataString(returnUrl)}", Stop);
        using var atProvider = await client.GetAsync(challenge.Headers.Location, Stop);
        return atProvider.Headers.Location!;
    }

    /// <summary>For log-ins that are refused. Each test says what is wrong with the provider.</summary>
    public sealed class SignOnApp : IAsyncLifetime
    {
        internal TestIdentityProvider Provider { get; private set; } = null!;

        internal NotifyAdminApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Provider = await TestIdentityProvider.StartAsync();
            App = await StartAsync(Provider);
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }
}
