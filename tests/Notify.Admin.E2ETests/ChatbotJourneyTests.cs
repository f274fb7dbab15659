using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Sandbox.DingTalk;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>A stranger's first chatbot, from the empty list to the message in the group.</summary>
public sealed class ChatbotJourneyTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    private const string Suspicious = "sas-event-suspicious";

    [Fact]
    public async Task Add_WithoutAMouse_HearsWhatTheRulesSay()
    {
        await PostAsync(new { item_level = "serious", event_type = "Webshell", title = "Found before", asset = "web-01" });
        await PostAsync(new { item_level = "remind", event_type = "Unusual logon", title = "Looked at before", asset = "web-02" });
        await SignInAsync(Roles.Admin);
        await OpenAsync("dingtalk/chatbots");
        await Page.TabToAsync(Page.GetByRole(AriaRole.Link, new() { Name = "Add chatbot" }));
        await Page.Keyboard.PressAsync("Enter");

        await Page.TabAndPasteAsync(Page.GetByLabel("Name", new() { Exact = true }), "SecOps on call");
        await Page.TabAndPasteAsync(Page.GetByLabel("Webhook", new() { Exact = true }),
            Sandbox.RobotUrl(RobotSeeds.SignedToken).AbsoluteUri);
        await Expect(Page.GetByText("Understood: robot …gned at")).ToBeVisibleAsync();
        await Page.TabToAsync(Page.GetByRole(AriaRole.Radio, new() { Name = "Custom keywords" }));
        await Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Page.GetByRole(AriaRole.Radio, new() { Name = "Signature" })).ToBeCheckedAsync();
        await Page.TabAndPasteAsync(Page.GetByLabel("Signing secret"), RobotSeeds.SignedSecret);

        await Page.TabToAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Send test" }));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByText("DingTalk accepted the message")).ToBeVisibleAsync();

        await Page.TabToAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Critical and high only" }));
        await Page.Keyboard.PressAsync("Enter");
        var alerts = Page.GetByRole(AriaRole.Article, new() { Name = "Alerts", Exact = true });
        await Expect(alerts).ToContainTextAsync("Alerts that are Critical, of any type, from any asset group");
        await Expect(Page.Locator(".matches-total")).ToContainTextAsync("1 event of 2 in the last 7 days");

        await Page.TabToAsync(alerts.GetByRole(AriaRole.Checkbox, new() { Name = "Remind" }));
        await Page.Keyboard.PressAsync("Space");
        await Expect(alerts).ToContainTextAsync("Alerts that are Critical or Remind");
        await Expect(Page.Locator(".matches-total")).ToContainTextAsync("2 events of 2 in the last 7 days");

        // The builder's undo, not the browser's, which would take back the secret.
        await Page.Keyboard.PressAsync("Control+z");
        await Expect(alerts.GetByRole(AriaRole.Checkbox, new() { Name = "Remind" })).Not.ToBeCheckedAsync();
        await Expect(Page.GetByLabel("Signing secret")).ToHaveValueAsync(RobotSeeds.SignedSecret);

        await Page.TabToAsync(Page.Locator(".save-bar").GetByRole(AriaRole.Button, new() { Name = "Add chatbot" }));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("h1")).ToContainTextAsync("SecOps on call");
        await Expect(Page.GetByText("The chatbot is added")).ToBeVisibleAsync();
        await Expect(Page.Locator(".last-test")).ToContainTextAsync("Accepted");
        (await Page.ContentAsync()).ShouldSatisfyAllConditions(
            content => content.ShouldNotContain(RobotSeeds.SignedSecret),
            content => content.ShouldNotContain(RobotSeeds.SignedToken));

        await PostAsync(new { item_level = "serious", event_type = "Webshell", title = "A webshell for the group", asset = "web-01" });
        await PostAsync(new { item_level = "remind", event_type = "Webshell", title = "Nothing for the group", asset = "web-01" });
        await Sandbox.WaitForMessageAsync(
            message => message.WentTo(RobotSeeds.SignedToken)
            && message.Text.Contains("A webshell for the group", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await OpenAsync("deliveries");
        await Expect(Page.Locator("tbody tr").Filter(new() { HasText = "A webshell for the group" })).ToContainTextAsync("Sent");
        await Expect(Page.GetByText("Nothing for the group")).ToHaveCountAsync(0);
    }

    private async Task PostAsync(object data) => (await App.PostEventAsync(Suspicious, data)).EnsureSuccessStatusCode();
}
