using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>"Where would this go?", from an event's drawer and from typed JSON, to a test that arrives.</summary>
public sealed class WhereToTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Event_FromItsDrawerToATest()
    {
        await App.AddSlackIntegrationAsync(SlackSeeds.Joined, slack => slack.Name = "Hears all");
        await App.AddSlackIntegrationAsync("C0DEAF0001",
            slack => (slack.Name, slack.SlackNotify, slack.SlackStop) = ("Hears stops", false, true));
        (await App.PostEventAsync("scan.completed", new { avgThreat = "High", target = "where.example.com" })).EnsureSuccessStatusCode();
        await SignInAsync(Roles.Operator);
        await OpenAsync("events");
        await Page.Locator("tbody tr").Filter(new() { HasText = "where.example.com" }).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Where would this go?" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Where would this event go?" })).ToBeVisibleAsync();
        var sent = Page.GetByRole(AriaRole.Region, new() { NameRegex = new("^Would be sent it") });
        await Expect(sent).ToContainTextAsync("Hears all");
        await Expect(sent).ToContainTextAsync("Now");
        await Expect(Page.GetByRole(AriaRole.Region, new() { NameRegex = new("^Would not be sent it") })).ToContainTextAsync("Hears stops");

        await sent.GetByRole(AriaRole.Button, new() { Name = "The message for Hears all" }).ClickAsync();
        await Expect(sent.GetByRole(AriaRole.Group, new() { Name = "The message for Hears all" })).ToContainTextAsync("where.example.com");
        await PictureAsync("where");
        await sent.GetByRole(AriaRole.Button, new() { Name = "Send as a test to Hears all" }).ClickAsync();
        await Expect(sent.GetByText("Test accepted")).ToBeVisibleAsync();
        await Sandbox.WaitForMessageAsync(message => message.Text.Contains("TEST, not an alert", StringComparison.Ordinal)
            && message.Text.Contains("where.example.com", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Json_WithAMistake_NamesItsLine_AndMendedIsAnswered()
    {
        await SignInAsync(Roles.Viewer);
        await OpenAsync("where");
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Sample or JSON" }).ClickAsync();
        var json = Page.GetByLabel("Event (CloudEvents JSON)");
        await Expect(json).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("Webshell"));

        await json.FillAsync("""
            {
              "specversion": "1.0", "id": "1", "source": "s", "type": "scan.completed",
              "data": { "avgThreat": "Huge" }
            }
            """);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Show where it would go" }).ClickAsync();
        await Expect(Page.GetByText("/api/events would refuse this")).ToBeVisibleAsync();
        await Expect(Page.Locator(".problems")).ToContainTextAsync("Line 3");
        await Expect(Page.Locator(".problems")).ToContainTextAsync("data.avgThreat");

        await json.FillAsync("""{ "specversion": "1.0", "id": "1", "source": "s", "type": "scan.completed", "data": { "avgThreat": "Low" } }""");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Show where it would go" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { NameRegex = new("^Would be sent it") })).ToBeVisibleAsync();
        await Expect(Page.Locator(".problems")).ToHaveCountAsync(0);
        // A Viewer looks, and sends nothing.
        await Expect(Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Send as a test") })).ToHaveCountAsync(0);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
    }
}
