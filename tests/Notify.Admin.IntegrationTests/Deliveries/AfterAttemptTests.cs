using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>The rows of "After an attempt" that take hours, and what a worker may still send that has lost its lanes.</summary>
public sealed class AfterAttemptTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Delivery_NotAcceptedForADay_IsGivenUp(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        app.Sandbox.Faults.Add(Fault(FaultKind.Status, calls: 0) with { Status = 503 });

        await app.PostEventAsync("scan.stopped", new { });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying, Attempts: 1 }]);
        time.Shift(TimeSpan.FromHours(23.9));
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying, Attempts: 2 }]);
        time.Shift(TimeSpan.FromMinutes(20));

        (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.GivenUp, Attempts: 3 }]))[0].Code.ShouldBe("http_503");
        (await HealthAsync(app))!.Status.ShouldBe(ChannelStatus.Failing);
    }

    [Theory, DatabaseData]
    public async Task Delivery_HeldForADayBetweenItsAttempts_IsNotGivenUp(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        app.Sandbox.Faults.Add(Fault(FaultKind.ErrorCode, calls: 1) with { ErrorCode = "token_revoked" });
        app.Sandbox.Faults.Add(Fault(FaultKind.Status, calls: 1) with { Status = 503 });

        await app.PostEventAsync("scan.stopped", new { });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Held, HoldReason: HoldReason.NeedsAttention, Attempts: 1 }]);
        time.Shift(TimeSpan.FromHours(30));
        await TryAgainAsync(app, id);

        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying, Attempts: 2 }]);
    }

    [Theory, DatabaseData]
    public async Task Channel_WithTheSameUnknownCodeForTheFifthTime_NeedsAttention(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        app.Sandbox.Faults.Add(Fault(FaultKind.ErrorCode, calls: 5) with { ErrorCode = "nobody_knows_this" });

        await app.PostEventAsync("scan.stopped", new { });
        for (var attempts = 1; attempts < RetryPolicy.UnknownCodeLimit; attempts++)
        {
            await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying } delivery] && delivery.Attempts == attempts);
            (await HealthAsync(app))!.Status.ShouldBe(ChannelStatus.Failing);
            time.Shift(TimeSpan.FromMinutes(20));
        }

        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Held, HoldReason: HoldReason.NeedsAttention, Attempts: 5 }]);
        (await HealthAsync(app))!.ShouldSatisfyAllConditions(
            health => health.Status.ShouldBe(ChannelStatus.NeedsAttention), health => health.LastCode.ShouldBe("nobody_knows_this"));

        await TryAgainAsync(app, id);
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent, Attempts: 6 }]);
    }

    [Theory, DatabaseData]
    public async Task Worker_ThatWasSuspended_DoesNotSendWhatAnotherHasSent(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        // Both wait until somebody acts, and then begin together.
        app.Sandbox.Faults.Add(Fault(FaultKind.ErrorCode, calls: 1) with { ErrorCode = "token_revoked" });
        var id = await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        await app.PostEventAsync("scan.stopped", new { target = "first.example" });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Held }]);
        await app.PostEventAsync("scan.stopped", new { target = "second.example" });
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.State == DeliveryState.Held));
        var inFlight = app.Sandbox.Faults.Add(Fault(FaultKind.Delay, calls: 1) with { DelayMs = 4_000 });

        await TryAgainAsync(app, id);
        await Eventually.HoldsAsync(
            () => Task.FromResult(app.Sandbox.Faults.All.All(f => f.Fault.Id != inFlight.Id)), TimeSpan.FromSeconds(30));
        (await app.DeliveriesAsync()).ShouldAllBe(d => d.State == DeliveryState.Sending);
        time.Shift(TimeSpan.FromMinutes(2));
        // Another takes the lane over: here the same program, with another token.
        await app.Database.ExecuteAsync("""UPDATE "ChannelLanes" SET "LeaseToken" = NULL, "LeaseUntil" = NULL""");
        await app.WaitForDeliveriesAsync(all => all.All(d => d is { State: DeliveryState.Sent, MayBeDuplicate: true }));
        await Eventually.HoldsAsync(
            () => Task.FromResult(app.Logs.Lines.Any(line => line.Contains("Lost the lease", StringComparison.Ordinal))),
            TimeSpan.FromSeconds(30));

        int Told(string target) => app.Sandbox.Messages.All.Count(m => m.Text.Contains(target, StringComparison.Ordinal));
        Told("second.example").ShouldBe(1);
        Told("first.example").ShouldBe(2, "it was in flight, and is marked");
    }

    private static SandboxFault Fault(FaultKind kind, int calls) => new() { Target = FaultTarget.Slack, Kind = kind, Calls = calls };

    private static async Task TryAgainAsync(NotifyAdminApp app, int id) =>
        await app.Services.GetRequiredService<IDeliveryDesk>().TryAgainAsync(new ChannelKey(ChannelKind.Slack, id), Actor.System, Stop);

    private static async Task<ChannelHealth?> HealthAsync(NotifyAdminApp app) =>
        (await app.HealthOfAllAsync(ChannelKind.Slack)).Values.SingleOrDefault();

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider time) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            WithSandbox = true,
            Time = time,
            Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0" },
        });
}
