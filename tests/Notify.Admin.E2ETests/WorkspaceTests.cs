using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class WorkspaceTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Add_ThenPostWithIt_NeedsNoOtherToken()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("slack/workspaces/new");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Sandbox of the team");
        await Page.GetByLabel("Bot token", new() { Exact = true }).FillAsync("xoxb-nobody-knows-this");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add workspace" }).ClickAsync();
        await Expect(Page.GetByText("Slack refuses this token (invalid_auth)")).ToBeVisibleAsync();

        await Page.GetByLabel("Bot token", new() { Exact = true }).FillAsync(SlackSeeds.BotToken);
        await Page.GetByLabel("App configuration token").FillAsync(SlackSeeds.ConfigurationToken);
        await Page.GetByLabel("Refresh token", new() { Exact = true }).FillAsync(SlackSeeds.RefreshToken);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add workspace" }).ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Sandbox of the team");
        await Expect(Page.GetByText("28 people are kept.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("renewed by itself").First).ToBeVisibleAsync();
        (await Page.ContentAsync()).ShouldNotContain(SlackSeeds.RefreshToken);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await OpenAsync("slack/integrations/new");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("With the workspace");
        await Page.GetByLabel("Post with").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(Page.GetByLabel("Slack token")).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Choose channel" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "sec-ops" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send test" }).ClickAsync();
        await Expect(Page.GetByText("Slack accepted the test message")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add integration" }).ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("With the workspace");

        await OpenAsync("slack/workspaces");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Sandbox of the team" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "With the workspace" })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Changes" }).Locator(".row-link").First).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Delete workspace" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Renew_RefusedBySlack_AsksForANewPairAndTakesIt()
    {
        Sandbox.Slack.Tokens.Put(
            Pair("xoxe.xoxp-first-pair-of-this-test", "xoxe-1-first-of-this-test"),
            Pair("xoxe.xoxp-second-pair-of-this-test", "xoxe-1-second-of-this-test"));
        var id = await App.AddWorkspaceAsync("To be renewed", configToken: "xoxe.xoxp-first-pair-of-this-test",
            refreshToken: "xoxe-1-first-of-this-test");
        Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = "invalid_refresh_token",
            Method = "tooling.tokens.rotate" });
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/workspaces/{id}");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Renew now" }).ClickAsync();
        await Expect(Page.GetByText("Enter a new pair of configuration tokens")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Replace App configuration token" }).ClickAsync();
        await Page.Locator("input").And(Page.GetByLabel("App configuration token", new() { Exact = true }))
            .FillAsync("xoxe.xoxp-second-pair-of-this-test");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Replace Refresh token" }).ClickAsync();
        await Page.Locator("input").And(Page.GetByLabel("Refresh token", new() { Exact = true })).FillAsync("xoxe-1-second-of-this-test");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();

        await Expect(Page.GetByText("Changes saved")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Enter a new pair of configuration tokens")).ToHaveCountAsync(0);
    }

    private static SandboxToken Pair(string token, string refreshToken) => new()
    {
        Token = token,
        RefreshToken = refreshToken,
        Kind = TokenKind.Configuration,
        UserId = SlackSeeds.PersonId(1),
        Scopes = ["app_configurations:read", "app_configurations:write"],
        ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(12),
    };
}
