using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.RuleBuilder;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;

namespace Notify.Admin.IntegrationTests.DingTalk;

/// <summary>Events on their way to robots: through the real program, to the sandbox.</summary>
public sealed class ChatbotDeliveryTests
{
    private const string Suspicious = "sas_analysis_online-sas-operation-log-sas-event-suspicious";

    private static readonly object Webshell = new { item_level = "serious", event_type = "Webshell", groupId = "7",
        title = "Webshell found", asset = "web-01" };

    [Theory, DatabaseData]
    public async Task AlertEvent_ToAKeywordRobot_ArrivesWithKeywordAndIds(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { Language = DingTalkLanguage.En });

        await app.PostEventAsync(Suspicious, Webshell, "evt-42");
        var delivery = (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]))[0];

        delivery.MatchReason.ShouldBe("rule 3");
        app.Sandbox.Messages.All.ShouldHaveSingleItem().Text.ShouldSatisfyAllConditions(
            text => text.ShouldContain("evt-42"),
            text => text.ShouldContain(RobotSeeds.Keyword),
            text => text.ShouldContain("Critical"),
            text => text.ShouldContain(ShortIds.OfDelivery(delivery.Id)));
    }

    [Theory, DatabaseData]
    public async Task AlertEvent_ToASignedRobot_IsSigned(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await app.AddChatbotAsync(RobotSeeds.SignedToken,
            change => change with { Security = new(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null) });

        await app.PostEventAsync(Suspicious, Webshell);

        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
    }

    [Theory, DatabaseData]
    public async Task Event_ThatNoRuleWants_IsNotHeard(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var critical = ConfigList.Create(AlertRule.ForAll(Vocabulary.Find("suspicious")!).With(Vocabulary.ItemLevel, "serious")).List;
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { Rules = critical, GroupIds = ["7"] });

        await app.PostEventAsync(Suspicious, new { item_level = "remind", event_type = "Webshell", groupId = "7" });
        await app.PostEventAsync(Suspicious, new { item_level = "serious", event_type = "Webshell", groupId = "8" });
        await app.PostEventAsync("scan.stopped", new { });
        await app.PostEventAsync(Suspicious, new { item_level = "serious", event_type = "网站后门", groupId = 7 }, "the one");

        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent, MatchReason: "rule 1" }]);
        app.Sandbox.Messages.All.ShouldHaveSingleItem().Text.ShouldContain("the one");
    }

    [Theory, DatabaseData]
    public async Task Event_WhoseGroupIsSpelledWithZeros_IsOfThatGroupEverywhere(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { GroupIds = ["07"], Language = DingTalkLanguage.En });

        await app.PostEventAsync(Suspicious, new { item_level = "serious", event_type = "Webshell", groupId = "007", title = "Webshell" });

        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        app.Sandbox.Messages.All.ShouldHaveSingleItem().Text.ShouldContain("Asset group: 7");
        var events = await app.Services.GetRequiredService<PastEventService>()
            .CountAsync(TimeZoneInfo.Utc, Actor.System, TestContext.Current.CancellationToken);
        events.Shapes.ShouldHaveSingleItem().GroupId.ShouldBe("7");
    }

    [Theory]
    [InlineData(RobotSeeds.KeywordToken, "310000/keyword", ErrorStyle.Old)]
    [InlineData(RobotSeeds.KeywordToken, "310000/keyword", ErrorStyle.New)]
    [InlineData(RobotSeeds.SignedToken, "310000/sign", ErrorStyle.Old)]
    [InlineData(RobotSeeds.SignedToken, "310000/sign", ErrorStyle.New)]
    [InlineData(RobotSeeds.IpToken, "310000/ip", ErrorStyle.Old)]
    [InlineData(RobotSeeds.IpToken, "310000/ip", ErrorStyle.New)]
    public async Task SecurityCheck_Refused_NeedsAttentionUntilMended(string token, string code, ErrorStyle style)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        app.Sandbox.Settings = app.Sandbox.Settings with { ErrorStyle = style };
        app.Sandbox.Robots.Put(new SandboxRobot { Token = RobotSeeds.KeywordToken, Keywords = ["only-this-word"] });
        var id = await app.AddChatbotAsync(token,
            change => change with { Security = new(RobotSecurityMode.Keyword, null, "nobody-knows-this") });
        await app.PostEventAsync(Suspicious, Webshell);

        var held = (await app.WaitForDeliveriesAsync(all =>
            all is [{ State: DeliveryState.Held, HoldReason: HoldReason.NeedsAttention }]))[0];
        held.Code.ShouldBe(code);
        (await app.HealthOfAsync(id)).LastCode.ShouldBe(code);

        await app.EditChatbotAsync(id, change => change with
        {
            Webhook = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri,
            Security = new(RobotSecurityMode.Keyword, null, "only-this-word"),
        });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
    }

    [Theory, DatabaseData]
    public async Task TooFast_ShutsTheRobotForTenMinutes(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.DingTalk, Kind = FaultKind.ErrorCode, ErrorCode = "130101",
            Calls = 1 });

        await app.PostEventAsync(Suspicious, Webshell);
        var retrying = (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying, Code: "130101" }]))[0];
        (retrying.DueAt - time.GetUtcNow()).ShouldBeInRange(TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11));
        app.Sandbox.Messages.All.ShouldBeEmpty();

        time.Shift(TimeSpan.FromMinutes(11));
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
    }

    [Fact]
    public async Task AddressBarredByTheGateway_WaitsAsLongAsItSays_AndNeverNeedsAttention()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(DatabaseProvider.Sqlite, time);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.DingTalk, Kind = FaultKind.Body, Calls = 6,
            Body = """{"status":1111,"wait":5,"source":"x5","punish":"deny"}""" });

        await app.PostEventAsync(Suspicious, Webshell);
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            var waiting = (await app.WaitForDeliveriesAsync(all =>
                all is [{ State: DeliveryState.Retrying, Code: "1111" } only] && only.Attempts == attempt))[0];
            (waiting.DueAt - time.GetUtcNow()).ShouldBeInRange(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
            (await app.HealthOfAsync(id)).Status.ShouldBe(ChannelStatus.Failing);
            time.Shift(TimeSpan.FromMinutes(6));
        }

        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
    }

    [Theory, DatabaseData]
    public async Task Interval_HoldsFurtherEvents_AndSendsThemAsOneDigest(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { IntervalMinutes = 30 });
        await app.PostEventAsync(Suspicious, Webshell, "first");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);

        await app.PostEventAsync(Suspicious, Webshell, "second");
        await app.PostEventAsync(Suspicious, Webshell, "third");
        await app.WaitForDeliveriesAsync(all => all.Count(d => d is { State: DeliveryState.Held, HoldReason: HoldReason.Interval }) == 2);

        time.Shift(TimeSpan.FromMinutes(31));
        await app.WaitForDeliveriesAsync(all => all.Count == 3 && all.All(d => d.State == DeliveryState.Sent));
        app.Sandbox.Messages.All.Count.ShouldBe(2);
        app.Sandbox.Messages.All[1].Text.ShouldSatisfyAllConditions(text => text.ShouldContain("second"),
            text => text.ShouldContain("third"));
    }

    [Theory, DatabaseData]
    public async Task Interval_MadeShorter_ReleasesAtOnce(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { IntervalMinutes = 30 });
        await app.PostEventAsync(Suspicious, Webshell, "first");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        await app.PostEventAsync(Suspicious, Webshell, "second");
        await app.WaitForDeliveriesAsync(all => all.Any(d => d.HoldReason == HoldReason.Interval));

        await app.EditChatbotAsync(id, change => change with { IntervalMinutes = 0 });

        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));
    }

    [Theory, DatabaseData]
    public async Task SwitchedOffOrDeleted_EndsWhatWaitsAsSkipped(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var off = await app.AddChatbotAsync(RobotSeeds.DisabledToken);
        var deleted = await app.AddChatbotAsync(RobotSeeds.DisabledToken);
        await app.PostEventAsync(Suspicious, Webshell);
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.State == DeliveryState.Held));

        (await app.Chatbots().SwitchAsync([off], isOn: false, Security.Actor.System, TestContext.Current.CancellationToken))
            .ShouldBeEmpty();
        (await app.Chatbots().DeleteAsync([deleted], Security.Actor.System, TestContext.Current.CancellationToken)).ShouldBeEmpty();

        var ended = await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Skipped));
        ended.ToDictionary(d => d.ChannelId, d => d.Code).ShouldSatisfyAllConditions(
            codes => codes[off].ShouldBe(OutcomeCodes.ChannelOff), codes => codes[deleted].ShouldBe(OutcomeCodes.ChannelDeleted));
    }

    [Fact]
    public async Task Pacing_OfOneRobot_IsSharedByItsChatbots()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, perMinute: 3);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        var second = await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        await app.PostEventAsync(Suspicious, Webshell);
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.State == DeliveryState.Sent));

        (await app.Chatbots().TestAsync(second, TestChoice.Newest, Security.Actor.System,
            TestContext.Current.CancellationToken))!.Result!.Accepted.ShouldBeTrue();
        var limited = (await app.Chatbots().TestAsync(second, TestChoice.Newest,
            Security.Actor.System, TestContext.Current.CancellationToken))!;

        limited.Result.ShouldBeNull();
        limited.FreeIn!.Value.ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(61));
        app.Sandbox.Messages.All.Count.ShouldBe(3);
    }

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider? time = null, int perMinute = 0) =>
        NotifyAdminApp.StartAsync(new()
    {
        Provider = provider,
        WithSandbox = true,
        Configuration = new Dictionary<string, string> { ["Delivery:DingTalkPerMinute"] = $"{perMinute}" },
        Services = time is null ? null : services => services.Replace(ServiceDescriptor.Singleton(time)),
    });
}

internal static class ChatbotHealth
{
    public static async Task<ChannelHealth> HealthOfAsync(this NotifyAdminApp app, int id) =>
        (await app.HealthOfAllAsync(ChannelKind.DingTalk))[id];
}
