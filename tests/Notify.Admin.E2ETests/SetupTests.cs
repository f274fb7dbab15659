using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed partial class SetupTests(Browser browser, SetupTests.EmptyProduct product)
    : Journey(browser, product), IClassFixture<SetupTests.EmptyProduct>
{
    [Fact]
    public async Task SetUp_WithTheCodeOfTheLog_CreatesTheFirstAdmin()
    {
        await Page.GotoAsync("");
        await Expect(Page).ToHaveURLAsync(new Uri(App.BaseAddress, "setup").AbsoluteUri);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await FillAsync("AAAA-AAAA-AAAA");
        await Expect(Page.GetByText("This is not the code of this start")).ToBeVisibleAsync();

        var code = App.Logs.Lines.Select(line => Code().Match(line)).First(match => match.Success).Groups[1].Value;
        // The log's link brings the code along.
        await Page.GotoAsync(App.Logs.Lines.Select(line => Link().Match(line)).First(match => match.Success).Groups[1].Value);
        await Expect(Page.Locator("input[name=Code]")).ToHaveValueAsync(code);
        await Expect(Page.Locator("input[name=Email]")).ToBeFocusedAsync();
        await FillAsync(code);

        await Expect(Page.Locator("#navigation")).ToBeVisibleAsync();
        await Page.GotoAsync("setup");
        await Expect(Page).Not.ToHaveURLAsync(new Uri(App.BaseAddress, "setup").AbsoluteUri);
    }

    private async Task FillAsync(string code)
    {
        await Page.Locator("input[name=Code]").FillAsync(code);
        await Page.Locator("input[name=Email]").FillAsync("first@example.test");
        await Page.Locator("input[name=Password]").FillAsync("a long enough passphrase");
        await Page.Locator("input[name=Repeat]").FillAsync("a long enough passphrase");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create Admin account" }).ClickAsync();
    }

    [GeneratedRegex("one-time code ([A-Z0-9-]+)")]
    private static partial Regex Code();

    [GeneratedRegex("/(setup\\?code=[A-Z0-9-]+)")]
    private static partial Regex Link();

    public sealed class EmptyProduct : Product
    {
        protected override bool WithAdmin => false;
    }
}
