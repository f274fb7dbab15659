using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>What must hold of every page: in both languages and themes accessible, whole at every width, and without a secret.</summary>
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
        "rule-sets", "rule-sets/new", "rule-sets/1", "inhibitions", "inhibitions/new", "inhibitions/1",
        "sources", "sources/new", "sources/1", "sources/1/mapping", "slack/workspaces", "slack/workspaces/new", "slack/workspaces/1",
        "accounts", "accounts/new", "accounts/1", "accounts/1/publish",
        "dingtalk/chatbots", "dingtalk/chatbots/new",
        "slack/integrations/1?tab=activity", "slack/integrations/1?tab=rules",
        "slack/integrations/1?tab=delivery", "slack/integrations/1?tab=changes",
        "dingtalk/chatbots/1", "dingtalk/chatbots/1?tab=activity&time=30d", "dingtalk/chatbots/1?tab=destination",
        "dingtalk/chatbots/1?tab=messages",
        "dingtalk/chatbots/1?tab=delivery", "dingtalk/chatbots/1?tab=changes", "dingtalk/chatbots/asset-groups",
        "slack/functions", "slack/functions/new", "slack/functions/1",
        "slack/functions/bulk", "slack/functions/import", "people", "people/keys", "audit", "audit?open=1", "profile", "settings",
        "settings/secrets",
        "settings/file", "events", "events?open=1", "where", "where?event=1", "maintenance", "coverage",
        "coverage?type=alert:vul&severity=high",
        "deliveries", "deliveries?open=D-1", "Account/Password", "Account/TwoFactor", "Account/Denied",
        "not-found"];

    private static readonly string[] AnonymousPages = ["Account/Login", "Account/Accept?user=none&token=none"];

    // What opens over a page, and what opens it.
    private static readonly (string Path, string Opener)[] Overlays =
    [
        ("", "[popovertarget=bell-menu]"),
        ("", "[popovertarget=account-menu]"), ("", "[popovertarget=language-menu]"), ("", "[popovertarget=theme-menu]"),
        ("maintenance", "button:has-text('Plan maintenance')"),
        ("people", ".page-actions button"), ("people", ".row-link"), ("audit", ".row-link"), ("events", ".row-link"),
        ("deliveries", ".row-link"),
        ("deliveries", ".page-actions button"), ("slack/functions/1", "button:has-text('Remove from list')"),
        ("sources/1", "button:has-text('Rotate address')"), ("sources/1", "button:has-text('Delete source')"),
        ("slack/functions/1", "button:has-text('Paste a list')"), ("slack/integrations/1", "button:has-text('Delete')"),
        ("audit?subject=slack-integration/1", ".row-link"),
        ("dingtalk/chatbots/1", "button:has-text('Delete')"), ("profile", "button:has-text('Create API key')"),
        ("profile", "button:has-text('Create AccessKey pair')"),
    ];

    // Set-up is open only while nobody has an account, the second step only between two: their own journeys look at them.
    private static readonly string[] PagesOfJourneys = ["/setup", "/Account/Code"];

    [Fact]
    public async Task Page_InBothThemesAndAtEveryWidth_IsAccessibleAndWhole()
    {
        var problems = new List<string>();
        await VisitAsync(async path => problems.AddRange((await PageWalk.ProblemsAsync(Page)).Select(problem => $"/{path} {problem}")));

        problems.ShouldBeEmpty(string.Join('\n', problems));
    }

    [Fact]
    public async Task Page_InChinese_HasNoEnglishLeft_AndIsAccessibleOnAPhone()
    {
        await SetLanguageAsync("zh-CN");
        var problems = new List<string>();
        await VisitAsync(async path =>
        {
            await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
            problems.AddRange((await PageWalk.EnglishAsync(Page, ForeignWords.Allowed)).Select(word => $"/{path}: {word}"));
            problems.AddRange((await PageWalk.PhoneProblemsAsync(Page)).Select(problem => $"/{path} {problem}"));
        });

        problems.ShouldBeEmpty(string.Join('\n', problems));
    }

    [Fact]
    public async Task Overlay_WhenOpen_IsAccessibleInBothThemes()
    {
        await SignInAsync(Roles.Admin);
        var problems = new List<string>();
        foreach (var (path, selector) in Overlays)
        {
            await OpenAsync(path);
            await Page.Locator(selector).First.ClickAsync();
            await Expect(Page.Locator("dialog[open], [popover]:popover-open").First).ToBeVisibleAsync();
            problems.AddRange((await PageWalk.ThemedProblemsAsync(Page)).Select(problem => $"/{path} {selector} {problem}"));
        }

        problems.ShouldBeEmpty(string.Join('\n', problems));
    }

    [Fact]
    public void Pages_AreAllThatTheProductHas()
    {
        var visited = Pages.Concat(AnonymousPages).Select(path => "/" + path.Split('?')[0]).Concat(PagesOfJourneys).ToList();

        var forgotten = typeof(Program).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>())
            .Select(route => route.Template.Replace("{Id:int}", "1", StringComparison.Ordinal))
            .Except(visited);

        forgotten.ShouldBeEmpty();
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
            await OpenWholeAsync(path);
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
        await Expect(Page.GetByText("You don't have access to this page").First).ToBeVisibleAsync();
        await Expect(Page.Locator($"#navigation a[href='{path}']")).ToHaveCountAsync(0);
        ForgetProblems();
    }

    // With the drawer that the address names: without it, it would be the list that is looked at.
    private async Task OpenWholeAsync(string path)
    {
        await OpenAsync(path);
        if (path.Contains("open=", StringComparison.Ordinal))
        {
            await Expect(Page.Locator("dialog[open]")).ToBeVisibleAsync();
        }
    }

    private async Task VisitAsync(Func<string, Task> look)
    {
        foreach (var path in AnonymousPages)
        {
            await OpenAsync(path);
            await look(path);
        }

        await SignInAsync(Roles.Admin);
        foreach (var path in Pages)
        {
            await OpenWholeAsync(path);
            await look(path);
        }

        // Of the pages that are refusals.
        ForgetProblems();
    }

    public sealed class FilledProduct : Product
    {
        protected override IReadOnlyDictionary<string, string> Configuration => new Dictionary<string, string>
        {
            ["Delivery:DingTalkPerMonth"] = "5",
        };

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await App.AddSlackIntegrationAsync("C0ALERTS01", token: SlackToken);
            await App.AddRuleSetAsync("Production", 1);
            await App.AddInhibitionAsync("Production");
            await App.AddWorkspaceAsync();
            await App.AddAccountAsync(vendor: null);
            await App.AddFunctionAsync(SlackSeeds.NamedFunction);
            await App.AddSlackIntegrationAsync("C0SECOPS01", slack => slack.ChannelName = "sec-ops");
            await App.AddChatbotAsync(RobotSeeds.SignedToken,
                change => change with { Name = "SecOps on call",
                Security = new(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null) });
            var planned = DateTimeOffset.UtcNow.AddDays(30);
            await App.Services.GetRequiredService<MaintenanceService>().AddAsync(
                new MaintenanceRequest("prod-1", planned, planned.AddHours(2), "Asia/Shanghai", "CHG-1042", PauseOutcome.Summary, true),
                (await App.AdminActorAsync()) with { Origin = "192.0.2.1" }, CancellationToken.None);
            (await App.PostEventAsync("scan.completed", new { avgThreat = "High", target = "shop.example.com" })).EnsureSuccessStatusCode();
            (await App.PostEventAsync("sas-event-suspicious",
                new { item_level = "serious", groupId = "7", title = "Mining program started", asset = "web-01" }))
                .EnsureSuccessStatusCode();
            var (_, address) = await App.AddSourceAsync("Set-up", "generic");
            (await App.PostPayloadAsync(address[1..], """{"title":"Mining program started","severity":"high","host":"web-01"}"""))
                .EnsureSuccessStatusCode();
            await App.WaitForDeliveriesAsync(deliveries => deliveries.Count >= 4
                && deliveries.Any(d => d.State == Deliveries.DeliveryState.Sent), TimeSpan.FromSeconds(60));
        }
    }
}
