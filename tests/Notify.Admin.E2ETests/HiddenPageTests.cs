using Microsoft.Playwright;
using Notify.Admin.Security;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class HiddenPageTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Event_WhileTheTabIsHidden_IsDrawnWhenItIsSeenAgain()
    {
        (await App.PostEventAsync("scan.started", new { trigger = "queue", target = "third.example.com" })).EnsureSuccessStatusCode();
        await SignInAsync(Roles.Viewer);
        await OpenAsync("events");
        var other = await NewPageAsync();
        await SignInAsync(other, Roles.Viewer);
        await OpenAsync(other, "events");

        await SetHiddenAsync(true);
        // What the browser sends arrives in order: that the drawer opens says that the server knows.
        await Page.Locator("tbody tr").Filter(new() { HasText = "third.example.com" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("third.example.com");
        (await App.PostEventAsync("scan.started", new { trigger = "queue", target = "fourth.example.com" })).EnsureSuccessStatusCode();
        await Expect(other.Locator(".new-rows-pill")).ToBeVisibleAsync();
        (await Page.Locator(".new-rows-pill").CountAsync()).ShouldBe(0);
        await SetHiddenAsync(false);

        await Expect(Page.Locator(".new-rows-pill")).ToBeVisibleAsync();

        Task SetHiddenAsync(bool isHidden) => Page.EvaluateAsync("""
            isHidden => {
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """, isHidden);
    }
}
