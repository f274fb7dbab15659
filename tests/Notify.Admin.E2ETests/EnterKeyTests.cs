using Microsoft.Playwright;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>In a form, Enter does the work of the field it is pressed in; saving takes the button or Ctrl+Enter.</summary>
public sealed class EnterKeyTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    private static readonly ConfigList Suspicious = ConfigList.Create(AlertRule.ForAll(Vocabulary.Find("suspicious")!)).List!;

    [Fact]
    public async Task Enter_InSearchPickerAndNumber_SavesNothing_AndControlEnterDoes()
    {
        var id = await App.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { Name = "On call", Rules = Suspicious });
        await SignInAsync(Roles.Admin);
        await OpenAsync($"dingtalk/chatbots/{id}");

        await Page.GetByPlaceholder("Search categories").First.FillAsync("webs");
        await Page.Keyboard.PressAsync("Enter");
        var groups = Page.GetByPlaceholder("Restrict: choose a group or type an id");
        await groups.FillAsync("7");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".group")).ToContainTextAsync("7");
        await OpenTabAsync("Delivery");
        await Page.GetByLabel("Interval", new() { Exact = true }).FillAsync("15");
        await Page.Keyboard.PressAsync("Enter");
        await OpenTabAsync("Destination");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("On call at night");
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.GetByText("3 changes", new() { Exact = true })).ToBeVisibleAsync();
        (await FindAsync(id)).Version.ShouldBe(1);

        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByText("Changes saved").Or(Page.GetByText("Saved")).First).ToBeVisibleAsync();
        await Eventually.HoldsAsync(async () => (await FindAsync(id)).Version == 2, TimeSpan.FromSeconds(30));
        var saved = await FindAsync(id);
        (saved.Name, saved.IntervalMinutes, saved.GroupIdList).ShouldBe(("On call at night", 15, """["7"]"""));
    }

    [Fact]
    public async Task Enter_OnTheSettingsPage_SavesNothing()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("settings");
        var number = Page.Locator("input[type=number]").First;
        var before = await number.InputValueAsync();

        await number.FillAsync("77");
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.GetByText("1 change", new() { Exact = true })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(number).ToHaveValueAsync(before);
    }

    private async Task<Admin.DingTalk.DingTalkChatbot> FindAsync(int id) =>
        (await App.Chatbots().FindAsync(id, Actor.System, TestContext.Current.CancellationToken))!;
}
