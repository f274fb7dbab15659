using System.Globalization;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>Quiet hours, repeats that are counted, drills and fallbacks, from the event to what arrives.</summary>
public sealed class PolicyTests
{
    private const string Joined = SlackSeeds.Joined;
    private const string Critical = "sas-event-suspicious";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task QuietHours_HoldAllButCritical_AndEndWithOneSummary(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await app.AddSlackIntegrationAsync(Joined, s => s.Delivery = new DeliveryPolicy { QuietHours = QuietAround(time) });

        await PostAsync(app, "one", "two", "three");
        await app.PostEventAsync(Critical, new { item_level = "serious", title = "Web shell", asset = "web-01" }, "critical");
        var held = await app.WaitForDeliveriesAsync(all => all.Count == 4
            && all.Count(d => d is { State: DeliveryState.Held, HoldReason: HoldReason.QuietHours }) == 3
                && all.Count(d => d.State == DeliveryState.Sent) == 1);
        held.Single(d => d.State == DeliveryState.Sent).Severity.ShouldBe(Severity.Critical);
        var end = held.First(d => d.State == DeliveryState.Held).DueAt;
        end.ShouldBeInRange(time.GetUtcNow().AddMinutes(30), time.GetUtcNow().AddMinutes(90));

        await app.RestartAsync();
        time.Shift(TimeSpan.FromHours(2));
        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));

        app.Sandbox.Messages.All.Count.ShouldBe(2);
        app.Sandbox.Messages.All[1].Text.ShouldSatisfyAllConditions(t => t.ShouldContain("one"), t => t.ShouldContain("two"),
            t => t.ShouldContain("three"));
    }

    [Theory, DatabaseData]
    public async Task QuietHours_OfAnEventThatDoesNotSayHowSevereItIs_LetItThrough(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await app.AddSlackIntegrationAsync(Joined, s => s.Delivery = new DeliveryPolicy { QuietHours = QuietAround(time) });

        await PostAsync(app, "low");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Held }]);
        await app.PostEventAsync("com.example.other", new { text = "something" }, "unsaid");

        var all = await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.Any(d => d.State == DeliveryState.Sent));
        all.Single(d => d.State == DeliveryState.Sent).Severity.ShouldBe(Severity.NotStated);
        all.Single(d => d.State == DeliveryState.Held).Severity.ShouldBe(Severity.Low);
    }

    [Theory, DatabaseData]
    public async Task QuietHours_OutrankTheInterval_AndASwitchOffReleases(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var quiet = new DeliveryPolicy { QuietHours = QuietAround(time) with { LetCriticalThrough = false } };
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken, c => c with { IntervalMinutes = 5, Delivery = quiet });

        await app.PostEventAsync(Critical, new { item_level = "serious", title = "a", asset = "a" }, "one");
        await app.PostEventAsync(Critical, new { item_level = "serious", title = "b", asset = "a" }, "two");
        await app.WaitForDeliveriesAsync(all => all.Count == 2
            && all.All(d => d is { State: DeliveryState.Held, HoldReason: HoldReason.QuietHours }));
        app.Sandbox.Messages.All.ShouldBeEmpty();

        await app.EditChatbotAsync(id, c => c with { Delivery = DeliveryPolicy.Off });
        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));
        app.Sandbox.Messages.All.Count.ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task Interval_OfASlackIntegration_GathersWhatComesInItsLanguage(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await app.AddSlackIntegrationAsync(Joined,
            s => (s.Language, s.Mention, s.IntervalMinutes) = (SlackLanguage.Zh, SlackMention.Here, 5));

        await PostAsync(app, "one");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        await PostAsync(app, "two", "three");
        await app.WaitForDeliveriesAsync(all => all.Count == 3
            && all.Count(d => d is { State: DeliveryState.Held, HoldReason: HoldReason.Interval }) == 2);
        time.Shift(TimeSpan.FromMinutes(6));
        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));

        app.Sandbox.Messages.All.Count.ShouldBe(2);
        app.Sandbox.Messages.All[0].Text.ShouldContain("事件 ID：");
        app.Sandbox.Messages.All[1].Text.ShouldContain("2 个事件");
    }

    [Theory, DatabaseData]
    public async Task Event_ForALaneKnownToBeClosed_IsHeldFromItsBeginning(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddSlackIntegrationAsync(Joined, s => s.Delivery = new DeliveryPolicy { QuietHours = QuietAround(time) });
        await PostAsync(app, "one");
        var holds = app.Services.GetRequiredService<KnownHolds>();
        List<Delivery> deliveries = [];
        // The feed may tell of the channel's making late, and what is known of lanes is forgotten then: so one of those that come.
        await Eventually.HoldsAsync(async () =>
        {
            if (holds.Find(new ChannelKey(ChannelKind.Slack, id), Severity.Low) is null)
            {
                return false;
            }

            await PostAsync(app, $"later-{deliveries.Count}");
            await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>()
                .CreateDbContextAsync(Token);
            deliveries = await context.Deliveries.OrderBy(d => d.Id).ToListAsync(Token);
            return deliveries[^1].HeldSince == deliveries[^1].CreatedAt;
        }, TimeSpan.FromSeconds(60));

        (deliveries[^1].State, deliveries[^1].HoldReason, deliveries[^1].DueAt)
            .ShouldBe((DeliveryState.Held, HoldReason.QuietHours, deliveries[0].DueAt));
        time.Shift(TimeSpan.FromHours(2));
        await app.WaitForDeliveriesAsync(all => all.Count == deliveries.Count && all.All(d => d.State == DeliveryState.Sent));
    }

    [Theory, DatabaseData]
    public async Task Event_WhoseLaneIsFoundClosedWhileItIsWritten_IsHeldAsWell(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        ClosingRows? rows = null;
        await using var app = await StartAsync(provider, time, services =>
        {
            var inner = services.Last(service => service.ServiceType == typeof(IEventRows)).ImplementationType!;
            services.AddSingleton<IEventRows>(
                root => rows = new ClosingRows((IEventRows)ActivatorUtilities.CreateInstance(root, inner)));
        });
        var id = await app.AddSlackIntegrationAsync(Joined, s => s.Delivery = new DeliveryPolicy { QuietHours = QuietAround(time) });
        await PostAsync(app, "one");
        var holds = app.Services.GetRequiredService<KnownHolds>();
        var channel = new ChannelKey(ChannelKind.Slack, id);
        Hold? found = null;
        await Eventually.HoldsAsync(
            () => Task.FromResult((found = holds.Find(channel, Severity.Low)) is not null), TimeSpan.FromSeconds(60));
        await Eventually.HoldsAsync(async () => (await LaneAsync(app)).LeaseToken is null, TimeSpan.FromSeconds(60));
        var hold = found!.Value;

        // A worker looks at the lane after the event was found open, and before it is committed.
        holds.Clear(channel, hold.Severities);
        rows!.Written = () => holds.Set(channel, hold, holds.Generation);
        await PostAsync(app, "two");

        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.HoldReason == HoldReason.QuietHours));
    }

    [Theory, DatabaseData]
    public async Task Event_ForALaneWronglyKnownToBeClosed_IsFoundAndSent(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time,
            services => services.AddSingleton(LanePatience.Default with { Forgotten = TimeSpan.FromMilliseconds(200) }));
        var id = await app.AddSlackIntegrationAsync(Joined);
        await PostAsync(app, "one");
        await app.WaitForDeliveriesAsync(all => all.Count == 1 && all.All(d => d.State == DeliveryState.Sent));

        // As after another instance has opened the lane.
        var holds = app.Services.GetRequiredService<KnownHolds>();
        holds.Set(new ChannelKey(ChannelKind.Slack, id), new Hold(HoldReason.Pacing, time.GetUtcNow().AddMinutes(5), SeverityRange.All),
            holds.Generation);
        await PostAsync(app, "two");

        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.State == DeliveryState.Sent));
    }

    [Fact]
    public async Task QuietHours_DoNotStopATest()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(DatabaseProvider.Sqlite, time);
        var id = await app.AddSlackIntegrationAsync(Joined, s => s.Delivery = new DeliveryPolicy { QuietHours = QuietAround(time) });
        var destination = (await app.Services.GetServices<IChannel>().Single(c => c.Kind == ChannelKind.Slack).FindAsync(id, Token))!;

        (await app.Services.GetRequiredService<IDeliveryDesk>()
            .SendTestAsync(destination, TestChoice.Newest, Actor.System, Token)).Result!.Accepted.ShouldBeTrue();
    }

    [Theory, DatabaseData]
    public async Task Repeats_WithinTheTime_AreCountedInTheFirst_AndAfterItSentAgain(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await app.AddSlackIntegrationAsync(Joined, s => s.Delivery = Counting(10));

        await app.PostEventAsync("custom.alert", new { title = "Disk full", asset = "db-1" }, "first");
        await app.PostEventAsync("custom.alert", new { title = "Disk full", asset = "db-1" }, "again");
        await app.PostEventAsync("custom.alert", new { title = "Disk full", asset = "db-2" }, "elsewhere");
        await app.PostEventAsync("custom.alert", new { asset = "db-1" }, "untitled-1");
        await app.PostEventAsync("custom.alert", new { asset = "db-1" }, "untitled-2");
        var all = await app.WaitForDeliveriesAsync(all => all.Count == 5 && all.All(d => d.State.IsFinal()));
        all.Count(d => d.State == DeliveryState.Sent).ShouldBe(4);
        var repeat = all.Single(d => d.State == DeliveryState.Skipped);
        (repeat.Code, repeat.RepeatOf).ShouldBe((OutcomeCodes.Repeat, all[0].Id));

        var service = app.Services.GetRequiredService<DeliveryService>();
        (await service.FindAsync(all[0].Id, Actor.System, Token))!.Repeats.ShouldBe(1);
        (await service.FindAsync(repeat.Id, Actor.System, Token))!.Row.RepeatOf.ShouldBe(all[0].Id);

        time.Shift(TimeSpan.FromMinutes(11));
        await app.PostEventAsync("custom.alert", new { title = "Disk full", asset = "db-1" }, "later");
        await app.WaitForDeliveriesAsync(now => now.Count == 6 && now[5].State == DeliveryState.Sent);
    }

    [Theory, DatabaseData]
    public async Task Repeats_OfOneThatNeverArrived_AreSent_AndSendAgainIsNoRepeat(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, new ShiftedTime());
        await app.AddSlackIntegrationAsync(Joined, s => s.Delivery = Counting(10));
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = "msg_too_long",
            Calls = 1 });

        await app.PostEventAsync("custom.alert", new { title = "Disk full" }, "fails");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Failed }]);
        await app.PostEventAsync("custom.alert", new { title = "Disk full" }, "arrives");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all[1].State == DeliveryState.Sent);
        await app.PostEventAsync("custom.alert", new { title = "Disk full" }, "counted");
        var all = await app.WaitForDeliveriesAsync(all => all.Count == 3 && all[2] is { State: DeliveryState.Skipped, RepeatOf: not null });

        // In a selection it counts as arrived; asked for expressly it is sent.
        var service = app.Services.GetRequiredService<DeliveryService>();
        var target = new SendAgainTarget { Ids = [.. all.Select(d => d.Id)] };
        var preview = await service.PreviewAsync(target, Actor.System, Token);
        (preview.Undelivered.Count, preview.Sent.Count, preview.Open).ShouldBe((1, 2, 0));
        (await service.SendAgainAsync(target, alsoSent: false, Actor.System, Token)).Queued.ShouldBe(1);
        (await service.SendAgainAsync(new SendAgainTarget { Ids = [all[2].Id] }, alsoSent: true, Actor.System, Token)).Queued.ShouldBe(1);
        await app.WaitForDeliveriesAsync(now => now.All(d => d is { State: DeliveryState.Sent, RepeatOf: null }));
    }

    [Theory, DatabaseData]
    public async Task Drill_WhenDue_IsSentOnce_MarkedAndRecorded(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var at = TimeOnly.FromTimeSpan(time.GetUtcNow().AddHours(2).TimeOfDay);
        var id = await app.AddSlackIntegrationAsync(
            Joined, s => s.Delivery = new DeliveryPolicy { Drills = new DrillSchedule { IsOn = true, Rhythm = DrillRhythm.EveryDays,
            EveryDays = 3, At = at, TimeZone = "UTC" } });
        await Eventually.HoldsAsync(async () => (await HealthAsync(app, id))?.NextDrillAt is not null, TimeSpan.FromSeconds(60));
        var due = (await HealthAsync(app, id))!.NextDrillAt!.Value;
        (due - time.GetUtcNow()).ShouldBeInRange(TimeSpan.FromMinutes(100), TimeSpan.FromMinutes(125));
        app.Sandbox.Messages.All.ShouldBeEmpty();

        time.Shift(TimeSpan.FromHours(3));
        await app.Services.GetRequiredService<OutageWatch>().LookAsync(Token);
        await app.Sandbox.WaitForMessagesAsync(1, TimeSpan.FromSeconds(60), cancellationToken: Token);
        await Eventually.HoldsAsync(async () => (await HealthAsync(app, id))!.LastDrillAccepted == true, TimeSpan.FromSeconds(60));

        (await HealthAsync(app, id))!.NextDrillAt.ShouldBe(due.AddDays(3));
        app.Sandbox.Messages.All[0].Text.ShouldContain("SCHEDULED TEST");
        await using var context = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContext();
        var message = await context.Messages.SingleAsync(Token);
        (message.Purpose, message.AcceptedAt is not null).ShouldBe((MessagePurpose.Drill, true));
        (await context.Attempts.SingleAsync(Token)).Outcome.ShouldBe(AttemptOutcome.Accepted);
        (await context.ChannelLanes.SingleAsync(Token)).IntervalFrom.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Fallback_IsToldOncePerOutage_AndWhenItIsOver(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var robot = await app.AddChatbotAsync(RobotSeeds.KeywordToken, c => c with { Rules = null });
        var to = new ChannelKey(ChannelKind.DingTalk, robot);
        var fallback = new DeliveryPolicy { Fallback = new Fallback { IsOn = true, To = to, AfterMinutes = 5 } };
        var id = await app.AddSlackIntegrationAsync(
            Joined, s => (s.SlackNotify, s.SlackStop, s.Delivery) = (false, true, fallback), token: "xoxb-nobody-knows-this");
        var watch = app.Services.GetRequiredService<OutageWatch>();

        await PostAsync(app, "one", "two");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.HoldReason == HoldReason.NeedsAttention));
        await watch.LookAsync(Token);
        (await app.DeliveriesAsync()).Count.ShouldBe(2);

        time.Shift(TimeSpan.FromMinutes(6));
        await watch.LookAsync(Token);
        await watch.LookAsync(Token);
        await app.WaitForDeliveriesAsync(all => all.Count == 3
            && all[2] is { State: DeliveryState.Sent, ChannelKind: ChannelKind.DingTalk });
        var told = app.Sandbox.Messages.All.Single().Text;
        told.ShouldSatisfyAllConditions(
            text => text.ShouldContain($"Integration {Joined}"), text =>
                text.ShouldContain("invalid_auth"), text => text.ShouldContain("需要处理"), text => text.ShouldContain("等待投递：2"));

        var protector = app.Services.GetRequiredService<SecretProtector>();
        await app.EditSlackIntegrationAsync(id, s => s.Token = protector.Protect(TestChannels.SandboxToken));
        await app.WaitForDeliveriesAsync(all => all.Count(d => d is { ChannelKind: ChannelKind.Slack, State: DeliveryState.Sent }) >= 2);
        await watch.LookAsync(Token);
        await watch.LookAsync(Token);
        await app.WaitForDeliveriesAsync(all => all.Count(d => d is { ChannelKind: ChannelKind.DingTalk, State: DeliveryState.Sent }) == 2);
        app.Sandbox.Messages.All.Count(m => m.Text.Contains("已恢复投递", StringComparison.Ordinal)).ShouldBe(1);

        // Both are about one problem, so that a channel that follows up changes or answers the first message.
        await using var context = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContext();
        var own = (await context.Events.AsNoTracking().Where(e => e.Source == ProductEvent.Source).OrderBy(e => e.Id).ToListAsync(Token))
            .Select(EventPayload.ToRecord).ToList();
        own.Select(record => record.Fields.State).ShouldBe([EventState.Open, EventState.Resolved]);
        own.Select(EventProblem.KeyOf).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
    }

    [Theory, DatabaseData]
    public async Task Fallbacks_OfEachOther_BothFailing_TellEachOnce(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var one = await app.AddSlackIntegrationAsync(Joined, token: "xoxb-nobody-knows-this");
        var two = await app.AddSlackIntegrationAsync("C0ELSEWHERE", token: "xoxb-nobody-knows-this");
        await app.EditSlackIntegrationAsync(one, s => s.Delivery = FallbackTo(two));
        await app.EditSlackIntegrationAsync(two, s => s.Delivery = FallbackTo(one));
        await PostAsync(app, "one");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.HoldReason == HoldReason.NeedsAttention));

        var watch = app.Services.GetRequiredService<OutageWatch>();
        for (var i = 0; i < 4; i++)
        {
            time.Shift(TimeSpan.FromMinutes(6));
            await watch.LookAsync(Token);
        }

        await using var context = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContext();
        (await context.Events.CountAsync(e => e.Type == OutageWatch.FailingType, Token)).ShouldBe(2);
    }

    [Fact]
    public async Task VendorsApis_LeaveThePolicyAlone_AndTheAuditTrailNamesItsParts()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, new ShiftedTime());
        var policy = Counting(10) with { Drills = new DrillSchedule { IsOn = true, TimeZone = "UTC" } };
        var slack = await app.AddSlackIntegrationAsync(Joined, s => s.Delivery = policy);
        var robot = await app.AddChatbotAsync(RobotSeeds.KeywordToken, c => c with { Delivery = policy });

        using var answer = await app.CreateClient().PostAsJsonAsync(
            "api/UpdateSlack", new { apiKey = NotifyAdminSettings.ApiKey, channelId = Joined, slackToken = TestChannels.SandboxToken,
            slackStop = true }, Token);
        answer.EnsureSuccessStatusCode();
        await app.EditChatbotAsync(robot, c => c with { IntervalMinutes = 3 });

        var channels = app.Services.GetServices<IChannel>().ToDictionary(c => c.Kind);
        (await channels[ChannelKind.Slack].FindAsync(slack, Token))!.Policy.ShouldBe(policy);
        (await channels[ChannelKind.DingTalk].FindAsync(robot, Token))!.Policy.ShouldBe(policy);
        await app.EditChatbotAsync(robot, c => c with { Delivery = Counting(20) });
        await using var context = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContext();
        (await context.AuditEntries.OrderByDescending(e => e.Id).Select(e => e.Changes!).FirstAsync(Token)).ShouldSatisfyAllConditions(
            changes => changes.ShouldContain("deduplication"), changes =>
                changes.ShouldContain("20 min"), changes => changes.ShouldContain("drills"));
    }

    private static DeliveryPolicy FallbackTo(int slackId) =>
        new() { Fallback = new Fallback { IsOn = true, To = new ChannelKey(ChannelKind.Slack, slackId), AfterMinutes = 5 } };

    private static DeliveryPolicy Counting(int minutes) => new() { Deduplication = new Deduplication { IsOn = true, Minutes = minutes } };

    // An hour to either side of now.
    private static QuietHours QuietAround(TimeProvider time)
    {
        TimeOnly At(double hours) => TimeOnly.ParseExact(time.GetUtcNow().AddHours(hours).ToString("HH:mm", CultureInfo.InvariantCulture),
            "HH:mm", CultureInfo.InvariantCulture);
        return new QuietHours { IsOn = true, Days = WeekDays.All, From = At(-1), To = At(1), TimeZone = "UTC" };
    }

    private static async Task PostAsync(NotifyAdminApp app, params string[] ids)
    {
        foreach (var id in ids)
        {
            (await app.PostEventAsync("scan.stopped", new { target = "shop.example", severity = "low" }, id)).EnsureSuccessStatusCode();
        }
    }

    private static async Task<ChannelHealth?> HealthAsync(NotifyAdminApp app, int id) =>
        (await app.HealthOfAllAsync(ChannelKind.Slack)).GetValueOrDefault(id);

    private static Task<NotifyAdminApp> StartAsync(
        DatabaseProvider provider, TimeProvider time, Action<IServiceCollection>? also = null) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        Provider = provider,
        WithSandbox = true,
        Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0" },
        Services = services =>
        {
            services.Replace(ServiceDescriptor.Singleton(time));
            also?.Invoke(services);
        },
    });

    private static async Task<ChannelLane> LaneAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Token);
        return await context.ChannelLanes.AsNoTracking().SingleAsync(Token);
    }

    /// <summary>The provider's own writer, with something done after the rows are written.</summary>
    private sealed class ClosingRows(IEventRows inner) : IEventRows
    {
        public Action Written { get; set; } = () => { };

        public async Task InsertAsync(
            NotifyDbContext context, IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancellationToken)
        {
            await inner.InsertAsync(context, events, now, cancellationToken);
            Written();
        }
    }
}
