using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>The lists of channels: one stray click silences nothing for good, and two hundred are paged before they are drawn.</summary>
public sealed class ChannelListTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    // Opened, of 200: what goes over the circuit.
    private const int MostBytes = 300_000;

    [Theory]
    [InlineData("slack/integrations")]
    [InlineData("dingtalk/chatbots")]
    public async Task Switch_TurnedOff_SaysSo_AndUndoPutsItBack(string list)
    {
        _ = list.StartsWith("slack", StringComparison.Ordinal)
            ? await App.AddSlackIntegrationAsync("C0UNDO0001", slack => slack.Name = "On call")
            : await App.AddChatbotAsync("undone", change => change with { Name = "On call" });
        await SignInAsync(Roles.Admin);
        await OpenAsync(list);
        var onOff = Page.GetByRole(AriaRole.Switch, new() { Name = "On call" });
        await Expect(onOff).ToBeCheckedAsync();

        var before = await OfOnCallAsync();
        await onOff.ClickAsync();
        await Expect(Page.GetByText("“On call” is off. Nothing is sent there.")).ToBeVisibleAsync();
        await Expect(onOff).Not.ToBeCheckedAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(onOff).ToBeCheckedAsync();
        (await OfOnCallAsync()).ShouldBe(before + 2, "off, and on again");
    }

    [Fact]
    public async Task List_OfTwoHundredChatbots_OpensLight_AndSorts()
    {
        for (var i = 0; i < 200; i++)
        {
            await App.AddChatbotAsync($"robot{i:d3}", change => change with { Name = $"Robot {i:d3}" });
        }

        var bytes = 0;
        Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => bytes += frame.Binary?.Length ?? frame.Text?.Length ?? 0;
        await SignInAsync(Roles.Viewer);
        await OpenAsync("dingtalk/chatbots");
        await Expect(Page.Locator(".row-link")).ToHaveCountAsync(30);
        TestContext.Current.TestOutputHelper?.WriteLine($"200 chatbots: {bytes} bytes over the circuit");
        bytes.ShouldBeLessThan(MostBytes);

        // The other tests' channels are in the list as well.
        await Page.GetByRole(AriaRole.Searchbox).FillAsync("robot");
        await Expect(Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "200 of" })).ToBeVisibleAsync();
        var first = Page.Locator(".row-link").First;
        await Expect(first).ToHaveTextAsync("Robot 000");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Name" }).ClickAsync();
        await Expect(first).ToHaveTextAsync("Robot 199");
        await Expect(Page.GetByRole(AriaRole.Columnheader, new() { Name = "Name" })).ToHaveAttributeAsync("aria-sort", "descending");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(first).ToHaveTextAsync("Robot 169");

        // All of it is in the address.
        await Page.ReloadAsync();
        await Expect(first).ToHaveTextAsync("Robot 169");
        await Expect(Page.GetByText("31–60 of 200")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Selected_AreSwitchedOffAfterAQuestion_AndPutBack()
    {
        await App.AddSlackIntegrationAsync("C0MANY0001", slack => slack.Name = "Many one");
        await App.AddSlackIntegrationAsync("C0MANY0002", slack => (slack.Name, slack.IsOn) = ("Many two", false));
        await SignInAsync(Roles.Admin);
        await OpenAsync("slack/integrations?q=many");
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select every row of this page" }).CheckAsync();
        await Expect(Page.GetByText("2 selected")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        var question = Page.GetByRole(AriaRole.Alertdialog, new() { Name = "Switch off 2 channels?" });
        await Expect(question).ToContainTextAsync("Many one, Many two");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await question.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Switched off: 2 of 2" })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Switch, new() { Name = "Many one" })).Not.ToBeCheckedAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Switched on: 1 of 1" })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Switch, new() { Name = "Many one" })).ToBeCheckedAsync();
        await Expect(Page.GetByRole(AriaRole.Switch, new() { Name = "Many two" })).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Columns_PutAway_StayAway_AlsoOnAPhone_AndTheExportIsOfWhatIsFound()
    {
        await App.AddSlackIntegrationAsync("C0COLUMN01", slack => slack.Name = "Columns one");
        await SignInAsync(Roles.Viewer);
        await OpenAsync("slack/integrations?q=columns");
        var head = Page.GetByRole(AriaRole.Columnheader, new() { Name = "Subscribed to" });
        await Expect(head).ToBeVisibleAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Subscribed to" }).UncheckAsync();
        await Expect(head).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Checkbox, new() { Name = "Subscribed to" })).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await Page.SetViewportSizeAsync(360, 740);
        await OpenAsync("slack/integrations?q=columns");
        await Expect(Page.Locator("td[data-label]").First).ToBeVisibleAsync();
        await Expect(Page.Locator("td[data-label='Subscribed to']")).ToHaveCountAsync(0);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        var download = await Page.RunAndWaitForDownloadAsync(
            () => Page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(2);
        lines[1].ShouldContain("Columns one");
    }

    private async Task<int> OfOnCallAsync() => (await App.AuditEntriesAsync()).Count(entry => entry.SubjectName == "On call");
}
