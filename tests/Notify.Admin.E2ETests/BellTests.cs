using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class BellTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Bell_AChannelThatNeedsAttention_IsCountedUntilItIsSeen_AndLeadsThere()
    {
        var id = await App.AddSlackIntegrationAsync("C0NOWHERE2", slack => (slack.Name, slack.SlackNotify) = ("Payments", true));
        await SignInAsync(Roles.Viewer);
        await OpenAsync("events");
        var bell = Page.Locator("[popovertarget=bell-menu]");
        await Expect(bell).ToHaveAttributeAsync("aria-label", "Needs attention");

        // It comes by itself.
        (await App.PostEventAsync("sas-event-suspicious", new { item_level = "serious", title = "Webshell", asset = "web-02" }))
            .EnsureSuccessStatusCode();
        await Expect(bell).ToHaveAttributeAsync("aria-label", "Needs attention: 1 new", new() { Timeout = 30_000 });

        // Opened by the keyboard, it takes nothing away.
        await bell.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        var list = Page.Locator("#bell-menu");
        var notice = list.GetByRole(AriaRole.Link, new() { Name = "Payments needs attention" });
        await Expect(notice).ToContainTextAsync("New");
        await Expect(bell).ToHaveAttributeAsync("aria-label", "Needs attention");
        await Page.SetViewportSizeAsync(390, 844);
        await Expect(notice).ToBeInViewportAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await PictureAsync("bell");
        await Page.SetViewportSizeAsync(1280, 860);
        await Page.Keyboard.PressAsync("Escape");
        await Expect(list).ToBeHiddenAsync();
        await Expect(bell).ToBeFocusedAsync();
        await bell.ClickAsync();
        await Expect(notice).Not.ToContainTextAsync("New");
        await notice.ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex($"slack/integrations/{id}\\?tab=activity"));
        await Expect(list).ToBeHiddenAsync();
    }
}
