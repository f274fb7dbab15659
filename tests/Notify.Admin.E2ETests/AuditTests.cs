using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class AuditTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Change_IsFound_Verified_AndTakenBack()
    {
        var id = await App.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { Name = "Duty team", IntervalMinutes = 5 });
        await App.EditChatbotAsync(id, change => change with { IntervalMinutes = 30 });
        await SignInAsync(Roles.Admin);
        await OpenAsync("audit");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Verify chain" }).ClickAsync();
        await Expect(Page.GetByText("The chain is whole")).ToBeVisibleAsync();
        await Page.GetByPlaceholder("Who, what, subject or address").FillAsync("Duty team");
        await Expect(Page.GetByText("2 entries", new() { Exact = true })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Chatbot changed" }).ClickAsync();
        var entry = Page.GetByRole(AriaRole.Dialog);
        await Expect(entry.GetByRole(AriaRole.Group, new() { Name = "Before and after" })).ToContainTextAsync("30");
        await Expect(entry).ToContainTextAsync("Sealed as number");
        await PictureAsync("audit");

        await entry.GetByRole(AriaRole.Button, new() { Name = "Revert change" }).ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Revert change" }).ClickAsync();

        await Expect(Page.GetByText("The change was reverted")).ToBeVisibleAsync();
        (await App.Chatbots().FindAsync(id, Actor.System, TestContext.Current.CancellationToken))!.IntervalMinutes.ShouldBe(5);
    }
}
