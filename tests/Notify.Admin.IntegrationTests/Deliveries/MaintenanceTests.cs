using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
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
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>Maintenance of a tag, from the event to what arrives.</summary>
public sealed class MaintenanceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Maintenance_OfATag_HoldsWhatItsChannelsGet_AlsoOfOneThatGetsItLater_AndEndsWithSummaries(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var tagged = await app.AddSlackIntegrationAsync(SlackSeeds.Joined, s => s.Tags = ",prod,");
        await PlanAsync(app, new MaintenanceRequest("Prod", null, time.GetUtcNow().AddHours(4), "", "upgrade", default, false));
        await PostAsync(app, "one", "two");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.HoldReason == HoldReason.Snoozed));
        var picture = await app.Services.GetRequiredService<OverviewService>().GetAsync(ChartRange.Parse(null), Actor.System, Token);
        picture.Channels.Snoozed.ShouldBe(1);

        await app.EditSlackIntegrationAsync(tagged, s => s.Tags = "");
        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));
        app.Sandbox.Messages.All.Count.ShouldBe(1, "what was held is one summary");

        await app.EditSlackIntegrationAsync(tagged, s => s.Tags = ",a,prod,");
        await PostAsync(app, "three", "four");
        await app.WaitForDeliveriesAsync(all => all.Count(d => d.HoldReason == HoldReason.Snoozed) == 2);
        time.Shift(TimeSpan.FromHours(5));
        await app.WaitForDeliveriesAsync(all => all.Count == 4 && all.All(d => d.State == DeliveryState.Sent));
        app.Sandbox.Messages.All.Count.ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Maintenance_ThatDrops_BeginsWhileQuietHoursHoldTheChannel_AndDropsWhatComesFromThenOn(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var quiet = new QuietHours
        {
            IsOn = true, Days = WeekDays.All & ~DayBefore(time), From = new(0, 0), To = new(0, 0), TimeZone = "UTC",
        };
        await app.AddSlackIntegrationAsync(
            SlackSeeds.Joined, s => (s.Tags, s.Delivery) = (",prod,", new DeliveryPolicy { QuietHours = quiet }));
        var now = time.GetUtcNow();
        await PlanAsync(app, new MaintenanceRequest("prod", now.AddMinutes(3), now.AddHours(1), "", "upgrade", PauseOutcome.Drop, false));
        await PostAsync(app, "before");
        await app.WaitForDeliveriesAsync(all => all is [{ HoldReason: HoldReason.QuietHours }]);

        time.Shift(TimeSpan.FromMinutes(4));
        await PostAsync(app, "meanwhile");

        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all[0].HoldReason == HoldReason.Snoozed
            && all[1] is { State: DeliveryState.Skipped, Code: OutcomeCodes.Snoozed });
        app.Sandbox.Messages.All.ShouldBeEmpty();
    }

    // An open lane looks at each event anyway: one that sleeps until a moment is taken for closed, and what comes for it waits.
    [Theory, DatabaseData]
    public async Task Maintenance_ThatIsPlanned_LeavesAnOpenLaneAsleepUntilItIsWoken(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time, services => services.AddSingleton(LanePatience.Default));
        await app.AddSlackIntegrationAsync(SlackSeeds.Joined, s => s.Tags = ",prod,");
        var from = time.GetUtcNow().AddDays(2);
        await PlanAsync(app, new MaintenanceRequest("prod", from, from.AddHours(1), "", "upgrade", PauseOutcome.Drop, false));

        await PostAsync(app, "one");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        await Eventually.HoldsAsync(
            async () => await LaneAsync(app) is { LeaseToken: null, DueAt: null }, TimeSpan.FromSeconds(30));

        await PostAsync(app, "two");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.State == DeliveryState.Sent));
    }

    [Theory, DatabaseData]
    public async Task Maintenance_ThatIsPlannedWithinQuietHours_IsLookedAtWhenItBegins(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time, services => services.AddSingleton(LanePatience.Default));
        var quiet = new QuietHours
        {
            IsOn = true, Days = WeekDays.All & ~DayBefore(time), From = new(0, 0), To = new(0, 0), TimeZone = "UTC",
        };
        quiet.LetCriticalThrough.ShouldBeTrue();
        await app.AddSlackIntegrationAsync(
            SlackSeeds.Joined, s => (s.Tags, s.Delivery) = (",prod,", new DeliveryPolicy { QuietHours = quiet }));
        var from = time.GetUtcNow().AddHours(3);
        await PlanAsync(app, new MaintenanceRequest("prod", from, from.AddHours(1), "", "upgrade", PauseOutcome.Drop, false));

        await PostAsync(app, "one");

        await app.WaitForDeliveriesAsync(all => all is [{ HoldReason: HoldReason.QuietHours }]);
        await Eventually.HoldsAsync(
            async () => await LaneAsync(app) is { LeaseToken: null } lane && lane.DueAt == from, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Api_PlansChangesListsAndEnds_AndTheTrailHasIt()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, new ShiftedTime());
        await app.AddSlackIntegrationAsync(SlackSeeds.Joined, s => s.Tags = ",prod,");
        using var client = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Operator));
        var refused = await client.PostAsJsonAsync(
            "/api/maintenance", new { tag = "no tag", until = "tomorrow", meanwhile = "later" }, Token);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadFromJsonAsync<JsonNode>(Token))!["errors"]!.AsArray().Select(error => (string?)error!["field"])
            .ShouldBe(["until", "meanwhile"], ignoreOrder: true);
        (await client.PostAsJsonAsync("/api/maintenance", new { tag = "prod", reason = "upgrade" }, Token)).StatusCode
            .ShouldBe(HttpStatusCode.BadRequest, "when it ends is missing");

        var made = await client.PostAsJsonAsync("/api/maintenance", new
        {
            tag = "Prod", from = "2027-01-03T22:00:00+01:00", until = "2027-01-04T02:00:00+01:00", weekly_in = "Europe/Berlin",
            reason = "upgrade", meanwhile = "drop",
        }, Token);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var changed = await client.PutAsJsonAsync(made.Headers.Location, new
        {
            tag = "prod", until = DateTimeOffset.UtcNow.AddHours(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null), reason = "now after all",
        }, Token);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        var listed = (await client.GetFromJsonAsync<JsonNode>("/api/maintenance", Token))!["maintenance"]!.AsArray()
            .ShouldHaveSingleItem()!;
        ((string?)listed["tag"], (string?)listed["meanwhile"], (int)listed["channels"]!).ShouldBe(("prod", "summary", 1));
        listed["running_until"].ShouldNotBeNull();
        var read = await client.GetAsync(made.Headers.Location, Token);
        read.Headers.ETag.ShouldBe(changed.Headers.ETag);
        read.Headers.ETag.ShouldNotBe(made.Headers.ETag);
        using var outdated = new HttpRequestMessage(HttpMethod.Delete, made.Headers.Location);
        outdated.Headers.IfMatch.Add(made.Headers.ETag!);
        (await client.SendAsync(outdated, Token)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var late = new HttpRequestMessage(HttpMethod.Put, made.Headers.Location)
        {
            Content = JsonContent.Create(new { tag = "other", until = DateTimeOffset.UtcNow.AddHours(3), reason = "too late" }),
        };
        late.Headers.IfMatch.Add(made.Headers.ETag!);
        (await client.SendAsync(late, Token)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await client.DeleteAsync(made.Headers.Location, Token)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.DeleteAsync(made.Headers.Location, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var entries = (await app.AuditEntriesAsync()).Where(entry => entry.Action.StartsWith("maintenance.", StringComparison.Ordinal))
            .ToList();
        entries.Select(entry => entry.Action).ShouldBe(["maintenance.create", "maintenance.update", "maintenance.end"]);
        AuditTrail.ChangesOf(entries[1]).Single(change => change.Field == "reason")
            .ShouldBe(new FieldChange("reason", "upgrade", "now after all"));
    }

    private static WeekDays DayBefore(TimeProvider time) => WeekDaysExtensions.Each.Single(day =>
        day.Contains(time.GetUtcNow().AddDays(-1).DayOfWeek));

    private static async Task PlanAsync(NotifyAdminApp app, MaintenanceRequest request) =>
        (await app.Services.GetRequiredService<MaintenanceService>().AddAsync(request, Actor.System, Token)).Refusals.ShouldBeEmpty();

    private static async Task PostAsync(NotifyAdminApp app, params string[] ids)
    {
        foreach (var id in ids)
        {
            (await app.PostEventAsync("scan.stopped", new { target = "shop.example", severity = "low" }, id)).EnsureSuccessStatusCode();
        }
    }

    private static async Task<ChannelLane> LaneAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Token);
        return await context.ChannelLanes.AsNoTracking().SingleAsync(Token);
    }

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
}
