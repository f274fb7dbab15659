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
        var first = Page.Locator(".row-link").Filter(new() { HasText = "Robot" }).First;
        await Page.Locator("th").Filter(new() { HasText = "Name" }).Locator(".column-header").ClickAsync();
        await Expect(first).ToHaveTextAsync("Robot 000");
        await Page.Locator("th").Filter(new() { HasText = "Name" }).Locator(".column-header").ClickAsync();
        await Expect(first).ToHaveTextAsync("Robot 199");
    }

    private async Task<int> OfOnCallAsync() => (await App.AuditEntriesAsync()).Count(entry => entry.SubjectName == "On call");
}
