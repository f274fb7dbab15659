using System.Net.Http.Json;
using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class SlackTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Add_WithATestBefore_SavesAndListsIt()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("slack/integrations/new");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Alerts of the night");
        await Page.GetByLabel("Slack token").FillAsync(SlackSeeds.BotToken);
        await Page.GetByLabel("Channel id").FillAsync(SlackSeeds.Joined);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Send test" }).ClickAsync();
        await Expect(Page.GetByText("Slack accepted the test message")).ToBeVisibleAsync();
        Sandbox.Messages.ShouldNotBeNull();
        await Sandbox.WaitForMessageAsync(message => message.WentTo(SlackSeeds.Joined), TimeSpan.FromSeconds(60),
            TestContext.Current.CancellationToken);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Add integration" }).ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Alerts of the night");
        await Expect(Page.Locator(".last-test")).ToContainTextAsync("Accepted");
        (await Page.ContentAsync()).ShouldNotContain(SlackSeeds.BotToken);
        await PictureAsync("slack-integration");
        await OpenAsync("slack/integrations");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Alerts of the night" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Add_WithoutAMouse_TestsAndSaves()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("slack/integrations/new");
        await Page.TabAndPasteAsync(Page.GetByLabel("Name", new() { Exact = true }), "By keyboard");
        await Page.TabAndPasteAsync(Page.GetByLabel("Slack token"), SlackSeeds.BotToken);
        await Page.TabAndPasteAsync(Page.GetByLabel("Channel id"), SlackSeeds.PrivateInvited);
        await Page.TabToAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Send test" }));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByText("Slack accepted the test message")).ToBeVisibleAsync();
        await Page.TabToAsync(Page.Locator(".save-bar").GetByRole(AriaRole.Button, new() { Name = "Add integration" }));
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.Locator("h1")).ToContainTextAsync("By keyboard");
        await Expect(Page.Locator(".last-test")).ToContainTextAsync("Accepted");
    }

    [Fact]
    public async Task Test_InAChannelTheBotHasNotJoined_SaysWhatToDo()
    {
        var id = await App.AddSlackIntegrationAsync(SlackSeeds.NotJoined);
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/integrations/{id}");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Send test" }).ClickAsync();

        await Expect(Page.GetByText("The test message was not sent")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Main).GetByText("not_in_channel", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(Page.GetByText("What to do:").First).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Join channel" })).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Enter_InABoxOfTheForm_SavesNothing_CtrlEnterDoes()
    {
        var id = await App.AddSlackIntegrationAsync("C0ENTER001", slack => slack.Name = "Before");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/integrations/{id}");
        var name = Page.GetByLabel("Name", new() { Exact = true });
        await name.FillAsync("After");
        await Expect(Page.GetByText("1 change", new() { Exact = true })).ToBeVisibleAsync();

        await name.PressAsync("Enter");
        await Page.GetByLabel("Channel id").PressAsync("Enter");
        await Expect(Page.Locator("h1")).ToContainTextAsync("Before");
        await Expect(Page.GetByText("1 change", new() { Exact = true })).ToBeVisibleAsync();
        await name.PressAsync("Control+Enter");

        await Expect(Page.Locator("h1")).ToContainTextAsync("After");
    }

    [Fact]
    public async Task FollowUp_Chosen_ChangesTheMessageAtSlack_AndEachPageSaysSo()
    {
        Sandbox.Slack.Channels.Put(new SandboxChannel { Id = "C0PROBLEM1", Name = "problems", Members = [SlackSeeds.BotUserId] });
        var id = await App.AddSlackIntegrationAsync("C0PROBLEM1", slack => slack.Name = "Problems");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/integrations/{id}?tab=messages");
        await Page.GetByLabel("Update the message").CheckAsync();
        await Page.Locator("select:has(option[value='Alert'])").SelectOptionAsync("Alert");
        await Expect(Page.GetByText("🟢 Resolved after 42 min")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Page.GetByText("Changes saved")).ToBeVisibleAsync();

        var began = DateTimeOffset.UtcNow.AddMinutes(-42);
        await TellAsync("open", began, 1);
        await TellAsync("resolved", began.AddMinutes(42), 2);

        // The product of a class's tests has channels of the others too; they are sent the same event.
        await OpenAsync("deliveries");
        await Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Problems" }).First
            .GetByRole(AriaRole.Button, new() { Name = "Disk of db-01 is full" }).ClickAsync();
        await Expect(Page.GetByText("updated the message of")).ToBeVisibleAsync();
        await Page.GotoAsync(Sandbox.BaseAddress.AbsoluteUri);
        await Expect(Page.Locator(".message:has-text('Disk of db-01')")).ToHaveCountAsync(1);
        await Expect(Page.Locator(".message .edited")).ToHaveTextAsync("edited");
        await PictureAsync("one-problem-sandbox");
    }

    private async Task TellAsync(string state, DateTimeOffset time, int messages)
    {
        using var content = JsonContent.Create(new
        {
            specversion = "1.0", id = $"disk-{state}", source = "monitoring", type = "disk.alert", time,
            data = new { title = "Disk of db-01 is full", asset = "db-01", severity = "high", problem = "disk-db-01", state },
        });
        using var answer = await App.CreateApiClient().PostAsync("api/events", content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        await Sandbox.Messages.WaitAsync(messages, TimeSpan.FromSeconds(60), message => message.WentTo("C0PROBLEM1"),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task UpdateSlack_WhileTheListIsOpen_ShowsWithoutReload()
    {
        await App.AddSlackIntegrationAsync("C0LIVE0001", slack => slack.SlackNotify = false);
        await SignInAsync(Roles.Viewer);
        await OpenAsync("slack/integrations");
        await Expect(Page.GetByText("C0LIVE0002")).ToHaveCountAsync(0);

        using var answer = await App.CreateClient().PostAsJsonAsync("api/UpdateSlack", new
        {
            apiKey = NotifyAdminSettings.ApiKey, channelId = "C0LIVE0002", slackToken = SlackSeeds.BotToken, slackNotify = true,
        }, TestContext.Current.CancellationToken);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"Error\":0");

        await Expect(Page.GetByText("C0LIVE0002").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Save_AfterSomebodyElse_ShowsBothAndLosesNothing()
    {
        var id = await App.AddSlackIntegrationAsync("C0BOTH0001", slack => slack.Name = "Before");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/integrations/{id}");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Mine");
        // The typing has arrived.
        await Expect(Page.GetByText("1 change", new() { Exact = true })).ToBeVisibleAsync();

        await App.EditSlackIntegrationAsync(id, slack => slack.Name = "Theirs");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(Page.GetByText("Theirs").First).ToBeVisibleAsync();
        await Expect(Page.GetByText("Mine").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Leave_WithUnsavedChanges_AsksFirst()
    {
        var id = await App.AddSlackIntegrationAsync("C0GUARD001");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/integrations/{id}");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Not saved yet");

        await Page.Locator("nav a[href='events']").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Alertdialog).Or(Page.GetByRole(AriaRole.Dialog))).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Not saved yet");
    }

    [Fact]
    public async Task Form_AsViewer_ShowsButCannotChange()
    {
        var id = await App.AddSlackIntegrationAsync("C0VIEWER01");
        await SignInAsync(Roles.Viewer);
        await OpenAsync($"slack/integrations/{id}");

        await Expect(Page.Locator(".page-tabs > .tab-list [aria-selected=true]")).ToHaveTextAsync("Activity");
        await OpenTabAsync("Destination");
        await Expect(Page.Locator(".facts:visible")).ToContainTextAsync("C0VIEWER01");
        await Expect(Page.Locator("#slack-integration :is(input, select, textarea):visible")).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Send test" })).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Delete" })).ToHaveCountAsync(0);
    }
}
