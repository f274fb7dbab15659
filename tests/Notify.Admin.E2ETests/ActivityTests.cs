using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class ActivityTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Event_WhileDeliveriesAreOpen_BecomesARowThatIsSent()
    {
        await App.AddSlackIntegrationAsync(SlackSeeds.Joined);
        (await App.PostEventAsync("scan.started", new { trigger = "queue", target = "first.example.com" })).EnsureSuccessStatusCode();
        await SignInAsync(Roles.Operator);
        await OpenAsync("deliveries");
        await Expect(Row("first.example.com")).ToContainTextAsync("Sent");

        (await App.PostEventAsync("scan.completed", new { avgThreat = "High", target = "second.example.com" })).EnsureSuccessStatusCode();

        // Rows that arrive do not move the list: a button says how many there are.
        await Page.Locator(".new-rows-pill").ClickAsync();
        await Expect(Row("second.example.com")).ToContainTextAsync("Sent");
        await Sandbox.WaitForMessageAsync(message => message.Text.Contains("second.example.com", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await PictureAsync("deliveries");
        await OpenAsync("events");
        await Expect(Page.GetByText("second.example.com").First).ToBeVisibleAsync();
        await PictureAsync("events");

        // The whole row opens it, the time with its tooltip included.
        var story = Page.GetByRole(AriaRole.Dialog);
        await Row("second.example.com").ClickAsync();
        await Expect(story).ToContainTextAsync("second.example.com");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(story).ToHaveCountAsync(0);
        await Row("first.example.com").Locator("time").ClickAsync();
        await Expect(story).ToContainTextAsync("first.example.com");
    }

    private ILocator Row(string text) => Page.Locator("tbody tr").Filter(new() { HasText = text });
}
