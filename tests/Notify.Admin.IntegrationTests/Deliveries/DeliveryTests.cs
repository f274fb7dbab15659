using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

public sealed class DeliveryTests
{
    private const string Joined = SlackSeeds.Joined;
    private static readonly IReadOnlyDictionary<string, string> Unpaced = new Dictionary<string,
        string> { ["Delivery:SlackPerSecond"] = "0" };

    [Theory, DatabaseData]
    public async Task Event_ThatMatches_ArrivesAndIsOnRecord(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await app.AddSlackIntegrationAsync(Joined);

        await app.PostEventAsync("scan.aborted", new { target = "shop.example", avgThreat = "High" }, "evt-1");
        var delivery = (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]))[0];

        delivery.MatchReason.ShouldBe("slackNotify");
        delivery.Attempts.ShouldBe(1);
        var message = (await app.Sandbox.WaitForMessagesAsync(1, TimeSpan.FromSeconds(60),
            cancellationToken: TestContext.Current.CancellationToken))[0];
        message.Text.ShouldContain("evt-1");
        message.Text.ShouldContain(ShortIds.OfDelivery(delivery.Id));
    }

    [Theory, DatabaseData]
    public async Task Event_ThatNobodyWants_IsStoredWithoutDelivery(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await app.AddSlackIntegrationAsync(Joined, s => (s.SlackNotify, s.SlackStop) = (false, true));

        await app.PostEventAsync("scan.paused", new { });
        await app.PostEventAsync("scan.stopped", new { });

        (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]))[0].MatchReason.ShouldBe("slackStop");
    }

    [Theory, DatabaseData]
    public async Task Send_ThatFailsForNow_IsRetriedUntilItArrives(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await app.AddSlackIntegrationAsync(Joined);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 503, Calls = 2 });

        await app.PostEventAsync("scan.stopped", new { });
        var delivery = (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }], TimeSpan.FromSeconds(40)))[0];

        delivery.Attempts.ShouldBe(3);
        (await AttemptsAsync(app)).Select(a => a.Code).ShouldBe(["http_503", "http_503", "ok"]);
    }

    [Theory, DatabaseData]
    public async Task Vendor_ThatAsksToWaitForMillennia_SilencesTheChannelForAQuarterHour(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time: time);
        await app.AddSlackIntegrationAsync(Joined);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 429,
            RetryAfter = "Fri, 31 Dec 9999 23:59:59 GMT" });

        await app.PostEventAsync("scan.stopped", new { });
        var waits = (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Retrying }]))[0];
        waits.DueAt.ShouldBeInRange(time.GetUtcNow().AddMinutes(13), time.GetUtcNow().AddMinutes(15));

        time.Shift(VendorWait.Longest);
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent, Attempts: 2 }]);
    }

    [Theory, DatabaseData]
    public async Task Channel_WithABadToken_HoldsEverythingUntilItIsEdited(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddSlackIntegrationAsync(Joined, token: "xoxb-nobody-knows-this");

        await app.PostEventAsync("scan.stopped", new { });
        await app.PostEventAsync("scan.deleted", new { });
        await app.WaitForDeliveriesAsync(all => all.Count == 2
            && all.All(d => d is { State: DeliveryState.Held, HoldReason: HoldReason.NeedsAttention }));
        (await HealthAsync(app))[id].ShouldSatisfyAllConditions(
            health => health.Status.ShouldBe(ChannelStatus.NeedsAttention), health => health.LastCode.ShouldBe("invalid_auth"));

        var protector = app.Services.GetRequiredService<SecretProtector>();
        await app.EditSlackIntegrationAsync(id, s => s.Token = protector.Protect(TestChannels.SandboxToken));

        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.State == DeliveryState.Sent));
        (await HealthAsync(app))[id].Status.ShouldBe(ChannelStatus.Ok);
    }

    [Theory, DatabaseData]
    public async Task Channel_SwitchedOff_EndsWhatWaitsAsSkipped(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddSlackIntegrationAsync(Joined, token: "xoxb-nobody-knows-this");
        await app.PostEventAsync("scan.stopped", new { });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Held }]);

        await app.EditSlackIntegrationAsync(id, s => s.IsOn = false);

        (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Skipped }]))[0].Code.ShouldBe(OutcomeCodes.ChannelOff);
    }

    [Theory, DatabaseData]
    public async Task OverflowOfThePacing_IsOneDigestThatNamesEveryEvent(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "1" });
        await app.AddSlackIntegrationAsync(Joined);

        var ids = Enumerable.Range(0, 60).Select(i => $"flood-{i:d3}").ToArray();
        await Task.WhenAll(ids.Select(id => app.PostEventAsync("scan.stopped", new { target = "shop.example" }, id)));
        await app.WaitForDeliveriesAsync(all => all.Count == 60 && all.All(d => d.State == DeliveryState.Sent), TimeSpan.FromSeconds(60));

        var text = string.Join('\n', app.Sandbox.Messages.All.Select(m => m.Text));
        ids.ShouldAllBe(id => text.Contains(id, StringComparison.Ordinal));
        app.Sandbox.Messages.All.Count.ShouldBeLessThan(30);
    }

    [Theory, DatabaseData]
    public async Task Delivery_LeftInFlightByAProcessThatDied_IsSentAgainAndMarked(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddSlackIntegrationAsync(Joined, token: "xoxb-nobody-knows-this");
        await app.PostEventAsync("scan.stopped", new { });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Held }]);
        await app.StopAsync();
        await app.Database.ExecuteAsync(
            """UPDATE "Deliveries" SET "State" = 2""",
            """UPDATE "Attempts" SET "Outcome" = 0, "Code" = NULL""",
            """UPDATE "ChannelLanes" SET "Condition" = 0, "LeaseToken" = 7, "LeaseUntil" = 1, "DueAt" = 1""");

        await app.RestartAsync();
        var protector = app.Services.GetRequiredService<SecretProtector>();
        await app.EditSlackIntegrationAsync(id, s => s.Token = protector.Protect(TestChannels.SandboxToken));

        var delivery = (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]))[0];
        delivery.MayBeDuplicate.ShouldBeTrue();
        (await AttemptsAsync(app))[0].ShouldSatisfyAllConditions(
            attempt => attempt.Outcome.ShouldBe(AttemptOutcome.Unknown), attempt => attempt.Code.ShouldBe(OutcomeCodes.ProcessDied));
    }

    [Theory, DatabaseData]
    public async Task Delivery_WhoseLaneNobodyWokeAnyMore_IsFound(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await app.AddSlackIntegrationAsync(Joined);
        await app.PostEventAsync("scan.stopped", new { });
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        await app.StopAsync();
        // As after a process that died between its commit and waking the lane.
        await app.Database.ExecuteAsync(
            """UPDATE "Deliveries" SET "State" = 1""",
            """UPDATE "ChannelLanes" SET "LeaseToken" = NULL, "LeaseUntil" = NULL, "DueAt" = NULL""");

        await app.RestartAsync();

        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent, Attempts: 2 }]);
    }

    [Theory, DatabaseData]
    public async Task TwoInstances_OnOneDatabase_SendEachEventOnce(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return; // One process owns a SQLite file; that a second is refused is tested with the start.
        }

        await using var database = await TestDatabase.CreateAsync(provider);
        await using var one = await StartAsync(provider, database: database);
        await using var two = await StartAsync(provider, database: database, sandbox: one.Sandbox);
        await one.AddSlackIntegrationAsync(Joined);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? one : two).PostEventAsync("scan.stopped", new { }, $"e{i}")));
        await one.WaitForDeliveriesAsync(all => all.Count == 100 && all.All(d => d.State == DeliveryState.Sent), TimeSpan.FromSeconds(60));

        one.Sandbox.Messages.All.Count.ShouldBe(100);
    }

    [Fact]
    public async Task Test_OfADestination_GoesTheWayOfDeliveriesAndIsRecorded()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddSlackIntegrationAsync(Joined);
        var desk = app.Services.GetRequiredService<IDeliveryDesk>();
        var destination = (await app.Services.GetServices<IChannel>().Single(c => c.Kind == ChannelKind.Slack)
            .FindAsync(id, CancellationToken.None))!;

        var outcome = await desk.SendTestAsync(destination, TestChoice.Newest, Actor.System, CancellationToken.None);

        outcome.Result!.Accepted.ShouldBeTrue();
        app.Sandbox.Messages.All[0].Text.ShouldContain(outcome.ShortId);
        (await HealthAsync(app))[id].LastTestAccepted.ShouldBe(true);
        await Should.ThrowAsync<NotPermittedException>(() =>
            desk.SendTestAsync(destination, TestChoice.Newest, Actor.System with { Role = Roles.Viewer }, CancellationToken.None));
    }

    private static Task<NotifyAdminApp> StartAsync(
        DatabaseProvider provider, IReadOnlyDictionary<string, string>? configuration = null, TestDatabase? database = null,
        SandboxServer? sandbox = null, TimeProvider? time = null) =>
        NotifyAdminApp.StartAsync(new()
        {
            Time = time,
            Provider = provider,
            Database = database,
            WithSandbox = sandbox is null,
            Configuration = sandbox is null
                ? configuration ?? Unpaced
                : new Dictionary<string, string>(configuration ?? Unpaced) { ["Slack:ApiUrl"] = sandbox.SlackApiUrl.AbsoluteUri },
        });

    private static async Task<IReadOnlyDictionary<int, ChannelHealth>> HealthAsync(NotifyAdminApp app) =>
        await app.HealthOfAllAsync(ChannelKind.Slack);

    private static async Task<IReadOnlyList<Attempt>> AttemptsAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync();
        return await context.Attempts.AsNoTracking().OrderBy(a => a.Id).ToListAsync();
    }
}
