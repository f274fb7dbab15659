using System.Collections.Concurrent;
using System.Text;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>What must hold of every page: in both languages and themes accessible, on a phone no wider than the screen, and without a
/// secret.</summary>
public sealed class EveryPageTests(Browser browser, EveryPageTests.FilledProduct product)
    : Journey(browser, product), IClassFixture<EveryPageTests.FilledProduct>
{
    private const string SlackToken = "xoxb-canary-of-the-pages-77aa01";

    private static readonly string[] Secrets =
    [
        SlackToken, TestWorkspaces.ConfigToken, TestWorkspaces.RefreshToken, TestChannels.SandboxToken, RobotSeeds.SignedToken,
            RobotSeeds.SignedSecret, NotifyAdminSettings.ApiKey,
        NotifyAdminSettings.AccessKeySecret, NotifyAdminSettings.AdminPassword,
    ];

    private static readonly string[] Pages = ["", "slack/integrations", "slack/integrations/new", "slack/integrations/1",
        "slack/workspaces", "slack/workspaces/new", "slack/workspaces/1", "dingtalk/chatbots", "dingtalk/chatbots/new",
        "dingtalk/chatbots/1", "dingtalk/chatbots/asset-groups", "slack/functions", "slack/functions/new", "slack/functions/1",
        "slack/functions/bulk", "slack/functions/import", "people", "audit", "audit?open=1", "profile", "settings", "settings/secrets",
        "events", "deliveries", "Account/Password", "Account/TwoFactor"];

    [Theory]
    [InlineData("light", "en")]
    [InlineData("dark", "en")]
    [InlineData("light", "zh-CN")]
    [InlineData("dark", "zh-CN")]
    public async Task Page_AnyThemeAndLanguage_IsAccessible(string theme, string language)
    {
        await SignInAsync(Roles.Admin);
        await SetThemeAsync(theme);
        await SetLanguageAsync(language);
        var problems = new List<string>();
        foreach (var path in Pages)
        {
            await OpenAsync(path);
            await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", language);
            problems.AddRange((await AccessibilityProblemsAsync()).Select(problem => $"/{path}: {problem}"));
        }

        problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task Page_OnAPhone_IsNotWiderThanTheScreen(string language)
    {
        await SignInAsync(Roles.Admin);
        await SetLanguageAsync(language);
        await SetWidthAsync(390, 844);
        var wide = new List<string>();
        foreach (var path in Pages)
        {
            await OpenAsync(path);
            if (await OverflowAsync() is > 0 and var pixels)
            {
                wide.Add($"/{path}: {pixels} px");
            }
        }

        wide.ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_WithSecretsInTheStore_IsSentNone()
    {
        var frames = new ConcurrentQueue<string>();
        Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
            frames.Enqueue(frame.Binary is { } bytes ? Encoding.Latin1.GetString(bytes) : frame.Text ?? "");
        await SignInAsync(Roles.Admin);
        var shown = new List<string>();
        foreach (var path in Pages)
        {
            await OpenAsync(path);
            shown.Add(await Page.ContentAsync() + await Page.EvaluateAsync<string>("() => [...document.querySelectorAll('input, textarea')].map(e => e.value).join('\\n')"));
        }

        // Names arrive, so secrets would be seen.
        frames.ShouldContain(frame => frame.Contains("C0ALERTS01", StringComparison.Ordinal));
        frames.ShouldContain(frame => frame.Contains("SecOps on call", StringComparison.Ordinal));
        foreach (var secret in Secrets)
        {
            shown.ShouldAllBe(text => !text.Contains(secret, StringComparison.Ordinal), secret);
            frames.ShouldAllBe(frame => !frame.Contains(secret, StringComparison.Ordinal), secret);
        }
    }

    [Theory]
    [InlineData(Roles.Operator, "people")]
    [InlineData(Roles.Viewer, "people")]
    [InlineData(Roles.Operator, "audit")]
    [InlineData(Roles.Viewer, "settings")]
    public async Task AdminPage_OtherRole_IsRefused(string role, string path)
    {
        await SignInAsync(role);

        var answer = await Page.GotoAsync(path);

        answer!.Status.ShouldBe(403);
        await Expect(Page.GetByText("You don’t have access to this page").First).ToBeVisibleAsync();
        await Expect(Page.Locator($"#navigation a[href='{path}']")).ToHaveCountAsync(0);
        ForgetProblems();
    }

    public sealed class FilledProduct : Product
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await App.AddSlackIntegrationAsync("C0ALERTS01", token: SlackToken);
            await App.AddWorkspaceAsync();
            await App.AddFunctionAsync(SlackSeeds.NamedFunction);
            await App.AddSlackIntegrationAsync("C0SECOPS01", slack => slack.ChannelName = "sec-ops");
            await App.AddChatbotAsync(RobotSeeds.SignedToken,
                change => change with { Name = "SecOps on call",
                Security = new(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null) });
            (await App.PostEventAsync("scan.completed", new { avgThreat = "High", target = "shop.example.com" })).EnsureSuccessStatusCode();
            (await App.PostEventAsync("sas-event-suspicious",
                new { item_level = "serious", groupId = "7", title = "Mining program started", asset = "web-01" }))
                .EnsureSuccessStatusCode();
            await App.WaitForDeliveriesAsync(deliveries => deliveries.Count >= 4
                && deliveries.Any(d => d.State == Deliveries.DeliveryState.Sent), TimeSpan.FromSeconds(60));
        }
    }
}
