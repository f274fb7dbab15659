using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>The system's clock is set by two hours while things wait for it: nothing waits two hours longer, nothing is sent twice, and no
/// vendor is sent more than it takes. The vendors' clocks are not set.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task SetBack_WhileARetryWaits_ItIsMadeInItsTime(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time, provider);
        await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 503 });
        await app.PostEventAsync("scan.stopped", new { });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying }]);

        time.Shift(-TwoHours);

        var sent = (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }], TimeSpan.FromSeconds(30)))[0];
        sent.Attempts.ShouldBe(2);
        app.Sandbox.Messages.All.Count.ShouldBe(1);
        await app.InvariantShouldHoldAsync();
    }

    [Fact]
    public async Task SetForward_WhileARetryWaits_NothingIsGivenUp()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time);
        await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 503, Calls = 2 });
        await app.PostEventAsync("scan.stopped", new { });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying }]);

        time.Shift(TwoHours);
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying, Attempts: 2 }]);
        time.Shift(TimeSpan.FromSeconds(5));

        (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }], TimeSpan.FromSeconds(30)))[0].Attempts.ShouldBe(3);
        app.Sandbox.Messages.All.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task Set_DuringASend_ItIsSentOnce(int hours)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time);
        await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Delay, DelayMs = 1500 });
        await app.PostEventAsync("scan.stopped", new { });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sending }]);

        time.Shift(TimeSpan.FromHours(hours));
        await app.PostEventAsync("scan.deleted", new { });

        await app.WaitForDeliveriesAsync(all => all.Count == 2
            && all.All(d => d is { State: DeliveryState.Sent, Attempts: 1, MayBeDuplicate: false }));
        app.Sandbox.Messages.All.Count.ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task SetBack_WhileTheIntervalRuns_ItEndsInItsTime(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time, provider);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, bot => bot with { IntervalMinutes = 5 });
        await PostAlertAsync(app, "first");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        await PostAlertAsync(app, "second");
        await app.WaitForDeliveriesAsync(all => all is [_, { State: DeliveryState.Held, HoldReason: HoldReason.Interval }]);

        time.Shift(-TwoHours);
        await app.WaitForDeliveriesAsync(all => all[1].DueAt <= time.GetUtcNow() + TimeSpan.FromMinutes(5));
        app.Sandbox.Messages.All.Count.ShouldBe(1);
        time.Shift(TimeSpan.FromMinutes(5));

        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));
        app.Sandbox.Messages.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SetBack_WhileTheRobotIsShut_ItIsTriedInItsTime()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.DingTalk, Kind = FaultKind.ErrorCode, ErrorCode = "130101" });
        await PostAlertAsync(app, "first");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying }]);

        time.Shift(-TwoHours);
        await app.WaitForDeliveriesAsync(all => all[0].DueAt <= time.GetUtcNow() + TimeSpan.FromMinutes(10));
        app.Sandbox.Calls.All.Count.ShouldBe(1);
        time.Shift(TimeSpan.FromMinutes(10));

        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent, Attempts: 2 }]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task Set_WithTheSendingLimitReached_NothingIsSentInTheSameMinute(int hours)
    {
        const int Limit = 18;
        var time = new ShiftedTime();
        await using var app = await StartAsync(time, limit: Limit);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        for (var i = 0; i < Limit; i++)
        {
            await PostAlertAsync(app, $"before-{i}");
            await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));
        }

        time.Shift(TimeSpan.FromHours(hours));
        await PostAlertAsync(app, "after");
        await app.WaitForDeliveriesAsync(all => all.Count == Limit + 1
            && all[Limit] is { State: DeliveryState.Held, HoldReason: HoldReason.Pacing } held
            && held.DueAt <= time.GetUtcNow() + TimeSpan.FromSeconds(61));

        app.Sandbox.Calls.All.Count.ShouldBe(Limit);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task Set_OutOfQuietHours_TheyEnd(int hours)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time);
        TimeOnly At(int hour) => TimeOnly.FromTimeSpan(time.GetUtcNow().AddHours(hour).TimeOfDay);
        await app.AddSlackIntegrationAsync(
            SlackSeeds.Joined, s => s.Delivery = new DeliveryPolicy { QuietHours = new QuietHours { IsOn = true, Days = WeekDays.All,
            From = At(-1), To = At(1), TimeZone = "UTC", LetCriticalThrough = false } });
        await app.PostEventAsync("scan.stopped", new { });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Held, HoldReason: HoldReason.QuietHours }]);

        time.Shift(TimeSpan.FromHours(hours));

        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent, Attempts: 1 }]);
    }

    private static Task<NotifyAdminApp> StartAsync(TimeProvider time, DatabaseProvider provider = DatabaseProvider.Sqlite,
        int limit = 0) => NotifyAdminApp.StartAsync(new()
    {
        Provider = provider,
        WithSandbox = true,
        Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0", ["Delivery:DingTalkPerMinute"] = $"{limit}" },
        Services = services => services.AddSingleton(time),
    });

    private static async Task PostAlertAsync(NotifyAdminApp app, string id)
    {
        using var answer = await app.PostEventAsync("sas-event-suspicious",
            new { item_level = "serious", event_type = "Unusual logon", title = id }, id);
        answer.EnsureSuccessStatusCode();
    }
}
