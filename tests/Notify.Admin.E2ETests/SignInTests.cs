using Microsoft.Playwright;
using Notify.Admin.Accounts;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>The second factor, sessions and passkeys, as people meet them.</summary>
public sealed class SignInTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    // A passkey belongs to a name.
    private protected override Uri Address => WithName(App.BaseAddress);

    [Fact]
    public async Task TwoFactor_SetUpFromTheProfile_ShowsRecoveryCodesAndIsAskedForAtLogIn()
    {
        await App.CreatePersonAsync("two-factor@example.test", Roles.Operator);
        await LogInAsync("two-factor@example.test");
        await OpenAsync("profile");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Set up two-factor" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Img, new() { Name = "QR code for the authenticator app" })).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        var key = await Page.Locator(".code code").InnerTextAsync();

        await Page.Locator("input[name=Code]").FillAsync(CodeOf(key));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Turn on two-factor" }).ClickAsync();
        await Expect(Page.GetByText("Two-factor log-in is on")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        var recoveryCode = (await Page.Locator(".code code").InnerTextAsync()).Split('\n')[0];
        await Page.GetByRole(AriaRole.Link, new() { Name = "I have stored the codes" }).ClickAsync();
        await Expect(Page.GetByText("Recovery codes left: 10.")).ToBeVisibleAsync();

        await Page.Context.ClearCookiesAsync();
        await LogInAsync("two-factor@example.test");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Second step" })).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.Locator("input[name=Code]").FillAsync(recoveryCode);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Expect(Page.Locator("#navigation")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Session_EndedInAnotherBrowser_LosesItsOpenPage()
    {
        await App.CreatePersonAsync("sessions@example.test", Roles.Operator);
        await LogInAsync("sessions@example.test");
        var other = await NewPageAsync();
        await LogInAsync("sessions@example.test", other);
        await OpenAsync(other, "deliveries");
        await OpenAsync("profile");

        await Page.GetByRole(AriaRole.Button, new() { Name = "End session:" }).ClickAsync();

        await Expect(other.Locator("input[name=Password]")).ToBeVisibleAsync();
        await Expect(Page.GetByText("This one")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "End session:" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Passkey_AddedOnTheProfile_LogsIn()
    {
        await App.CreatePersonAsync("passkey@example.test", Roles.Operator);
        await Authenticator.AddToAsync(Page);
        await LogInAsync("passkey@example.test");
        await Page.GotoAsync("profile");
        await Page.GetByLabel("Name of the new passkey").FillAsync("office laptop");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Cell, new() { Name = "office laptop" })).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await PictureAsync("profile");

        await Page.Context.ClearCookiesAsync();
        await Page.GotoAsync("Account/Login?ReturnUrl=%2Fdeliveries");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Deliveries", Exact = true })).ToBeVisibleAsync();
        (await App.AuditEntriesAsync()).Last(entry => entry.Action == "person.log-in").Changes!.ShouldContain("passkey");

        await Page.GotoAsync("profile");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Remove passkey" }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Remove passkey" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Cell, new() { Name = "office laptop" })).ToHaveCountAsync(0);
        await Page.Context.ClearCookiesAsync();
        await Page.GotoAsync("Account/Login");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(Page.GetByText("This passkey was not accepted")).ToBeVisibleAsync();
    }

    private static string CodeOf(string key) => TimeCode.At(key.Trim(), TimeCode.StepAt(TimeProvider.System.GetUtcNow()));

    private Task LogInAsync(string email) => LogInAsync(email, Page);

    private static async Task LogInAsync(string email, IPage page)
    {
        await page.GotoAsync("Account/Login");
        await LogInAsync(page, email, NotifyAdminSettings.AdminPassword);
        await Expect(page.Locator("input[name=Password]")).ToHaveCountAsync(0);
    }
}
