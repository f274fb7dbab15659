using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>Logging in through a provider. Product and provider are on different sites, as they are in life: a cookie that is too strict,
/// or a policy that is, would show here.</summary>
public sealed class SingleSignOnTests(Browser browser, SignOnProduct product) : Journey(browser, product), IClassFixture<SignOnProduct>
{
    private protected override Uri Address => WithName(App.BaseAddress);

    [Fact]
    public async Task SignOn_FromAPageThatAsksForIt_ComesBackThereWithTheRoleOfTheGroup_AndLogOutEndsIt()
    {
        product.Provider.Person = SignOn.Person("1", "robin@example.test", "notify-operators");
        await Page.GotoAsync("deliveries?q=backup");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Log in" })).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await SignOn.ThroughAsync(Page, product.Provider);
        await Expect(Page).ToHaveURLAsync(AddressOf("deliveries?q=backup"));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Deliveries", Exact = true })).ToBeVisibleAsync();
        await Expect(Page.Locator("#navigation a[href='people']")).ToHaveCountAsync(0);
        await Expect(Page.Locator("#account-menu .menu-head")).ToContainTextAsync("robin@example.test");
        await Expect(Page.Locator("#account-menu .menu-head")).ToContainTextAsync("Operator");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await OpenAsync("profile");
        await Expect(Page.GetByText("Up to Example ID: change it there.")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Change password" })).ToHaveCountAsync(0);
        await OpenAsync("Account/Password");
        await Expect(Page.GetByText("No password is kept here")).ToBeVisibleAsync();
        await Expect(Page.Locator("input[type=password]")).ToHaveCountAsync(0);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await OpenAsync("deliveries");

        await LogOutAsync();
        await Page.GotoAsync("deliveries");
        await Expect(SignOn.Button(Page)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SignOn_AfterTheGroupsChanged_GivesTheNewRole()
    {
        product.Provider.Person = SignOn.Person("2", "kim@example.test", "notify-oncall");
        await Page.GotoAsync("");
        await SignOn.ThroughAsync(Page, product.Provider);
        await Expect(Page.Locator("#navigation a[href='deliveries']")).ToBeVisibleAsync();
        await Expect(Page.Locator("#navigation a[href='people']")).ToHaveCountAsync(0);
        // A circuit that is being connected when its session goes reports an error of its own.
        await DrawnAsync(Page);

        product.Provider.Person = SignOn.Person("2", "kim@example.test", "notify-admins", "notify-oncall");
        await Page.Context.ClearCookiesAsync();
        await Page.GotoAsync("people");
        await SignOn.ThroughAsync(Page, product.Provider);
        await Page.GetByRole(AriaRole.Button, new() { Name = "kim@example.test", Exact = true }).ClickAsync();

        var drawer = Page.GetByRole(AriaRole.Dialog);
        await Expect(drawer).ToContainTextAsync("Comes in through single sign-on");
        await Expect(drawer.GetByRole(AriaRole.Radio, new() { Name = "Admin" })).ToBeCheckedAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task SignOn_WithoutARole_SaysWhyAndStaysOutside()
    {
        product.Provider.Person = SignOn.Person("3", "sales@example.test", "sales");
        await Page.GotoAsync("events");

        await SignOn.ThroughAsync(Page, product.Provider);

        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("You have no role here");
        await Expect(Page.GetByText("Ask an Admin which group you need")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GotoAsync("events");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Log in" })).ToBeVisibleAsync();

        // With the group they come in, and to where they wanted to go.
        product.Provider.Person = SignOn.Person("3", "sales@example.test", "notify-operators");
        await SignOn.ThroughAsync(Page, product.Provider);
        await Expect(Page).ToHaveURLAsync(AddressOf("events"));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Events", Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("access_denied", "en", "Log-in cancelled")]
    [InlineData("server_error", "zh-CN", "身份提供方未正常应答")]
    public async Task SignOn_RefusedByTheProvider_SaysSo(string error, string language, string title)
    {
        await SetLanguageAsync(language);
        product.Provider.Error = error;
        try
        {
            await Page.GotoAsync("deliveries");
            await SignOn.ThroughAsync(Page, product.Provider);
            await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(title);
            await Expect(SignOn.Button(Page)).ToBeVisibleAsync();
            (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        }
        finally
        {
            product.Provider.Error = null;
        }
    }
}
