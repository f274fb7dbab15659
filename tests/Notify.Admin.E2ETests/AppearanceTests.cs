using Microsoft.Playwright;
using Notify.Admin.Security;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class AppearanceTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Theme_SwitchedToDark_StaysAfterReload()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("");
        var light = await BackgroundAsync();

        await Page.Locator("[popovertarget=theme-menu]").ClickAsync();
        await Page.Locator("[data-theme-choice=dark]").ClickAsync();
        await Page.ReloadAsync();
        await Expect(Page.Locator("h1").First).ToBeVisibleAsync();

        (await BackgroundAsync()).ShouldNotBe(light);
    }

    [Fact]
    public async Task Language_SwitchedToChinese_TranslatesThePageAndStays()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("settings");

        await Page.Locator("[popovertarget=language-menu]").ClickAsync();
        await Page.Locator("[data-language=zh-CN]").ClickAsync();

        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(Page.Locator("#navigation")).ToContainTextAsync("事件");
        await OpenAsync("profile");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
    }

    [Fact]
    public async Task Settings_FewerDaysOnRecord_SaysWhileTypingWhatIsDeleted()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("settings");
        var days = Page.GetByRole(AriaRole.Spinbutton, new() { Name = "Retention (days)" });
        var bar = Page.Locator(".save-bar");

        await days.PressAsync("ControlOrMeta+a");
        await days.PressSequentiallyAsync("400");
        await Expect(bar).ToContainTextAsync("1 change");
        await Expect(bar).Not.ToContainTextAsync("deleted for good");
        await days.PressAsync("Backspace");

        await Expect(bar).ToContainTextAsync("Events older than 40 days are deleted for good");
        await Expect(days).ToHaveValueAsync("40");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(days).ToHaveValueAsync("90");
    }

    private Task<string> BackgroundAsync() => Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
