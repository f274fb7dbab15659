using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>Channels in daily use: tagged together, found by their tag, quiet for an hour, and sent what their vendor's dialect cannot ask
/// for.</summary>
public sealed class OperateTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tagged_AreFoundByTheirTag_AndOneIsSnoozedAndComesBack()
    {
        await App.AddChatbotAsync("nightone", change => change with { Name = "Night one" });
        await App.AddChatbotAsync("nighttwo", change => change with { Name = "Night two" });
        await App.AddChatbotAsync("dayone", change => change with { Name = "Day one" });
        await SignInAsync(Roles.Admin);
        await OpenAsync("dingtalk/chatbots?q=night");
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select every row of this page" }).CheckAsync();
        await Button("Add tag…").ClickAsync();
        var question = Page.GetByRole(AriaRole.Alertdialog, new() { Name = "Add a tag to 2 channels?" });
        await question.GetByLabel("Tag", new() { Exact = true }).FillAsync("prod");
        await question.GetByRole(AriaRole.Button, new() { Name = "Add tag…" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Tag prod added: 2 of 2 done" })).ToBeVisibleAsync();

        await OpenAsync("dingtalk/chatbots?tag=prod");
        await Expect(Page.Locator(".row-link")).ToHaveTextAsync(["Night one", "Night two"]);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.Locator(".row-link").First.ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Night one");
        await DrawnAsync(Page);
        await Button("Snooze…").ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Snooze this channel" });
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Snooze", Exact = true }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Say why, for whoever wonders later.");
        await dialog.GetByLabel("Reason").FillAsync("Rolling out new agents");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Snooze", Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Reason: Rolling out new agents")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await OpenAsync("dingtalk/chatbots?tag=prod");
        await Expect(Row("Night one")).ToContainTextAsync("Snoozed");
        await Expect(Row("Night two")).Not.ToContainTextAsync("Snoozed");
        await Page.Locator(".row-link").First.ClickAsync();
        await Button("End now").ClickAsync();
        await Expect(Button("Snooze…")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Rolling out new agents")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task DeliverySettings_OfMany_AreSetAfterAPlan_AndPutBack()
    {
        var first = await App.AddChatbotAsync("bulkone", change => change with { Name = "Bulk one", IntervalMinutes = 5 });
        await App.AddChatbotAsync("bulktwo", change => change with { Name = "Bulk two" });
        await App.AddChatbotAsync("bulksix", change => change with { Name = "Bulk six", IntervalMinutes = 15 });
        await SignInAsync(Roles.Admin);
        await OpenAsync("dingtalk/chatbots?q=bulk");
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select every row of this page" }).CheckAsync();
        await Button("Delivery settings…").ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Delivery settings of 3 channels" });
        var set = dialog.GetByRole(AriaRole.Button, new() { Name = "Set delivery settings" });
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("Nothing is chosen yet.");
        await Expect(set).ToBeDisabledAsync();

        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "Interval" }).CheckAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("Complete what is marked above.");
        await dialog.GetByLabel("Minutes between messages").FillAsync("15");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("2 will change. Already so: 1.");
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "Quiet hours" }).CheckAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("3 will change.");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await set.ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Delivery settings set: 3 of 3 done" })).ToBeVisibleAsync();
        var chatbots = App.Services.GetRequiredService<DingTalkChatbotService>();
        var stored = (await chatbots.FindAsync(first, await App.AdminActorAsync(), Stop))!;
        (stored.IntervalMinutes, stored.Delivery.QuietHours.IsOn).ShouldBe((15, true));
        await Button("Undo").ClickAsync();
        await Eventually.HoldsAsync(async () => await chatbots.FindAsync(first, await App.AdminActorAsync(), Stop)
            is { IntervalMinutes: 5, Delivery.QuietHours.IsOn: false }, Soon);
    }

    [Fact]
    public async Task OwnRule_MadeByPicking_SendsWhatTheSwitchesOfTheIntegrationCannotAskFor()
    {
        var id = await App.AddSlackIntegrationAsync(SlackSeeds.Joined, slack => (slack.Name, slack.SlackNotify) = ("Own rules", false));
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/integrations/{id}?tab=rules");
        await Button("Add own rule").ClickAsync();
        var rule = Page.GetByRole(AriaRole.Article, new() { Name = "Own rule 1" });
        await rule.GetByLabel("Condition 1: lowest severity").SelectOptionAsync("critical");
        await rule.GetByRole(AriaRole.Button, new() { Name = "Add condition" }).ClickAsync();
        await rule.GetByLabel("Condition 2: what").SelectOptionAsync("Asset");
        await rule.GetByLabel("Condition 2: how").SelectOptionAsync("Like");
        await rule.GetByLabel("Condition 2: pattern").FillAsync("web-*");
        await rule.GetByLabel("Condition 2: pattern").PressAsync("Tab");
        await rule.GetByRole(AriaRole.Button, new() { Name = "Add condition" }).ClickAsync();
        await rule.GetByLabel("Condition 3: what").SelectOptionAsync("New");
        await rule.GetByLabel("Condition 3: days").FillAsync("30");
        await rule.GetByLabel("Condition 3: days").PressAsync("Tab");
        await Expect(rule.Locator(".card-sentence")).ToContainTextAsync("web-*”, seen for the first time in 30 days");
        await PictureAsync("own-rule");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Button("Save changes").ClickAsync();
        await Expect(Page.Locator(".save-bar-saved")).ToHaveCountAsync(1);

        await PostAsync("serious", "Found on the database", "db-01");
        await PostAsync("serious", "Found on the web server", "web-01");
        await PostAsync("serious", "Found on the web server", "WEB-01");
        await Sandbox.WaitForMessageAsync(
            message => message.Text.Contains("Found on the web server", StringComparison.Ordinal), Soon, Stop);
        await OpenAsync("deliveries?q=Found");
        // The other tests' channels are sent all of them, and the second on the web server is not new.
        await Expect(Row("Own rules").Filter(new() { HasText = "Found on the web server" })).ToContainTextAsync("Sent");
        await Expect(Row("Own rules").Filter(new() { HasText = "Found on the database" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Inhibition_MadeByPicking_HoldsBackWhatDependsOnAnOpenProblem()
    {
        await App.AddSlackIntegrationAsync("C0SECOPS01", slack => slack.Name = "Everything");
        await SignInAsync(Roles.Admin);
        await OpenAsync("inhibitions");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Add inhibition" }).ClickAsync();
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Hosts");
        await AddTextRuleAsync("inhibition-problems", "host down");
        await AddTextRuleAsync("inhibition-dependants", "service");
        await Expect(Page.Locator("#inhibition-dependants .card-sentence")).ToContainTextAsync("service");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await PictureAsync("inhibition");
        await Button("Add inhibition").ClickAsync();
        await Expect(Page.GetByText("Inhibition added")).ToBeVisibleAsync();

        await App.PostEventAsync("tool.alarm", new { title = "host down", asset = "web-09", state = "open", problem = "p-9" }, "host-9");
        await App.PostEventAsync("tool.alarm", new { title = "service away", asset = "web-09" }, "service-9");
        await OpenAsync("deliveries?q=service");
        await Expect(Row("Everything")).ToContainTextAsync("Inhibited by event host-9");
        await OpenAsync("events?q=service-9");
        await Row("service away").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Inhibited by event host-9");
        await Sandbox.WaitForMessageAsync(
            message => message.Text.Contains("“Hosts” holds back what depends on it", StringComparison.Ordinal), Soon, Stop);
    }

    private async Task AddTextRuleAsync(string section, string words)
    {
        var rules = Page.Locator($"#{section}");
        await rules.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        await rules.GetByLabel("Condition 1: what").SelectOptionAsync("Text");
        await rules.GetByLabel("Condition 1: words in title or text").FillAsync(words);
        await rules.GetByLabel("Condition 1: words in title or text").PressAsync("Tab");
    }

    private ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private ILocator Row(string name) => Page.Locator("tbody tr").Filter(new() { HasText = name });

    private async Task PostAsync(string level, string title, string asset) => (await App.PostEventAsync("sas-event-suspicious",
        new { item_level = level, event_type = "Webshell", title, asset, severity = "Critical" })).EnsureSuccessStatusCode();
}
