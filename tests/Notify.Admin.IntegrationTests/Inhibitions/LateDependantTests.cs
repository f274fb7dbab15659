using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Events;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using static Notify.Admin.IntegrationTests.Inhibitions.HostStage;

namespace Notify.Admin.IntegrationTests.Inhibitions;

/// <summary>What came before its problem and waits still when that opens: counted, and not sent.</summary>
public sealed class LateDependantTests
{
    private const string Everything = """[{"conditions":[{"on":"severity","from":"low"}]}]""";

    private static readonly Actor Operator = new("u1", "operator@example.test", Roles.Operator, "tests");

    [Theory, DatabaseData]
    public async Task Interval_WithholdsWhatCameBeforeItsProblem_AndTheEndSaysHowManyWere(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await AddAsync(app);
        await app.AddSlackIntegrationAsync("C0ALERTS01", slack => slack.IntervalMinutes = 10);
        await PostAsync(app, Service("first", "web-09"));
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);

        await PostAsync(app, Service("early", "WEB-01"), Service("other", "web-02"));
        await PostAsync(app, Host("down", "web-01", "open"), Service("late", "web-01"));
        await app.WaitForDeliveriesAsync(all => all.Count(one => one.State == DeliveryState.Held) == 3);
        time.Shift(TimeSpan.FromMinutes(11));

        var deliveries = await app.WaitForDeliveriesAsync(all => all.Count == 5 && all.All(one => one.State.IsFinal()));
        deliveries.Select(one => (one.State, one.Code)).ShouldBe(
        [
            (DeliveryState.Sent, "ok"), (DeliveryState.Skipped, OutcomeCodes.Inhibited), (DeliveryState.Sent, "ok"),
            (DeliveryState.Sent, "ok"), (DeliveryState.Skipped, OutcomeCodes.Inhibited),
        ]);
        (await InhibitedAsync(app)).ShouldBe([("early", "down"), ("late", "down")]);
        var digest = app.Sandbox.Messages.All[^1].Text;
        digest.ShouldSatisfyAllConditions(
            text => text.ShouldContain("Host down on web-01"), text => text.ShouldContain("service other"),
            text => text.ShouldNotContain("service early"));
        var record = await app.Services.GetRequiredService<EventService>().FindAsync(deliveries[1].EventRowId, Operator, Stop);
        record!.Inhibited.ShouldBe(new Inhibited("Hosts", "down"));

        time.Shift(TimeSpan.FromMinutes(11));
        await PostAsync(app, Host("up", "web-01", "resolved"));
        (await app.Sandbox.WaitForMessageAsync(m => m.Text.Contains("Host up", StringComparison.Ordinal), TimeSpan.FromSeconds(60), Stop))
            .Text.ShouldContain("Events held back while it was open: 2");
        await app.WaitForDeliveriesAsync(all => all.Count == 6 && all.All(one => one.State.IsFinal()));
        var totals = await app.Services.GetRequiredService<DeliveryTotalsStore>().ReadAsync(Stop);
        (totals.Counts[DeliveryState.Skipped], totals.Counts[DeliveryState.Sent]).ShouldBe((2, 4));
    }

    [Theory, DatabaseData]
    public async Task Event_ThatOneChannelWasSentAndTwoHaveWaiting_IsCountedOnce_AndTheEndOfADigestSaysSo(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await AddAsync(app);
        await app.AddSlackIntegrationAsync("C0ALERTS01");
        await app.AddSlackIntegrationAsync("C0SECOPS01", slack => slack.IntervalMinutes = 10);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken,
            change => change with
            {
                Rules = ConfigList.Empty, OwnRules = Everything, IntervalMinutes = 10, Language = DingTalkLanguage.Zh,
            });
        await PostAsync(app, Service("first", "web-09"));
        await app.WaitForDeliveriesAsync(all => all.Count == 3 && all.All(one => one.State == DeliveryState.Sent));

        await PostAsync(app, Service("early", "web-01"));
        await app.WaitForDeliveriesAsync(all => all.Count(one => one.State == DeliveryState.Sent) == 4
            && all.Count(one => one.State == DeliveryState.Held) == 2);
        await PostAsync(app, Host("down", "web-01", "open"));
        await app.WaitForDeliveriesAsync(all => all.Count(one => one.State == DeliveryState.Sent) == 5
            && all.Count(one => one.State == DeliveryState.Held) == 4);
        time.Shift(TimeSpan.FromMinutes(11));
        await app.WaitForDeliveriesAsync(all => all.Count(one => one.State == DeliveryState.Skipped) == 2
            && all.Count(one => one.State == DeliveryState.Sent) == 7);
        await PostAsync(app, Service("note", "web-07"), Host("up", "web-01", "resolved"));
        time.Shift(TimeSpan.FromMinutes(11));
        await app.WaitForDeliveriesAsync(all => all.Count == 15 && all.All(one => one.State.IsFinal()));

        var ends = app.Sandbox.Messages.All.Where(m => m.Text.Contains("Host up", StringComparison.Ordinal)).Select(m => m.Text).ToList();
        ends.Count(text => text.Contains("Events held back while it was open: 1", StringComparison.Ordinal)).ShouldBe(2);
        ends.Count(text => text.Contains("未恢复期间抑制的事件：1 个", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task BackOff_WithholdsWhatWasRefused_AndWhatWaitsBehindIt(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await AddAsync(app);
        await app.AddSlackIntegrationAsync("C0ALERTS01");
        app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 429, RetryAfter = "60", Method = "chat.postMessage",
        });
        await PostAsync(app, Service("refused", "web-01"));
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying }]);

        await PostAsync(app, Service("behind", "web-01"));
        await PostAsync(app, Host("down", "web-01", "open"));
        time.Shift(TimeSpan.FromSeconds(90));

        (await app.WaitForDeliveriesAsync(all => all.Count == 3 && all.All(one => one.State.IsFinal())))
            .Select(one => one.State).ShouldBe([DeliveryState.Skipped, DeliveryState.Skipped, DeliveryState.Sent]);
        app.Sandbox.Messages.All.ShouldHaveSingleItem().Text.ShouldContain("Host down on web-01");
    }

    [Theory, DatabaseData]
    public async Task Problem_ThatHasEndedByThen_WithholdsNothing_NorWhatSomebodySendsAgain(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await AddAsync(app);
        await app.AddSlackIntegrationAsync("C0ALERTS01", slack => slack.IntervalMinutes = 10);
        await PostAsync(app, Service("first", "web-09"));
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);

        await PostAsync(app, Service("early", "web-01"), Host("down", "web-01", "open"), Host("up", "web-01", "resolved"));
        await app.WaitForDeliveriesAsync(all => all.Count(one => one.State == DeliveryState.Held) == 3);
        time.Shift(TimeSpan.FromMinutes(11));
        await app.WaitForDeliveriesAsync(all => all.Count == 4 && all.All(one => one.State == DeliveryState.Sent));
        await PostAsync(app, Host("again", "web-01", "open"), Service("late", "web-01"));
        var skipped = (await app.WaitForDeliveriesAsync(all => all.Count == 6))[^1];
        await app.Services.GetRequiredService<DeliveryService>().SendAgainAsync(
            new SendAgainTarget { Ids = [skipped.Id] }, false, Operator, Stop);
        time.Shift(TimeSpan.FromMinutes(11));

        await app.WaitForDeliveriesAsync(all => all.Count == 6 && all.All(one => one.State == DeliveryState.Sent));
    }

    [Theory, DatabaseData]
    public async Task TwoProblems_ThatHoldEachOtherBack_AreNotBothSilent(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await AddAsync(app, model => model.Dependants = """[{"conditions":[{"on":"text","contains":"host down"}]}]""");
        await app.AddSlackIntegrationAsync("C0ALERTS01", slack => slack.IntervalMinutes = 10);
        await PostAsync(app, Service("first", "web-09"));
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);

        await PostAsync(app, Host("down", "web-01", "open"));
        await PostAsync(app, Json("twin", "tool.host", new
        {
            title = "Twin down", asset = "web-01", state = "open", problem = "twin", severity = "high", description = "host down",
        }));
        await app.WaitForDeliveriesAsync(all => all.Count == 3 && all[1].State == DeliveryState.Held);
        time.Shift(TimeSpan.FromMinutes(11));

        (await app.WaitForDeliveriesAsync(all => all.All(one => one.State.IsFinal())))
            .Select(one => one.State).ShouldBe([DeliveryState.Sent, DeliveryState.Sent, DeliveryState.Skipped]);
    }

    [Theory, DatabaseData]
    public async Task Withholding_UnderALeaseThatIsLost_LeavesEverythingAsItWas(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await AddAsync(app);
        var channel = new ChannelKey(ChannelKind.Slack,
            await app.AddSlackIntegrationAsync("C0ALERTS01", slack => slack.IntervalMinutes = 10));
        await PostAsync(app, Service("first", "web-09"));
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        await PostAsync(app, Service("early", "web-01"), Host("down", "web-01", "open"));
        var early = (await app.WaitForDeliveriesAsync(all => all.Count(one => one.State == DeliveryState.Held) == 2))[1];
        await using var context = await ContextAsync(app);
        var row = (await context.OpenProblems.AsNoTracking().SingleAsync(Stop)).Id;
        var lost = new ChannelLane
        {
            Id = ChannelLane.IdOf(channel), ChannelKind = channel.Kind, ChannelId = channel.Id, LeaseToken = 42,
        };

        await Should.ThrowAsync<LeaseLostException>(() => app.Services.GetRequiredService<LaneOutbox>().InhibitAsync(
            lost, [new LateDependant(early, new Inhibited("Hosts", "down"), row)], Stop));

        (await context.OpenProblems.AsNoTracking().SingleAsync(Stop)).Held.ShouldBe(0);
        (await InhibitedAsync(app)).ShouldBeEmpty();
        (await app.DeliveriesAsync())[1].State.ShouldBe(DeliveryState.Held);
    }

    [Theory, DatabaseData]
    public async Task Count_OfAProblem_GoesOnWhileItIsToldAgain_AndSaysWhenItIsGone(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await AddAsync(app);
        await app.AddSlackIntegrationAsync("C0ALERTS01");

        await PostAsync(app, Host("down", "web-01", "open"), Service("1", "web-01"));
        await PostAsync(app, Service("2", "web-01"), Host("still", "web-01", "open"), Service("3", "web-01"));
        long row;
        await using (var context = await ContextAsync(app))
        {
            var open = await context.OpenProblems.AsNoTracking().SingleAsync(Stop);
            (open.Held, open.EventId).ShouldBe((3, "still"));
            row = open.Id;
            (await OpenProblemStore.CountAsync(context, row, 2, Stop)).ShouldBeTrue();
        }

        await PostAsync(app, Service("4", "web-01"), Host("up", "web-01", "resolved"));

        await using var after = await ContextAsync(app);
        (await OpenProblemStore.CountAsync(after, row, 1, Stop)).ShouldBeFalse();
        (await after.Events.Where(e => e.HeldBack > 0).Select(e => new { e.EventId, e.HeldBack }).ToListAsync(Stop))
            .ShouldHaveSingleItem().ShouldBe(new { EventId = "up", HeldBack = 6 });
    }
}
