using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>One page for each channel: tabs around one form, and what has happened to it.</summary>
public sealed class ChannelPageTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    private ILocator Selected => Page.Locator(".page-tabs > .tab-list [aria-selected=true]");

    [Fact]
    public async Task Tabs_MoveByArrows_AndAReloadKeepsTheOpenOne()
    {
        var id = await App.AddChatbotAsync("tabsbykeys");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"dingtalk/chatbots/{id}");
        await Expect(Selected).ToHaveTextAsync("Rules");
        await Expect(Page.Locator(".builder-side")).ToBeVisibleAsync();

        await Selected.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Selected).ToHaveTextAsync("Destination");
        await Expect(Page.GetByLabel("Name", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Page.Locator(".builder-side")).ToBeHiddenAsync();
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Selected).ToHaveTextAsync("Messages");
        await Expect(Selected).ToBeFocusedAsync();
        await Page.ReloadAsync();

        await Expect(Selected).ToHaveTextAsync("Messages");
        await Expect(Page.GetByText("Language of messages").Or(Page.GetByText("Language")).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Changes_OfSeveralTabs_AreSavedAtOnce_AndAnErrorOpensItsTab()
    {
        var id = await App.AddChatbotAsync("severaltabs", change => change with { Name = "Of several tabs" });
        await SignInAsync(Roles.Admin);
        await OpenAsync($"dingtalk/chatbots/{id}?tab=destination");
        var name = Page.GetByLabel("Name", new() { Exact = true });
        await name.FillAsync("");
        await OpenTabAsync("Delivery");
        await Page.GetByLabel("Interval", new() { Exact = true }).FillAsync("15");
        await Expect(Page.GetByText("2 changes", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Tab("Destination").GetByRole(AriaRole.Img, new() { Name = "unsaved changes" })).ToBeVisibleAsync();
        await OpenTabAsync("Changes");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();

        await Expect(name).ToBeFocusedAsync();
        await Expect(Tab("Destination").GetByRole(AriaRole.Img, new() { Name = "needs correction" })).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await name.FillAsync("Saved at once");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Saved at once");
        await Expect(Page.Locator(".tab-mark")).ToHaveCountAsync(0);
        var saved = await FindAsync(id);
        (saved.Name, saved.IntervalMinutes).ShouldBe(("Saved at once", 15));
    }

    [Fact]
    public async Task Draft_ThatComesBack_OpensItsTab()
    {
        var id = await App.AddSlackIntegrationAsync("C0PAGE0001", slack => slack.SlackNotify = false);
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/integrations/{id}?tab=rules");
        await Page.GetByRole(AriaRole.Switch, new() { Name = "Deleted scans" }).CheckAsync();
        await Expect(Page.GetByText("1 change", new() { Exact = true })).ToBeVisibleAsync();
        await Eventually.HoldsAsync(async () => (await DraftsAsync()).Any(draft => draft.Contains("C0PAGE0001")), TimeSpan.FromSeconds(30));

        await OpenAsync($"slack/integrations/{id}");

        await Expect(Page.GetByText("Your unsaved changes are back")).ToBeVisibleAsync();
        await Expect(Selected).ToHaveTextAsync("What to send");
        await Expect(Page.GetByRole(AriaRole.Switch, new() { Name = "Deleted scans" })).ToBeCheckedAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
    }

    [Fact]
    public async Task Changes_ListTheTrailOfThisChannel_AndRevertThere()
    {
        var other = await App.AddSlackIntegrationAsync("C0PAGE0003", slack => slack.Name = "Another one");
        var id = await App.AddSlackIntegrationAsync("C0PAGE0002", slack => slack.Name = "Named first");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/integrations/{id}");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Named last");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Named last");
        await OpenAsync($"slack/integrations/{other}?tab=changes");
        await Expect(Page.Locator(".page-tabs .row-link").First).ToBeVisibleAsync();
        await Expect(Page.Locator(".page-tabs .row-link", new() { HasText = "changed" })).ToHaveCountAsync(0);

        await OpenAsync($"slack/integrations/{id}?tab=changes");
        await Page.Locator(".page-tabs .row-link", new() { HasText = "changed" }).ClickAsync();
        await Expect(Page.Locator("dialog[open]")).ToContainTextAsync("Named first");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Revert" }).ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Revert" }).ClickAsync();

        await Expect(Page.Locator("h1")).ToContainTextAsync("Named first");
        var drawer = Page.Locator("dialog[open]");
        await drawer.GetByRole(AriaRole.Link, new() { Name = "Only entries about it" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("audit\\?subject=slack-integration"));
        await Expect(Page.Locator(".row-link")).ToHaveCountAsync(3);
        await Page.Locator(".row-link").First.ClickAsync();
        await Page.Locator("dialog[open]").GetByRole(AriaRole.Link, new() { Name = "Open channel" }).ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Named first");
    }

    [Fact]
    public async Task Activity_CountsShowsAndLinksWhatWentThere()
    {
        var id = await App.AddSlackIntegrationAsync(SlackSeeds.Joined, slack => slack.Name = "Of the activity");
        (await App.PostEventAsync("scan.completed", new { avgThreat = "High", target = "shop.example.com" })).EnsureSuccessStatusCode();
        var channel = new ChannelKey(ChannelKind.Slack, id);
        await App.WaitForDeliveriesAsync(all => all.Any(d => d.ChannelId == id && d.State == DeliveryState.Sent));
        await SignInAsync(Roles.Viewer);
        await OpenAsync(ChannelLinks.ToForm(channel));

        // Who can change nothing looks how it goes.
        await Expect(Selected).ToHaveTextAsync("Activity");
        await Expect(Page.Locator(".figures")).ToContainTextAsync("100");
        await Expect(Page.Locator(".chart-bar").Last).ToHaveAttributeAsync("aria-label", new Regex("Sent 1"));
        await Expect(Page.Locator(".timeline li")).ToHaveCountAsync(1);
        await Expect(Page.GetByText("No outage is on record.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "7 d" }).ClickAsync();
        await Expect(Page.Locator(".chart-bar")).ToHaveCountAsync(28);
        await Expect(Page).ToHaveURLAsync(new Regex("tab=activity&time=7d"));

        await Page.Locator(".channel-activity .row-link").ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex($"deliveries.channel=slack-{id}&open="));
        await Page.Locator("dialog[open] .facts a", new() { HasText = "Of the activity" }).ClickAsync();
        await Expect(Selected).ToHaveTextAsync("Activity");
        await Page.Locator(".channel-activity .cell-event").ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("events.open="));
        await Page.Locator("dialog[open] .hearing a", new() { HasText = "Of the activity" }).ClickAsync();
        await Expect(Selected).ToHaveTextAsync("Activity");
    }

    [Fact]
    public async Task Rules_OfAViewer_AreFactsWithTheirMatches()
    {
        var id = await App.AddChatbotAsync("asfacts", change => change with { Name = "As facts" });
        await SignInAsync(Roles.Viewer);
        await OpenAsync($"dingtalk/chatbots/{id}?tab=rules");

        await Expect(Page.Locator(".rule-facts dt").First).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Tab, new() { Name = "Matches" })).ToBeVisibleAsync();
        await Expect(Page.Locator("#dingtalk-chatbot input:not([type=search]):visible")).ToHaveCountAsync(0);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        foreach (var tab in (string[])["Destination", "Messages", "Delivery"])
        {
            await OpenTabAsync(tab);
            await Expect(Page.Locator(".facts:visible")).ToBeVisibleAsync();
            await Expect(Page.Locator("#dingtalk-chatbot input:visible")).ToHaveCountAsync(0);
            (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        }
    }

    private ILocator Tab(string name) => Page.Locator(".page-tabs > .tab-list").GetByRole(AriaRole.Tab)
        .Filter(new() { HasText = name });

    private async Task<DingTalkChatbot> FindAsync(int id) =>
        (await App.Chatbots().FindAsync(id, Actor.System, TestContext.Current.CancellationToken))!;
}
