using Microsoft.Playwright;
using Notify.Admin.Security;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>What a page says while it has no connection. Blazor sets classes of an element; here the tests do.</summary>
public sealed class ReconnectTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task LoadAgain_IsInReachAboveAnOpenDrawer()
    {
        (await App.PostEventAsync("scan.started", new { trigger = "queue", target = "lost.example.com" })).EnsureSuccessStatusCode();
        await SignInAsync(Roles.Viewer);
        await OpenAsync("events");
        await Page.Locator("tbody tr").Filter(new() { HasText = "lost.example.com" }).ClickAsync();
        var drawer = Page.GetByRole(AriaRole.Dialog);
        await Expect(drawer).ToContainTextAsync("lost.example.com");

        await SetStateAsync("show");

        var card = Page.GetByRole(AriaRole.Alertdialog);
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Load again" })).ToBeFocusedAsync();
        // The page stays in sight.
        await Expect(card).ToHaveCSSAsync("background-color", "rgba(0, 0, 0, 0)");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(card).ToBeVisibleAsync();

        // A connection that is there again gives the drawer back.
        await SetStateAsync("hide");
        await Expect(card).ToBeHiddenAsync();
        await Expect(drawer.GetByRole(AriaRole.Button).First).ToBeInViewportAsync();
        await drawer.GetByText("lost.example.com").First.ClickAsync();

        await SetStateAsync("show");
        await Page.EvaluateAsync("() => { window.before = true; }");
        await card.GetByRole(AriaRole.Button, new() { Name = "Load again" }).ClickAsync();
        await Page.WaitForFunctionAsync("() => window.before === undefined");
        await Expect(drawer).ToContainTextAsync("lost.example.com");

        Task SetStateAsync(string state) => Page.EvaluateAsync(
            "state => { document.getElementById('components-reconnect-modal').className = `components-reconnect-${state}`; }", state);
    }

    [Fact]
    public async Task WithoutADialog_ItTakesNoFocus()
    {
        await SignInAsync(Roles.Viewer);
        await OpenAsync("events");
        var search = Page.GetByRole(AriaRole.Searchbox).First;
        await search.FocusAsync();

        await Page.EvaluateAsync("() => document.getElementById('components-reconnect-modal').classList.add('components-reconnect-show')");

        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Load again" })).ToBeVisibleAsync();
        await Expect(search).ToBeFocusedAsync();
        // And what was typed can be copied.
        await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
    }
}
