using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>A vendor that refuses what one event says: only that event fails, whatever it was sent with.</summary>
public sealed class RefusedContentTests
{
    private const string Guilty = "guilty";

    // The fourth of six that are equally severe. Refused with all, with two others, with one, and alone; five go out in four messages.
    private static readonly string[] Six = ["one", "two", "three", Guilty, "five", "six"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public Task Digest_WithOneUrlThatDingTalkRefuses_FailsThatEventAlone(DatabaseProvider provider) =>
        ShouldFailAloneAsync(provider, FaultTarget.DingTalk, "430101");

    [Theory, DatabaseData]
    public Task Digest_WithOneTextThatSlackCannotRender_FailsThatEventAlone(DatabaseProvider provider) =>
        ShouldFailAloneAsync(provider, FaultTarget.Slack, "invalid_blocks");

    [Theory, DatabaseData]
    public Task Digest_WithOneTextThatIsTooLongForSlack_FailsThatEventAlone(DatabaseProvider provider) =>
        ShouldFailAloneAsync(provider, FaultTarget.Slack, "msg_too_long");

    [Theory, DatabaseData]
    public async Task Digest_ThatIsRefused_GoesOutInPartsWithinItsInterval(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await AddRobotAsync(app, FaultTarget.DingTalk, "430101");
        await HoldSixAsync(app);

        time.Shift(TimeSpan.FromMinutes(31));
        var deliveries = await app.WaitForDeliveriesAsync(all => all.Count == 7 && all.All(IsOver));

        deliveries.Count(d => d.State == DeliveryState.Sent).ShouldBe(6, "the first message and the five");
        // What comes while the parts are on their way is not sent with them.
        await app.PostEventAsync("sas-event-suspicious", new { item_level = "serious", title = "later" }, "later");
        await app.WaitForDeliveriesAsync(all => all[^1] is { State: DeliveryState.Held, HoldReason: HoldReason.Interval });
    }

    [Theory, DatabaseData]
    public async Task Parts_AreWithinTheSendingLimit(DatabaseProvider provider)
    {
        var time = new SteppedTime();
        await using var app = await StartAsync(provider, time, robotPerMinute: 4);
        await AddRobotAsync(app, FaultTarget.DingTalk, "430101");
        await HoldSixAsync(app);

        time.Advance(TimeSpan.FromMinutes(31));
        await app.WaitForDeliveriesAsync(all => all.Any(d => d.MostTogether is not null)
            && app.Sandbox.Calls.All.Count == 5);
        time.Advance(TimeSpan.FromSeconds(62));
        await app.WaitForDeliveriesAsync(all => all.Count == 7 && all.All(IsOver));
        app.Sandbox.Calls.All.Count.ShouldBe(8);
    }

    [Theory, DatabaseData]
    public async Task Worker_ThatDiesWithAnyPartInFlight_LosesNothingAndSendsNothingTwice(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await AddRobotAsync(app, FaultTarget.DingTalk, "430101");
        await app.PostEventAsync("sas-event-suspicious", new { item_level = "serious", title = "first" }, "first");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        app.Sandbox.Faults.Clear();

        for (var dies = 0; dies < 7; dies++)
        {
            var inFlight = app.Sandbox.Faults.Add(new SandboxFault
            {
                Target = FaultTarget.DingTalk, Kind = FaultKind.Timeout, DelayMs = 2_000, After = dies,
            });
            app.Sandbox.Faults.Add(Refusal(FaultTarget.DingTalk, "430101"));
            foreach (var id in Six)
            {
                await PostAsync(app, $"{dies}-{id}");
            }

            await app.WaitForDeliveriesAsync(all => all.Count == 1 + (6 * (dies + 1))
                && all.TakeLast(6).All(d => d.State == DeliveryState.Held));
            time.Shift(TimeSpan.FromMinutes(31));
            await Eventually.HoldsAsync(
                () => Task.FromResult(app.Sandbox.Faults.All.All(fault => fault.Fault.Id != inFlight.Id)), TimeSpan.FromSeconds(60));
            await LoseLanesAsync(app);
            await app.WaitForDeliveriesAsync(all => all.All(IsOver), TimeSpan.FromSeconds(60));
            app.Sandbox.Faults.Clear();
        }

        await ShouldHaveArrivedOnceAsync(app);
    }

    [Theory, DatabaseData]
    public async Task Program_ThatStopsAfterAnyPart_GoesOnFromTheStore(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        // Slow enough to stop the program while it waits: it records the answer, and begins nothing more.
        app.Sandbox.Faults.Add(Refusal(FaultTarget.DingTalk, "430101") with { DelayMs = 700 });
        await AddRobotAsync(app, null, null);
        await HoldSixAsync(app);
        time.Shift(TimeSpan.FromMinutes(31));

        for (var refused = 1; refused <= 4; refused++)
        {
            await Eventually.HoldsAsync(() => Task.FromResult(app.Sandbox.Faults.All[0].Hits >= refused), TimeSpan.FromSeconds(60));
            await app.RestartAsync();
        }

        await app.WaitForDeliveriesAsync(all => all.Count == 7 && all.All(IsOver));
        app.Sandbox.Faults.All[0].Hits.ShouldBe(4, "no part was tried again");
        await ShouldHaveArrivedOnceAsync(app);
    }

    [Theory, DatabaseData]
    public async Task Channel_WhoseMessagesKeepBeingRefused_CountsAsFailingAndItsFallbackIsTold(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var robot = await app.AddChatbotAsync(RobotSeeds.KeywordToken, c => c with { Rules = null });
        var fallback = new Fallback { IsOn = true, To = new ChannelKey(ChannelKind.DingTalk, robot), AfterMinutes = 5 };
        var id = await app.AddSlackIntegrationAsync(
            SlackSeeds.Joined, s => (s.SlackNotify, s.SlackStop, s.Delivery) = (false, true, new DeliveryPolicy { Fallback = fallback }));
        app.Sandbox.Faults.Add(Refusal(FaultTarget.Slack, "invalid_blocks"));
        var watch = app.Services.GetRequiredService<OutageWatch>();

        for (var refused = 1; refused <= RetryPolicy.RefusedLimit; refused++)
        {
            (await HealthAsync(app, id)).ShouldNotBe(ChannelStatus.Failing);
            await app.PostEventAsync("scan.stopped", new { target = Guilty }, $"{refused}");
            await app.WaitForDeliveriesAsync(all => all.Count == refused && all.All(d => d.State == DeliveryState.Failed));
        }

        (await HealthAsync(app, id)).ShouldBe(ChannelStatus.Failing);
        time.Shift(TimeSpan.FromMinutes(6));
        await watch.LookAsync(Stop);
        await app.Sandbox.WaitForMessagesAsync(1, TimeSpan.FromSeconds(60), cancellationToken: Stop);
        app.Sandbox.Messages.All.Single().Text.ShouldContain("invalid_blocks");

        await app.PostEventAsync("scan.stopped", new { target = "shop.example" }, "good");
        await app.WaitForDeliveriesAsync(all => all.Count(d => d is { ChannelKind: ChannelKind.Slack, State: DeliveryState.Sent }) == 1);
        (await HealthAsync(app, id)).ShouldBe(ChannelStatus.Ok);
    }

    private static async Task ShouldFailAloneAsync(DatabaseProvider provider, FaultTarget target, string code)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        if (target == FaultTarget.DingTalk)
        {
            await AddRobotAsync(app, target, code);
            await HoldSixAsync(app);
        }
        else
        {
            var quiet = new QuietHours { IsOn = true, Days = WeekDays.All, From = At(time, -1), To = At(time, 1), TimeZone = "UTC",
                LetCriticalThrough = false };
            await app.AddSlackIntegrationAsync(SlackSeeds.Joined, s => s.Delivery = new DeliveryPolicy { QuietHours = quiet });
            app.Sandbox.Faults.Add(Refusal(target, code));
            await PostAsync(app, Six);
            await app.WaitForDeliveriesAsync(all => all.Count == 6 && all.All(d => d.HoldReason == HoldReason.QuietHours));
        }

        time.Shift(TimeSpan.FromHours(2));
        var deliveries = (await app.WaitForDeliveriesAsync(all => all.Count >= 6 && all.All(IsOver))).TakeLast(6).ToList();

        deliveries.Where(d => d.State == DeliveryState.Failed).ShouldHaveSingleItem().Code.ShouldBe(code);
        deliveries[3].State.ShouldBe(DeliveryState.Failed);
        deliveries.Select(d => d.Attempts).ShouldBe([2, 2, 2, 4, 4, 3]);
        deliveries.ShouldAllBe(d => d.MostTogether == null);
        await ShouldHaveArrivedOnceAsync(app);
        var record = await RecordAsync(app, deliveries[3].Id);
        record.Select(attempt => attempt.Code).ShouldBe([code, code, code, code]);
        record.Select(attempt => attempt.MessageId).Distinct().Count().ShouldBe(4, "each a message of its own");
    }

    // The first starts the interval, in which the six are held.
    private static async Task HoldSixAsync(NotifyAdminApp app)
    {
        await PostAsync(app, "first");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        await PostAsync(app, Six);
        await app.WaitForDeliveriesAsync(all => all.Count == 7
            && all.Skip(1).All(d => d is { State: DeliveryState.Held, HoldReason: HoldReason.Interval }));
    }

    private static async Task PostAsync(NotifyAdminApp app, params string[] ids)
    {
        foreach (var id in ids)
        {
            using var answer = await app.PostEventAsync("sas-event-suspicious", new { item_level = "serious", title = id }, id);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task AddRobotAsync(NotifyAdminApp app, FaultTarget? target, string? code)
    {
        app.Sandbox.Robots.Put(
            new SandboxRobot { Token = RobotSeeds.KeywordToken, Keywords = [RobotSeeds.Keyword, "告警"], PerMinute = 0 });
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, c => c with { IntervalMinutes = 30 });
        if (target is { } whose && code is not null)
        {
            app.Sandbox.Faults.Add(Refusal(whose, code));
        }
    }

    private static SandboxFault Refusal(FaultTarget target, string code) =>
        new() { Target = target, Kind = FaultKind.ErrorCode, ErrorCode = code, Contains = Guilty, Calls = 0 };

    private static bool IsOver(Delivery delivery) => delivery.State is DeliveryState.Sent or DeliveryState.Failed;

    // As when the worker is gone: whatever it does now is void, and its lanes are claimed anew.
    private static Task LoseLanesAsync(NotifyAdminApp app) =>
        app.Database.ExecuteAsync("""UPDATE "ChannelLanes" SET "LeaseToken" = NULL, "LeaseUntil" = NULL""");

    private static async Task ShouldHaveArrivedOnceAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var events = await context.Events.AsNoTracking().ToDictionaryAsync(e => e.Id, e => e.EventId, Stop);
        foreach (var delivery in await app.DeliveriesAsync())
        {
            var id = events[delivery.EventRowId];
            var isGuilty = id.Contains(Guilty, StringComparison.Ordinal);
            delivery.State.ShouldBe(isGuilty ? DeliveryState.Failed : DeliveryState.Sent, id);
            var named = new Regex($@"\b{ShortIds.OfDelivery(delivery.Id)}\b");
            app.Sandbox.Messages.All.Count(m => named.IsMatch(m.Text)).ShouldBe(isGuilty ? 0 : 1, id);
        }
    }

    private static async Task<IReadOnlyList<Attempt>> RecordAsync(NotifyAdminApp app, long delivery)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.Attempts.AsNoTracking()
            .Where(a => context.MessageDeliveries.Any(m => m.MessageId == a.MessageId && m.DeliveryId == delivery))
            .OrderBy(a => a.Id).ToListAsync(Stop);
    }

    private static async Task<ChannelStatus?> HealthAsync(NotifyAdminApp app, int id) =>
        (await app.HealthOfAllAsync(ChannelKind.Slack)).GetValueOrDefault(id)?.Status;

    private static TimeOnly At(TimeProvider time, double hours) => TimeOnly.FromDateTime(time.GetUtcNow().AddHours(hours).UtcDateTime);

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider time, int robotPerMinute = 0) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            WithSandbox = true,
            Time = time,
            Configuration = new Dictionary<string, string>
            {
                ["Delivery:SlackPerSecond"] = "0", ["Delivery:DingTalkPerMinute"] = $"{robotPerMinute}",
            },
        });
}
