using System.Text.RegularExpressions;
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

    private Task LogInAsync(string password) => LogInAsync(Page, NotifyAdminSettings.AdminEmail, password);

    [GeneratedRegex("/Account/Login")]
    private static partial Regex LoginAddress();
}
