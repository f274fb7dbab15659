using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.DingTalk;

/// <summary>A test that passes vouches for real messages: it is one of them, and only what is in all of them can make it pass.</summary>
public sealed class TestMessageTests(TestMessageTests.UnpacedApp shared) : IClassFixture<TestMessageTests.UnpacedApp>
{
    private const string Robot = "keywordproof";
    private const string Typed = "安全中心";
    private const string Suspicious = "sas_analysis_online-sas-operation-log-sas-event-suspicious";

    private static readonly NotifyAdminSettings Unpaced = new()
    {
        WithSandbox = true, Configuration = new Dictionary<string, string> { ["Delivery:DingTalkPerMinute"] = "0" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Words that a test's own text, an alert's, or a label has; the form's keyword is none of them.</summary>
    public static TheoryData<DingTalkLanguage, string> KeywordsOfTheRobot => new()
    {
        { DingTalkLanguage.Zh, "告警" },
        { DingTalkLanguage.Zh, "测试" },
        { DingTalkLanguage.Zh, "严重" },
        { DingTalkLanguage.Zh, "事件" },
        { DingTalkLanguage.En, "Notify" },
        { DingTalkLanguage.En, "alert" },
        { DingTalkLanguage.En, "Test" },
        { DingTalkLanguage.En, "Critical" },
    };

    [Theory, MemberData(nameof(KeywordsOfTheRobot))]
    public async Task Test_OfAMistypedKeyword_IsRefused_AndOfTheRightOneAccepted(DingTalkLanguage language, string keyword)
    {
        var app = shared.App;
        app.Sandbox.Robots.Put(RobotOf(keyword));
        var wrong = Change(app, language, Typed);
        var wrongId = await app.AddChatbotAsync(Robot, _ => wrong);
        var rightId = await app.AddChatbotAsync(Robot, _ => Change(app, language, keyword));

        foreach (var choice in new[] { TestChoice.Newest, TestChoice.Example })
        {
            (await app.Chatbots().TestAsync(wrongId, choice, Actor.System, Stop))!.Result!.Code.ShouldBe("310000/keyword");
            (await app.Chatbots().TestDraftAsync(wrong, choice, Actor.System, Stop)).Test!.Outcome.Result!.Code.ShouldBe("310000/keyword");
            (await app.Chatbots().TestAsync(rightId, choice, Actor.System, Stop))!.Result!.Accepted.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Test_TellsTheNewestEventThatMatched_AsItsDeliveryDid()
    {
        await using var app = await StartAsync("告警");
        var id = await app.AddChatbotAsync(Robot, _ => Change(app, DingTalkLanguage.Zh, "告警"));
        await app.PostEventAsync(Suspicious, new { item_level = "serious", event_type = "Webshell", title = "网站后门 upload.php" }, "evt-42");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);

        var outcome = (await app.Chatbots().TestAsync(id, TestChoice.Newest, Actor.System, Stop))!;

        (outcome.Result!.Accepted, outcome.Event!.Id).ShouldBe((true, "evt-42"));
        var delivered = UnmatchableText.Undo(app.Sandbox.Messages.All[0].Text).Split('\n');
        var tested = UnmatchableText.Undo(app.Sandbox.Messages.All[1].Text).Split('\n');
        delivered.Where(line => line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("**", StringComparison.Ordinal))
            .ShouldBeSubsetOf(tested);
        tested.ShouldContain("#### 测试消息");
    }

    [Fact]
    public async Task Test_WithoutAnyEvent_TellsAnExampleThatTheFirstRuleMatches()
    {
        await using var app = await StartAsync("告警");
        var leak = AlertRule.ForAll(Vocabulary.Find("ak-leakage")!);
        var id = await app.AddChatbotAsync(Robot,
            _ => Change(app, DingTalkLanguage.En, "告警") with { Rules = ConfigList.Create(leak).List, GroupIds = ["7"] });

        var outcome = (await app.Chatbots().TestAsync(id, TestChoice.Newest, Actor.System, Stop))!;

        (outcome.Result!.Accepted, outcome.Event!.RowId, outcome.Event.Severity).ShouldBe((true, 0, Severity.High));
        RuleEvaluator.Explain(ConfigList.Create(leak).List!, ["7"], true, DingTalkMatcherSnapshot.FactsOf(outcome.Event)).Hears
            .ShouldBeTrue();
        UnmatchableText.Undo(app.Sandbox.Messages.All[0].Text).ShouldContain("AccessKey");
    }

    [Fact]
    public async Task Drill_OfAMistypedKeyword_IsRefused()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync("告警", time);
        var drills = new DrillSchedule { IsOn = true, TimeZone = "UTC",
            At = TimeOnly.FromTimeSpan(time.GetUtcNow().AddHours(2).TimeOfDay), Rhythm = DrillRhythm.EveryDays, EveryDays = 1 };
        var id = await app.AddChatbotAsync(Robot,
            _ => Change(app, DingTalkLanguage.Zh, Typed) with { Delivery = new DeliveryPolicy { Drills = drills } });
        // The channel has no health until a worker has planned its first drill.
        await Eventually.HoldsAsync(
            async () => (await app.HealthOfAllAsync(ChannelKind.DingTalk))
                .GetValueOrDefault(id) is { NextDrillAt: not null },
            TimeSpan.FromSeconds(60));

        time.Shift(TimeSpan.FromHours(3));
        await app.Services.GetRequiredService<OutageWatch>().LookAsync(Stop);

        await Eventually.HoldsAsync(async () => (await app.HealthOfAsync(id)).LastDrillAccepted == false, TimeSpan.FromSeconds(60));
        (await app.HealthOfAsync(id)).LastCode.ShouldBe("310000/keyword");
    }

    private static ChatbotChange Change(NotifyAdminApp app, DingTalkLanguage language, string keyword) => new()
    {
        Name = "生产 告警 alerts",
        Webhook = app.Sandbox.RobotUrl(Robot).AbsoluteUri,
        Rules = TestChatbots.Everything,
        Language = language,
        Security = new SecurityChange(RobotSecurityMode.Keyword, null, keyword),
    };

    private static async Task<NotifyAdminApp> StartAsync(string keyword, TimeProvider? time = null)
    {
        var app = await NotifyAdminApp.StartAsync(Unpaced with { Time = time });
        app.Sandbox.Robots.Put(RobotOf(keyword));
        return app;
    }

    private static SandboxRobot RobotOf(string keyword) => new() { Token = Robot, Keywords = [keyword], PerMinute = 0 };

    public sealed class UnpacedApp : SharedApp
    {
        protected override NotifyAdminSettings Settings => Unpaced;
    }
}
