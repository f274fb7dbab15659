using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class PeopleTests(Browser browser, PeopleTests.MailingProduct product)
    : Journey(browser, product), IClassFixture<PeopleTests.MailingProduct>
{
    private const string Email = "kim@example.test";

    [Fact]
    public async Task Keys_OfEverybody_AreNarrowed_AndManyRevokedAtOnce()
    {
        await App.CreateApiKeyAsync(Roles.Viewer);
        await App.CreateApiKeyAsync(Roles.Operator);
        await SignInAsync(Roles.Admin);
        await OpenAsync("people");
        await Page.GetByRole(AriaRole.Link, new() { Name = "API keys" }).ClickAsync();
        await Page.GetByLabel("State").SelectOptionAsync("NeverUsed");
        await Expect(Page.Locator("tbody tr")).Not.ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select Test of viewer@example.test" }).CheckAsync();
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select Test of operator@example.test" }).CheckAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Revoke 2 keys" }).ClickAsync();
        var question = Page.GetByRole(AriaRole.Alertdialog, new() { Name = "Revoke 2 API keys?" });
        await Expect(question).ToContainTextAsync("Test (viewer@example.test)");
        await question.GetByRole(AriaRole.Button, new() { Name = "Revoke 2 keys" }).ClickAsync();

        await Expect(Page.GetByText("2 API keys revoked")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select Test of viewer@example.test" })).ToHaveCountAsync(0);
    }

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
        await Expect(dialog.GetByRole(AriaRole.Checkbox, new() { Name = "Send the link by mail" })).ToBeCheckedAsync();
        // The first try fails; the link is there all the same.
        product.Mail.RefusedRecipient = Email;
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create invitation" }).ClickAsync();
        await Expect(dialog.Locator("pre")).ToContainTextAsync("/Account/Accept?user=");
        await Expect(dialog.GetByText($"The mail to {Email} was not sent")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("no such person here")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        product.Mail.RefusedRecipient = null;
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send mail again" }).ClickAsync();
        await Expect(dialog.GetByText($"The mail server has taken the mail to {Email}")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        var kim = await NewPageAsync();
        await AcceptAsync(kim, (await product.Mail.NextAsync(TestContext.Current.CancellationToken)).Link,
            NotifyAdminSettings.AdminPassword);
        await Expect(kim.Locator("#navigation")).ToBeVisibleAsync();
        await OpenAsync(kim, "deliveries");

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).Last.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Row).ToContainTextAsync("Active");
        await Row.GetByRole(AriaRole.Button, new() { Name = Email, Exact = true }).ClickAsync();
        // The drawer has an address: a link to it, and Back, work.
        await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/people\?open="));
        await Page.ReloadAsync();
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

    [Fact]
    public async Task Link_OfSomebodyWhoForgotThePassword_IsMailedOnDemand()
    {
        await App.CreatePersonAsync("sam@example.test", Roles.Viewer);
        await SignInAsync(Roles.Admin);
        await OpenAsync("people");
        await Page.GetByRole(AriaRole.Button, new() { Name = "sam@example.test", Exact = true }).ClickAsync();
        var drawer = Page.GetByRole(AriaRole.Dialog);
        await drawer.GetByRole(AriaRole.Button, new() { Name = "New one-time link" }).ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "New one-time link" }).ClickAsync();

        await drawer.GetByRole(AriaRole.Button, new() { Name = "Send link by mail" }).ClickAsync();

        await Expect(drawer.GetByText("The mail server has taken the mail to sam@example.test")).ToBeVisibleAsync();
        var sam = await NewPageAsync();
        await AcceptAsync(sam, (await product.Mail.NextAsync(TestContext.Current.CancellationToken)).Link, "another horse battery");
        await Expect(sam.Locator("#navigation")).ToBeVisibleAsync();
    }

    private ILocator Row => Page.Locator("tbody tr").Filter(new() { HasText = Email });

    /// <summary>The program, and the mail server that it sends by.</summary>
    public sealed class MailingProduct : Product
    {
        internal TestMailServer Mail { get; } = TestMailServer.Start();

        protected override IReadOnlyDictionary<string, string> Configuration => Mail.Configuration;

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Mail.DisposeAsync();
        }
    }
}
