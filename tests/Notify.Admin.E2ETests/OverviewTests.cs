using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class OverviewTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Overview_FromTheFirstChannelToProblems_SaysWhatIsWrongAndLeadsThere()
    {
        await App.AddSlackIntegrationAsync(
            SlackSeeds.Joined, slack => (slack.Name, slack.SlackNotify, slack.SlackStop) = ("Alerts", false, true));
        await SignInAsync(Roles.Operator);
        await OpenAsync("");

        // The first steps are folded away for good, and come back.
        var text = Page.GetByText("Four steps from here to a message in your channel.");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Hide" }).ClickAsync();
        await Expect(text).ToBeHiddenAsync();
        await OpenAsync("");
        await Expect(text).ToBeHiddenAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(text).ToBeVisibleAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Send a sample event" }).ClickAsync();
        await Expect(Page.GetByText("Sample event sent")).ToBeVisibleAsync();
        await Expect(Page.Locator(".status-line")).ToContainTextAsync("The only channel is delivering");

        // One cause, however many channels.
        foreach (var name in (string[])["First", "Second"])
        {
            await App.AddSlackIntegrationAsync(name == "First" ? SlackSeeds.PrivateNotInvited : "C0NOWHERE1",
                slack => (slack.Name, slack.SlackNotify) = (name, true));
        }

        (await App.PostEventAsync("sas-event-suspicious", new { item_level = "serious", title = "Webshell", asset = "web-01" }))
            .EnsureSuccessStatusCode();
        var problem = Page.Locator(".needs > ul > li");
        await Expect(problem).ToContainTextAsync("2 channels need attention. Deliveries held: 2.");
        await Expect(Page.Locator(".status-line")).ToContainTextAsync("2 of 3 channels need attention");
        await problem.GetByText("2 channels", new() { Exact = true }).ClickAsync();
        await Expect(problem.GetByRole(AriaRole.Link, new() { Name = "Second" })).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await problem.GetByRole(AriaRole.Button, new() { Name = "Try all again" }).ClickAsync();
        await Expect(Page.GetByText("Accepted: 0 · refused: 2")).ToBeVisibleAsync();
        await PictureAsync("overview");

        // The bars are one stop for Tab, the arrows move among them, and each leads to its list.
        var bars = Page.GetByRole(AriaRole.Figure, new() { Name = "Events by severity" }).GetByRole(AriaRole.Link);
        await Expect(bars).ToHaveCountAsync(24);
        await bars.Last.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(bars.Nth(22)).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("End");
        await Expect(bars.Last).ToHaveAttributeAsync("aria-label", new Regex("Critical 1"));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Events" })).ToBeVisibleAsync();
        await Expect(Page.GetByText("Webshell").First).ToBeVisibleAsync();

        await OpenAsync("");
        await Page.GetByRole(AriaRole.Link, new() { Name = "30 d" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("time=30d"));
        await Expect(bars).ToHaveCountAsync(30);
    }
}
