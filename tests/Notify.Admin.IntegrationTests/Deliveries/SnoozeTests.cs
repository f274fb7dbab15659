using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Overview;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>Snoozed channels, from the event to what arrives.</summary>
public sealed class SnoozeTests
{
    private const string Joined = SlackSeeds.Joined;
    private const string Critical = "sas-event-suspicious";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Snooze_HoldsEverything_OverARestart_AndEndsWithOneSummary(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddSlackIntegrationAsync(Joined);
        await PostAsync(app, "zero");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);

        await SnoozeAsync(app, id, TimeSpan.FromHours(4));
        await PostAsync(app, "one", "two");
        await PostCriticalAsync(app, "three");
        var held = await app.WaitForDeliveriesAsync(all => all.Count == 4
            && all.Count(d => d is { State: DeliveryState.Held, HoldReason: HoldReason.Snoozed }) == 3);
        held[1].DueAt.ShouldBe(time.GetUtcNow().AddHours(4), TimeSpan.FromMinutes(5));

        await app.RestartAsync();
        await PostAsync(app, "four");
        await app.WaitForDeliveriesAsync(all => all.Count == 5 && all.Count(d => d.HoldReason == HoldReason.Snoozed) == 4);
        app.Sandbox.Messages.All.Count.ShouldBe(1);

        time.Shift(TimeSpan.FromHours(5));
        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));
        app.Sandbox.Messages.All.Count.ShouldBe(2);
        app.Sandbox.Messages.All[1].Text.ShouldSatisfyAllConditions(
            [.. new[] { "one", "two", "three", "four" }.Select(word => (Action<string>)(text => text.ShouldContain(word)))]);
    }

    [Theory, DatabaseData]
    public async Task Snooze_EndedByHand_SendsAtOnce(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, new ShiftedTime());
        var id = await app.AddSlackIntegrationAsync(Joined);
        await SnoozeAsync(app, id, TimeSpan.FromHours(4));
        await PostAsync(app, "one", "two");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.HoldReason == HoldReason.Snoozed));

        (await Pauses(app).EndAsync(Slack(id), Actor.System, Token)).ShouldBeTrue();

        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));
        app.Sandbox.Messages.All.Count.ShouldBe(1);
        (await Pauses(app).EndAsync(Slack(id), Actor.System, Token)).ShouldBeFalse("none runs");
    }

    [Theory, DatabaseData]
    public async Task Snooze_ThatDrops_EndsWhatComesAsSkipped_AndKeepsWhatWasThere(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken, c => c with { IntervalMinutes = 60 });
        var robot = new ChannelKey(ChannelKind.DingTalk, id);
        await PostCriticalAsync(app, "sent");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        await PostCriticalAsync(app, "before");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all[1].HoldReason == HoldReason.Interval);
        time.Shift(TimeSpan.FromMinutes(1));

        (await Pauses(app).SnoozeAsync(robot, new SnoozeRequest(time.GetUtcNow().AddHours(4), "noise", PauseOutcome.Drop, false),
            Actor.System, Token)).ShouldBeEmpty();
        time.Shift(TimeSpan.FromSeconds(1));
        await PostCriticalAsync(app, "dropped");
        var all = await app.WaitForDeliveriesAsync(all => all.Count == 3
            && all[2] is { State: DeliveryState.Skipped, Code: OutcomeCodes.Snoozed } && all[1].HoldReason == HoldReason.Snoozed);
        app.Services.GetRequiredService<DeliveryService>().Explain(ChannelKind.DingTalk, all[2].Code!, null)!.Meaning
            .ShouldContain("snoozed");

        time.Shift(TimeSpan.FromHours(5));
        await app.WaitForDeliveriesAsync(now => now[1].State == DeliveryState.Sent);
        app.Sandbox.Messages.All.Count.ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Snooze_ThatLetsCriticalThrough_AndQuietHoursThatDoNot_HoldAll(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddSlackIntegrationAsync(Joined);
        await SnoozeAsync(app, id, TimeSpan.FromHours(4), letCriticalThrough: true);
        await PostAsync(app, "low");
        await PostCriticalAsync(app, "critical");
        await app.WaitForDeliveriesAsync(all => all.Count == 2
            && all[0].HoldReason == HoldReason.Snoozed && all[1].State == DeliveryState.Sent);

        // From the last midnight on, for six days.
        var quiet = new QuietHours { IsOn = true, Days = WeekDays.All & ~DayBefore(time), From = new(0, 0), To = new(0, 0),
            TimeZone = "UTC", LetCriticalThrough = false };
        await app.EditSlackIntegrationAsync(id, s => s.Delivery = new DeliveryPolicy { QuietHours = quiet });
        await PostCriticalAsync(app, "at night");

        await app.WaitForDeliveriesAsync(all => all.Count == 3
            && all[0].HoldReason == HoldReason.Snoozed && all[2] is { State: DeliveryState.Held, HoldReason: HoldReason.QuietHours });
    }

    [Theory, DatabaseData]
    public async Task Snoozed_ThatFails_IsCountedApart_AndItsFallbackIsToldAfterwards(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var robot = await app.AddChatbotAsync(RobotSeeds.KeywordToken, c => c with { Rules = null });
        var to = new ChannelKey(ChannelKind.DingTalk, robot);
        var fallback = new DeliveryPolicy { Fallback = new Fallback { IsOn = true, To = to, AfterMinutes = 5 } };
        var id = await app.AddSlackIntegrationAsync(
            Joined, s => (s.SlackNotify, s.SlackStop, s.Delivery) = (false, true, fallback), token: "xoxb-nobody-knows-this");
        await PostAsync(app, "one");
        await app.WaitForDeliveriesAsync(all => all is [{ HoldReason: HoldReason.NeedsAttention }]);
        await SnoozeAsync(app, id, TimeSpan.FromHours(4));
        var watch = app.Services.GetRequiredService<OutageWatch>();

        time.Shift(TimeSpan.FromMinutes(10));
        await watch.LookAsync(Token);
        (await app.DeliveriesAsync()).Count.ShouldBe(1, "nobody is told while it is snoozed");
        var picture = await app.Services.GetRequiredService<OverviewService>().GetAsync(ChartRange.Parse(null), Actor.System, Token);
        (picture.Channels.NeedAttention, picture.Channels.Failing, picture.Channels.Snoozed).ShouldBe((0, 0, 1));
        picture.Problems.ShouldNotContain(problem => problem.Channels.Any(channel => channel.Key == Slack(id)));

        time.Shift(TimeSpan.FromHours(5));
        await watch.LookAsync(Token);
        await app.WaitForDeliveriesAsync(all => all.Any(d => d is { ChannelKind: ChannelKind.DingTalk, State: DeliveryState.Sent }));
    }

    [Theory, DatabaseData]
    public async Task Snooze_OfAnotherInstance_CountsFromTheNextLook(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, new ShiftedTime());
        var id = await app.AddSlackIntegrationAsync(Joined);
        await PostAsync(app, "one");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);

        // Only the rows tell of it: nothing is announced here.
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Token))
        {
            var now = DateTimeOffset.UtcNow;
            context.Pauses.Add(new Pause { ChannelKind = ChannelKind.Slack, ChannelId = id, Reason = "elsewhere", By = "somebody",
                StartsAt = now, EndsAt = now.AddHours(1) });
            await context.SaveChangesAsync(Token);
            await context.ChangeVersions.Where(v => v.Area == ChangeAreas.Pauses)
                .ExecuteUpdateAsync(set => set.SetProperty(v => v.Version, v => v.Version + 1), Token);
        }

        await PostAsync(app, "two");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all[1].HoldReason == HoldReason.Snoozed);
    }

    [Fact]
    public async Task Snooze_ThatEndsByItself_IsToldToOpenPages()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(DatabaseProvider.Sqlite, time);
        var id = await app.AddSlackIntegrationAsync(Joined);
        await SnoozeAsync(app, id, TimeSpan.FromHours(4));
        // The snooze itself is told of: not later than now.
        await app.Services.GetRequiredService<ChangeFeed>().BeginAsync(Token);
        var ended = 0;
        using var following = app.Services.GetRequiredService<ChangeFeed>().Subscribe(ChangeAreas.Pauses, async () =>
        {
            if (await Pauses(app).FindAsync(Slack(id), Actor.System, Token) is null)
            {
                Interlocked.Increment(ref ended);
            }
        });

        time.Shift(TimeSpan.FromHours(5));

        await Eventually.HoldsAsync(() => Task.FromResult(Volatile.Read(ref ended) > 0), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Snooze_IsInTheTrail_WithBeforeAndAfter_AndRefusesWhatIsWrong()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(DatabaseProvider.Sqlite, time);
        var id = await app.AddSlackIntegrationAsync(Joined);
        var now = time.GetUtcNow();

        (await Pauses(app).SnoozeAsync(Slack(id), new SnoozeRequest(now, "  ", PauseOutcome.Summary, false), Actor.System, Token))
            .Select(refusal => refusal.Field).ShouldBe([nameof(SnoozeRequest.Until), nameof(SnoozeRequest.Reason)]);
        (await Pauses(app).SnoozeAsync(
            Slack(id), new SnoozeRequest(now.AddDays(400), new string('x', 201), PauseOutcome.Summary, false), Actor.System, Token))
            .Select(refusal => refusal.TextKey).ShouldBe(["Snooze.Until.TooFar", "Snooze.Reason.TooLong"]);
        await SnoozeAsync(app, id, TimeSpan.FromHours(1));
        await SnoozeAsync(app, id, TimeSpan.FromHours(2));
        await Pauses(app).EndAsync(Slack(id), Actor.System, Token);

        var entries = (await app.AuditEntriesAsync()).Where(entry => entry.Action.StartsWith("channel.snooze", StringComparison.Ordinal))
            .Select(AuditTrail.ChangesOf).ToList();
        entries[0].Single(change => change.Field == "reason").ShouldBe(new FieldChange("reason", null, "planned work"));
        var moved = entries[1].ShouldHaveSingleItem();
        (moved.Field, moved.Before is not null, moved.After is not null).ShouldBe(("snoozedUntil", true, true));
        entries[2].ShouldAllBe(change => change.Before != null && change.After == null);
    }

    private static ChannelKey Slack(int id) => new(ChannelKind.Slack, id);

    private static PauseService Pauses(NotifyAdminApp app) => app.Services.GetRequiredService<PauseService>();

    private static WeekDays DayBefore(TimeProvider time) => WeekDaysExtensions.Each.Single(day =>
        day.Contains(time.GetUtcNow().AddDays(-1).DayOfWeek));

    private static async Task SnoozeAsync(NotifyAdminApp app, int id, TimeSpan length, bool letCriticalThrough = false) =>
        (await Pauses(app).SnoozeAsync(
            Slack(id),
            new SnoozeRequest(app.Services.GetRequiredService<TimeProvider>().GetUtcNow() + length, "planned work", PauseOutcome.Summary,
                letCriticalThrough),
            Actor.System, Token)).ShouldBeEmpty();

    private static async Task PostAsync(NotifyAdminApp app, params string[] ids)
    {
        foreach (var id in ids)
        {
            (await app.PostEventAsync("scan.stopped", new { target = "shop.example", severity = "low" }, id)).EnsureSuccessStatusCode();
        }
    }

    private static async Task PostCriticalAsync(NotifyAdminApp app, string id) =>
        (await app.PostEventAsync(Critical, new { item_level = "serious", title = $"Web shell {id}", asset = "web-01" }, id))
            .EnsureSuccessStatusCode();

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider time) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            WithSandbox = true,
            Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0" },
            Services = services => services.Replace(ServiceDescriptor.Singleton(time)),
        });
}
