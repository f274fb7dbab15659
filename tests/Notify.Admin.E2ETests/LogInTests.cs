using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed partial class LogInTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task LogIn_WrongPasswordThenRight_SaysSoThenShowsTheOverview()
    {
        await Page.GotoAsync("people");
        await Expect(Page).ToHaveURLAsync(LoginAddress());

        await LogInAsync("not the password");
        await Expect(Page.GetByText("Email or password is wrong")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await LogInAsync(NotifyAdminSettings.AdminPassword);
        await Expect(Page).ToHaveURLAsync(new Uri(App.BaseAddress, "people").AbsoluteUri);
        await Expect(Page.Locator("#navigation")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task LogOut_FromTheAccountMenu_EndsTheSession()
    {
        await Page.GotoAsync("Account/Login");
        await LogInAsync(NotifyAdminSettings.AdminPassword);
        await Expect(Page.Locator("#navigation")).ToBeVisibleAsync();

        await LogOutAsync();

        await Page.GotoAsync("people");
        await Expect(Page).ToHaveURLAsync(LoginAddress());
    }

    [Fact]
    public async Task MenuOpenedBeforeTheCircuitConnects_StaysOpen()
    {
        await Page.GotoAsync("Account/Login");
        await LogInAsync(NotifyAdminSettings.AdminPassword);
        await Expect(Page.Locator("#navigation")).ToBeVisibleAsync();
        var connect = new TaskCompletionSource();
        await Page.RouteAsync("**/blazor.web*.js", async route =>
        {
            await connect.Task;
            await route.ContinueAsync();
        });
        await Page.GotoAsync("people", new() { WaitUntil = WaitUntilState.Commit });
        await Page.Locator("[popovertarget=account-menu]").ClickAsync();
        await Expect(Page.Locator("#account-menu")).ToBeVisibleAsync();

        connect.SetResult();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "People" })).ToBeVisibleAsync();
        await Expect(Page.Locator("#account-menu")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("#account-menu")).ToBeHiddenAsync();
    }

    private Task LogInAsync(string password) => LogInAsync(Page, NotifyAdminSettings.AdminEmail, password);

    [GeneratedRegex("/Account/Login")]
    private static partial Regex LoginAddress();
}
