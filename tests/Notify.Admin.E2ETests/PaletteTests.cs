using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>Ctrl+K without a mouse.</summary>
public sealed class PaletteTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    private ILocator Box => Page.GetByRole(AriaRole.Combobox, new() { NameRegex = new("^Find pages") });

    private ILocator Marked => Page.Locator("#palette [role=option][aria-selected=true]");

    [Fact]
    public async Task Keyboard_FindsAPageAndAChannel_AndSendsATest()
    {
        var id = await App.AddSlackIntegrationAsync(SlackSeeds.Joined, slack => slack.Name = "Équipe de garde");
        await SignInAsync(Roles.Operator);
        await OpenAsync("");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        // A page: what is typed, Enter.
        await Page.Keyboard.PressAsync("Control+k");
        await Expect(Box).ToBeFocusedAsync();
        await Expect(Marked).ToHaveCountAsync(1);
        await Page.Keyboard.TypeAsync("deliver");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Deliveries", Level = 1 })).ToBeVisibleAsync();
        await Expect(Page.Locator("#palette")).Not.ToHaveAttributeAsync("open", "");

        // A channel: arrows move what the box points to.
        await Page.Keyboard.PressAsync("Control+k");
        await Page.Keyboard.TypeAsync("EQUIPE");
        await Expect(Marked).ToContainTextAsync("Équipe de garde");
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync("e");
        await Expect(Page.Locator("#palette-list")).ToHaveAttributeAsync("data-for", "e");
        var first = await Marked.GetAttributeAsync("id");
        await Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Marked).Not.ToHaveAttributeAsync("id", first!);
        await Expect(Box).ToHaveAttributeAsync("aria-activedescendant", (await Marked.GetAttributeAsync("id"))!);
        await Page.Keyboard.PressAsync("ArrowUp");
        await Expect(Box).ToHaveAttributeAsync("aria-activedescendant", first!);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("#palette[open]")).ToHaveCountAsync(0);

        // A test: chosen among the actions, then named; its verdict stays in the open palette.
        await Page.Keyboard.PressAsync("Control+k");
        await Page.Keyboard.TypeAsync("send a test");
        await Expect(Marked).ToContainTextAsync("Send a test to Équipe de garde");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#palette").GetByText("Équipe de garde: Test accepted")).ToBeVisibleAsync();
        await Sandbox.WaitForMessageAsync(message => message.Text.Contains("TEST, not an alert", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync("garde");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page).ToHaveURLAsync(AddressOf($"slack/integrations/{id}"));
    }

    [Fact]
    public async Task Palette_InChinese_IsReached_ByTheButtonAndTheHelp()
    {
        await SetLanguageAsync("zh-CN");
        await SignInAsync(Roles.Viewer);
        await OpenAsync("events");

        await Page.Locator("[data-palette-open]").ClickAsync();
        await Expect(Page.Locator("#palette[open] [role=option]").First).ToBeVisibleAsync();
        (await PageWalk.EnglishAsync(Page, ForeignWords.Allowed)).ShouldBeEmpty();
        (await PageWalk.ThemedProblemsAsync(Page)).ShouldBeEmpty();
        await Page.Keyboard.TypeAsync("没有这样的东西");
        await Expect(Page.GetByText("没有找到“没有这样的东西”")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");

        await Page.Keyboard.PressAsync("?");
        await Expect(Page.Locator("#keyboard-help")).ToContainTextAsync("发送测试");
    }
}
