using Microsoft.Playwright;
using Notify.Admin.Security;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>Pages that change under the hands of somebody with a keyboard, or with quick fingers.</summary>
public sealed class FocusTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Row_ChangedInPlace_KeepsTheFocus()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("dingtalk/chatbots/asset-groups");
        await Page.GetByLabel("Group id", new() { Exact = true }).FillAsync("4711");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Shop");
        await Page.Keyboard.PressAsync("Enter");
        var rename = Page.GetByRole(AriaRole.Button, new() { Name = "Rename: group 4711" });
        await Expect(rename).ToBeVisibleAsync();

        await rename.PressAsync("Enter");
        var name = Page.GetByLabel("Name of group 4711");
        await Expect(name).ToBeFocusedAsync();
        await name.FillAsync("Web shop");
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.GetByRole(AriaRole.Cell, new() { Name = "Web shop" })).ToBeVisibleAsync();
        await Expect(rename).ToBeFocusedAsync();
    }

    [Fact]
    public async Task ApiKeyForm_SentTwice_MakesOneKeyAndShowsIt()
    {
        await SignInAsync(Roles.Operator);
        await OpenAsync("profile");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create API key" }).First.ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync();
        await Page.Keyboard.InsertTextAsync("sent twice");

        // Leaving the field tells the server what is in it, as Enter does.
        await dialog.Locator("form")
            .EvaluateAsync("form => { document.activeElement.blur(); form.requestSubmit(); form.requestSubmit(); }");

        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "API key created" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Cell, new() { Name = "sent twice" })).ToHaveCountAsync(1);
    }
}
