using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>What an account has, read and taken over on its page.</summary>
public sealed class AccountImportTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task NamesOfAssetGroups_AreReadAndTakenOver()
    {
        var account = await App.AddAccountAsync(Sandbox);
        await SignInAsync(Roles.Admin);
        await OpenAsync($"accounts/{account.Id}");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Read chatbots" }).ClickAsync();
        // Another journey may have published one there.
        await Expect(Page.GetByText("This account has no chatbot.")
            .Or(Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }))).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Read names" }).ClickAsync();
        await Expect(Page.GetByText("2 asset groups: 2 without a name here, 0 with another name here.")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Take over 2 names" }).ClickAsync();

        await Expect(Page.GetByText("2 names taken over")).ToBeVisibleAsync();
        await Expect(Page.GetByText("2 asset groups: 0 without a name here, 0 with another name here.")).ToBeVisibleAsync();
        await OpenAsync("dingtalk/chatbots/asset-groups");
        await Expect(Page.GetByText("Databases").First).ToBeVisibleAsync();
    }
}
