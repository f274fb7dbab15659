using Microsoft.Playwright;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.SecurityCenter;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>The whole circle: an alert at the vendor, read by a source, matched by a rule, told by a robot. Takes a picture of the
/// README.</summary>
public sealed class SecurityCenterSourceTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task AlertAtTheVendor_IsReadByItsSource_AndReachesTheRobot()
    {
        await App.AddAccountAsync(Sandbox);
        await App.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with
        {
            Name = "Duty",
            Rules = ConfigList.Parse("""
                [{"type":"sas_analysis_online-sas-operation-log-sas-event-suspicious","configItemList":[
                  {"key":"item_level","valueList":["serious"]}]}]
                """).List!,
        });
        await SignInAsync(Roles.Admin);
        await OpenAsync("sources/new");
        await Page.GetByRole(AriaRole.Radio, new() { Name = "Alibaba Cloud Security Center" }).CheckAsync();
        await Expect(Page.GetByLabel("Account", new() { Exact = true })).ToContainTextAsync("Production");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Production cloud");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create source" }).ClickAsync();

        await Expect(Page.Locator("h1")).ToContainTextAsync("Production cloud");
        await DrawnAsync(Page);
        await Expect(Page.GetByText("In a moment")).ToHaveCountAsync(0);
        Sandbox.SecurityCenter.Put(
            new SandboxAlert { Id = 1, Name = "Webshell file found", Uuid = "inet-web-01" },
            new SandboxAlert { Id = 2, Name = "Unusual logon", Type = "Unusual logon", Level = "remind", Uuid = "inet-db-01" });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Poll now" }).ClickAsync();

        var message = await Sandbox.WaitForMessageAsync(
            sent => sent.Target == SandboxTarget.DingTalk && sent.Text.Contains("Webshell file found", StringComparison.Ordinal),
            TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        message.Text.ShouldContain("web-01");
        await Expect(Page.Locator(".poll").First.Locator("dd.num")).ToHaveTextAsync("2");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await PictureAsync("security-center-source");

        await Page.GetByRole(AriaRole.Link, new() { Name = "Show events" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Webshell file found" })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Unusual logon" })).ToBeVisibleAsync();
        Sandbox.Messages.All.ShouldNotContain(sent => sent.Text.Contains("Unusual logon", StringComparison.Ordinal));
    }
}
