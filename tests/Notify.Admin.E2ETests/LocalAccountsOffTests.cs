using Microsoft.Playwright;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>The provider as the only way in, and the way back in when it is gone.</summary>
public sealed class LocalAccountsOffTests(Browser browser, LocalAccountsOffTests.StrictProduct product)
    : Journey(browser, product), IClassFixture<LocalAccountsOffTests.StrictProduct>
{
    private protected override Uri Address => WithName(App.BaseAddress);

    [Fact]
    public async Task Pages_WithLocalAccountsOff_KnowNoPassword()
    {
        product.Provider.Person = SignOn.Person("1", "chief@example.test", "notify-admins");
        await Page.GotoAsync("people");
        await Expect(SignOn.Button(Page)).ToBeVisibleAsync();
        await Expect(Page.Locator("input[name=Password], input[name=Email], [data-passkey-login]")).ToHaveCountAsync(0);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await SignOn.ThroughAsync(Page, product.Provider);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "chief@example.test", Exact = true })).ToBeVisibleAsync();
        await Expect(Page.GetByText("People come in through Example ID")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Invite person" })).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "chief@example.test", Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Comes in through single sign-on");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "New one-time link" })).ToHaveCountAsync(0);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await OpenAsync("profile");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "API keys" })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Change password" })).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Passkeys" })).ToHaveCountAsync(0);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rescue_WhenTheProviderIsGone_LetsTheNamedPersonIn()
    {
        var provider = await TestIdentityProvider.StartAsync();
        var configuration = provider.Configuration;
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using (var before = await StartAsync(database, configuration, ("SingleSignOn:LocalAccounts", "false")))
        {
            provider.Person = SignOn.Person("1", "robin@example.test", "notify-operators");
            await Page.GotoAsync(WithName(before.BaseAddress).AbsoluteUri);
            await SignOn.ThroughAsync(Page, provider);
            await Expect(Page.Locator("#navigation a[href='deliveries']")).ToBeVisibleAsync();
            await Page.GotoAsync("about:blank");
        }

        await provider.DisposeAsync();
        await using var after = await StartAsync(database, configuration, ("SingleSignOn:LocalAccounts", "true"),
            ("Accounts:RescueEmail", "robin@example.test"));
        var link = after.Logs.Lines.Select(line => line.Split(" for robin@example.test: ")).Single(parts => parts.Length == 2)[1].Trim();
        await AcceptAsync(Page, new Uri(WithName(after.BaseAddress), link).AbsoluteUri, "another horse battery");

        await Expect(Page.Locator("#navigation a[href='people']")).ToBeVisibleAsync();
        await Page.GotoAsync("about:blank");
    }

    private static Task<NotifyAdminApp> StartAsync(TestDatabase database, IReadOnlyDictionary<string, string> configuration,
        params (string Key, string Value)[] further) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Database = database,
            Configuration = configuration.Concat(further.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))).ToDictionary(),
        });

    public sealed class StrictProduct : SignOnProduct
    {
        protected override IReadOnlyDictionary<string, string> Configuration =>
            new Dictionary<string, string>(base.Configuration) { ["SingleSignOn:LocalAccounts"] = "false" };
    }
}
