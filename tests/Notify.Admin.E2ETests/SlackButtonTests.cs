using System.Net.Http.Json;
using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>From an event to a button in Slack, and back to the console.</summary>
public sealed class SlackButtonTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acknowledge_InSlack_ShowsInTheConsole_AndInTheMessage()
    {
        Sandbox.Slack.Users.Put(
            new SandboxUser { Id = "U0OPERATOR", Name = "operator", RealName = "Olga Operator", Email = "operator@example.test" });
        await App.CreatePersonAsync("operator@example.test", Roles.Operator);

        // The app-level token, in the workspace's page.
        var workspace = await App.AddWorkspaceAsync();
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/workspaces/{workspace}");
        await Page.GetByLabel("App-level token").FillAsync(SlackSeeds.AppToken);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Page.GetByText("Connected since", new() { Exact = true })).ToBeVisibleAsync();
        (await Page.ContentAsync()).ShouldNotContain(SlackSeeds.AppToken);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Connect again" }).ScrollIntoViewIfNeededAsync();
        await PictureAsync("socket-mode");

        // Buttons, in the integration's.
        var id = await App.AddSlackIntegrationAsync(
            SlackSeeds.Joined, s => (s.Name, s.WorkspaceId, s.Token) = ("On call", workspace, null));
        await OpenAsync($"slack/integrations/{id}?tab=messages");
        await Page.GetByRole(AriaRole.Switch, new() { Name = "Buttons in messages" }).CheckAsync();
        await Page.Locator("select:has(option[value='Alert'])").SelectOptionAsync("Alert");
        await Expect(Page.GetByText("[ Acknowledge ]").First).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Page.GetByText("Changes saved")).ToBeVisibleAsync();

        using var content = JsonContent.Create(new
        {
            specversion = "1.0", id = "disk-1", source = "monitoring", type = "disk.alert",
            data = new { title = "Disk of db-01 is full", asset = "db-01", severity = "high", problem = "disk-db-01", state = "open" },
        });
        using var answer = await App.CreateApiClient().PostAsync("api/events", content, Stop);
        answer.EnsureSuccessStatusCode();

        await OpenAsync("events");
        var row = Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Disk of db-01 is full" });
        await Expect(row).ToBeVisibleAsync();

        // In Slack.
        var slack = await NewPageAsync();
        await slack.GotoAsync(Sandbox.BaseAddress.AbsoluteUri);
        var message = slack.Locator(".message:has-text('Disk of db-01')");
        await slack.GetByLabel("Press buttons as").SelectOptionAsync("U0OPERATOR");
        await message.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(slack.GetByText("the app has acknowledged it")).ToBeVisibleAsync();
        await Expect(message.GetByText("Acknowledged by operator@example.test").First).ToBeVisibleAsync();
        await Expect(message.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" })).ToHaveCountAsync(0);

        // And here, on the page that is open.
        await Expect(row.GetByText("Acknowledged")).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog).GetByText("operator@example.test")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await OpenAsync("audit");
        await Expect(Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Event acknowledged" }).First).ToBeVisibleAsync();

        // Muted there, ended here.
        await message.GetByRole(AriaRole.Button, new() { Name = "Mute until fixed" }).ClickAsync();
        await OpenAsync($"slack/integrations/{id}");
        await Expect(Page.GetByText("Muted problems")).ToBeVisibleAsync();
        await Expect(Page.GetByText("events not sent: 0")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GetByRole(AriaRole.Button, new() { Name = "End mute" }).ClickAsync();
        await Expect(Page.GetByText("Muted problems")).ToHaveCountAsync(0);
    }
}
