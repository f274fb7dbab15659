using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>The API's own page: from the profile to an answer, with a key, under the content policy. Takes the picture of the
/// README.</summary>
public sealed class ApiDocsTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Call_ExecutedWithAKey_IsAnswered()
    {
        await App.AddSourceAsync("Backups of the docs", "generic");
        await SignInAsync(Roles.Admin);
        await OpenAsync("profile");
        var docs = await Page.RunAndWaitForPopupAsync(
            () => Page.GetByRole(AriaRole.Link, new() { Name = "Try the API" }).ClickAsync());
        await Expect(docs.Locator(".info .title")).ToContainTextAsync("Notify.Admin");
        var list = docs.Locator("#operations-Sources-ListSources");
        await list.Locator(".opblock-summary-control").ClickAsync();
        await list.Locator(".try-out__btn").ClickAsync();

        // The session of the page is no key.
        await list.Locator(".execute").ClickAsync();
        await Expect(list.Locator(".live-responses-table tr.response .response-col_status")).ToContainTextAsync("401");
        ForgetProblems();

        await docs.Locator(".auth-wrapper .authorize").ClickAsync();
        await docs.Locator(".auth-container input").FillAsync(NotifyAdminSettings.ApiKey);
        await docs.Locator(".auth-container button[type=submit]").ClickAsync();
        await docs.Locator(".auth-container .btn-done").ClickAsync();
        await list.Locator(".execute").ClickAsync();

        await Expect(list.Locator(".live-responses-table tr.response .response-col_status")).ToContainTextAsync("200");
        await Expect(list.Locator(".live-responses-table")).ToContainTextAsync("Backups of the docs");
        (await docs.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length")).ShouldBe(0);
        await list.ScrollIntoViewIfNeededAsync();
        await Pictures.TakeAsync(docs, "api-docs");
    }

    [Theory]
    [InlineData("light", "rgb(255, 255, 255)")]
    [InlineData("dark", "rgb(28, 32, 34)")]
    public async Task Page_IsInTheThemeOfTheConsole(string theme, string ground)
    {
        await SignInAsync(Roles.Viewer);
        await SetThemeAsync(theme);
        await Page.GotoAsync("api/docs");

        await Expect(Page.Locator(".info .title")).ToBeVisibleAsync();
        await Expect(Page.Locator("body")).ToHaveCSSAsync("background-color", ground);
        await Page.SetViewportSizeAsync(390, 860);
        await Expect(Page.Locator(".docs-bar")).ToBeVisibleAsync();
    }
}
