using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class PeopleTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    private const string Email = "kim@example.test";

    [Fact]
    public async Task Person_InvitedChangedAndDisabled_HasAccessAsLongAsTheyMay()
    {
        await App.CreatePersonAsync("robin@example.test", Roles.Operator);
        await SignInAsync(Roles.Admin);
        await OpenAsync("people");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Invite person" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Email").FillAsync("kim at example.test");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create invitation" }).ClickAsync();
        await Expect(dialog.GetByText("This is not an email address.")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await dialog.GetByLabel("Email").FillAsync(Email);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Operator" }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create invitation" }).ClickAsync();
        await Expect(dialog.Locator("pre")).ToContainTextAsync("/Account/Accept?user=");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        var kim = await NewPageAsync();
        await AcceptAsync(kim, await dialog.Locator("pre").InnerTextAsync(), NotifyAdminSettings.AdminPassword);
        await Expect(kim.Locator("#navigation")).ToBeVisibleAsync();
        await OpenAsync(kim, "deliveries");

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).Last.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Row).ToContainTextAsync("Active");
        await Row.GetByRole(AriaRole.Button, new() { Name = Email, Exact = true }).ClickAsync();
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Viewer" }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change role" }).ClickAsync();
        await Expect(Row).ToContainTextAsync("Viewer");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Change role" })).ToBeDisabledAsync();
        await PictureAsync("people");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        // Another role is another session.
        await Expect(kim.Locator("input[name=Password]")).ToBeVisibleAsync();
        await LogInAsync(kim, Email, NotifyAdminSettings.AdminPassword);
        await Expect(kim.GetByRole(AriaRole.Heading, new() { Name = "Deliveries", Exact = true })).ToBeVisibleAsync();

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Disable person" }).ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Disable person" }).ClickAsync();
        await Expect(Row).ToContainTextAsync("Disabled");
        await Expect(kim.Locator("input[name=Password]")).ToBeVisibleAsync();
    }

    private ILocator Row => Page.Locator("tbody tr").Filter(new() { HasText = Email });
}
