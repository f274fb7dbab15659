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
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
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

        // From row to row without closing: by key and by button; the last row has no next.
        await Page.Keyboard.PressAsync("k");
        await Expect(story).ToContainTextAsync("second.example.com");
        await Expect(story.GetByRole(AriaRole.Button, new() { Name = "Previous row" })).ToBeDisabledAsync();
        await story.GetByRole(AriaRole.Button, new() { Name = "Next row" }).ClickAsync();
        await Expect(story).ToContainTextAsync("first.example.com");
        await Page.GoBackAsync();
        await Expect(story).ToHaveCountAsync(0);
        await Page.Locator("tbody tr").Last.ClickAsync();
        await Expect(story.GetByRole(AriaRole.Button, new() { Name = "Next row" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Drawer_TextSelectedOutOfIt_StaysOpen_AndAClickBesideItCloses()
    {
        (await App.PostEventAsync("custom.alert", new { title = "Selected by somebody" })).EnsureSuccessStatusCode();
        await SignInAsync(Roles.Viewer);
        await OpenAsync("events");
        var story = Page.GetByRole(AriaRole.Dialog);
        await Row("Selected by somebody").ClickAsync();
        var text = (await story.GetByText("Selected by somebody").First.BoundingBoxAsync())!;

        // What closes it begins with this, at once; the rest is the server's.
        await Page.EvaluateAsync("() => { window.dismissed = 0; addEventListener('cancel', () => window.dismissed++, true); }");

        await Page.Mouse.MoveAsync(text.X + 5, text.Y + 5);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(20, text.Y + 5);
        await Page.Mouse.UpAsync();

        (await Page.EvaluateAsync<int>("() => window.dismissed")).ShouldBe(0);
        await Expect(story).ToContainTextAsync("Selected by somebody");
        await Page.Mouse.ClickAsync(20, 300);
        await Expect(story).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Held_ForItsChannel_IsTriedNotSentAgain_AndSaysWhatCameOfIt()
    {
        // Of stopped scans alone: the other tests' events are not for it.
        await App.AddSlackIntegrationAsync(SlackSeeds.NotJoined,
            slack => (slack.Name, slack.SlackNotify, slack.SlackStop) = ("Not joined", false, true));
        (await App.PostEventAsync("scan.stopped", new { target = "held.example.com" })).EnsureSuccessStatusCode();
        await SignInAsync(Roles.Operator);
        await OpenAsync("deliveries?state=held");
        await Expect(Row("held.example.com")).ToContainTextAsync("needs attention");
        var sendAgain = Page.GetByRole(AriaRole.Button, new() { NameRegex = new("[Ss]end .*again") });

        await Expect(sendAgain).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Try these channels again" }).ClickAsync();
        await Expect(Page.GetByText("Not joined: Refused again")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Main).GetByText("not_in_channel").First).ToBeVisibleAsync();

        await Expect(Row("held.example.com")).ToContainTextAsync("needs attention");
        await Row("held.example.com").GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(sendAgain).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Try the channel again" })).ToBeVisibleAsync();

        await OpenAsync("");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Try channel again" }).ClickAsync();
        await Expect(Page.GetByText("Refused again")).ToBeVisibleAsync();
    }

    private ILocator Row(string text) => Page.Locator("tbody tr").Filter(new() { HasText = text });
}
