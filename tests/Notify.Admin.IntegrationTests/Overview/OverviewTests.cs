using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Overview;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Overview;

public class OverviewTests
{
    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");

    // A hundred thousand, of which every thousandth needs attention.
    internal static string ManyLanes(DatabaseProvider provider) =>
        $"""
        {provider.Numbers(100_000)}
        INSERT INTO "ChannelLanes" ("Id", "ChannelKind", "ChannelId", "Wakes", "Condition", "LastCode", "SameCodeCount", "FailureCount",
            "RefusedCount", "SentCount", "FailedCount", "GivenUpCount", "SkippedCount", "HasRevisions")
        SELECT 4294967296 + i, 1, i, 0, CASE WHEN i % 1000 = 0 THEN 2 ELSE 0 END, 'not_in_channel', 0, 0, 0, 0, 0, 0, 0,
            {(provider == DatabaseProvider.PostgreSql ? "FALSE" : "0")} FROM n
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Get_NewInstallation_HasEveryStepToDo(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, new PretendChannel(ChannelKind.Slack));

        var picture = await GetAsync(app, ChartRange.Day);

        (picture.Steps.HasChannel, picture.Steps.HasTested, picture.Steps.HasEvent, picture.Steps.HasArrived)
            .ShouldBe((false, false, false, false));
        picture.Problems.ShouldBeEmpty();
        picture.Flow.Count.ShouldBe(24);
        picture.Flow.ShouldAllBe(step => step.Events.Count == 0 && step.Outcomes == default);
        (picture.Latency, picture.Busiest.Count, picture.Worst.Count).ShouldBe((null, 0, 0));
    }

    [Theory, DatabaseData]
    public async Task Get_ADaysTraffic_CountsItByStepAndChannel(DatabaseProvider provider)
    {
        var slack = new PretendChannel(ChannelKind.Slack) { Channels = { new ChannelName(ActivitySeed.Slack, "sec-alerts", true),
            Deaf(5) } };
        await using var app = await StartAsync(provider, slack);
        var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
        var now = TimeProvider.System.GetUtcNow();
        var seed = new ActivitySeed(contexts) { Now = now };
        await seed.DeliveryAsync(DeliveryState.Sent, at: now.AddDays(-2));
        await seed.DeliveryAsync(DeliveryState.Sent, at: now.AddHours(-3), with: d => d.ChangedAt = d.CreatedAt.AddSeconds(2));
        await seed.DeliveryAsync(DeliveryState.Held, at: now);
        await seed.DeliveryAsync(DeliveryState.Skipped, at: now);
        await seed.EventAsync(at: now, matches: 0, severity: Severity.Critical);
        await seed.DeliveryAsync(DeliveryState.Failed, at: now);
        // Made long ago, expired today; and one that expired long ago.
        await seed.DeliveryAsync(DeliveryState.GivenUp, at: now.AddDays(-2), with: d => d.ChangedAt = now);
        await seed.DeliveryAsync(DeliveryState.GivenUp, at: now.AddDays(-4));
        await AddLanesAsync(contexts, Lane(1, ChannelCondition.NeedsAttention, now, tested: true));

        var picture = await GetAsync(app, ChartRange.Day);

        Events(picture).ShouldBe(5);
        picture.Flow.Sum(step => step.Matched).ShouldBe(4);
        picture.Flow.Sum(step => step.Events.GetValueOrDefault(Severity.Critical)).ShouldBe(1);
        picture.UnmatchedCritical.ShouldBe(1);
        Sum(picture).ShouldBe(new Outcomes(1, 1, 1));
        picture.Latency!.Median.ShouldBe(TimeSpan.FromSeconds(2));
        var busiest = picture.Busiest.ShouldHaveSingleItem();
        (busiest.Name, busiest.Outcomes).ShouldBe(("sec-alerts", new Outcomes(1, 1, 1)));
        busiest.Hours.Sum(hour => hour.Sent + hour.Failed + hour.Open).ShouldBe(3);
        picture.Worst.ShouldHaveSingleItem().Key.ShouldBe(ActivitySeed.Slack);
        picture.Steps.AllDone.ShouldBeTrue();
        picture.LastSuccessAt.ShouldNotBeNull();
        picture.Channels.ShouldBe(new ChannelCounts(2, 2, 1, 0));
        picture.Problems.Select(problem => (problem.Kind, problem.Channels[0].Name, problem.Count)).ShouldBe(
            [(ProblemKind.Attention, "sec-alerts", 1), (ProblemKind.Undelivered, "sec-alerts", 2), (ProblemKind.Unreachable, "deaf", 0)]);
        picture.Problems[0].Text.ShouldBe("not_in_channel means not_in_channel mend");

        // The list that the row leads to has what the row counts.
        var query = QueryHelpers.ParseQuery(ProblemsPanel.Undelivered.Split('?')[1]);
        var address = DeliveryAddress.Parse(name => query.TryGetValue(name, out var value) ? (string?)value : null);
        var listed = await app.Services.GetRequiredService<DeliveryService>()
            .ListAsync(address.ToFilter(now), PageCursor.Newest, 10, Viewer, Stop);
        listed.Rows.Count.ShouldBe(3, "one that failed, and both that expired");
    }

    [Theory, DatabaseData]
    public async Task Get_LongerRanges_CountFurtherBack(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, new PretendChannel(ChannelKind.Slack)
        {
            Channels = { new ChannelName(ActivitySeed.Slack, "sec-alerts", true) },
        });
        var now = TimeProvider.System.GetUtcNow();
        var seed = new ActivitySeed(app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>()) { Now = now };
        foreach (var hours in (int[])[40 * 24, 20 * 24, 3 * 24, 5, 0])
        {
            await seed.DeliveryAsync(DeliveryState.Sent, at: now.AddHours(-hours));
        }

        foreach (var (range, expected) in ChartRange.All.Zip([1, 2, 3, 4]))
        {
            var picture = await GetAsync(app, range);
            (Events(picture), Sum(picture).Sent, picture.Busiest[0].Outcomes.Sent).ShouldBe((expected, expected, expected), range.Name);
            picture.Flow.Count.ShouldBe(range.Steps);
            picture.Flow[^1].From.ShouldBeLessThanOrEqualTo(now);
            picture.Flow[^1].To.ShouldBeGreaterThan(now);
        }
    }

    [Theory, DatabaseData]
    public async Task Get_ChannelsThatFailForOneCause_AreOneProblem(DatabaseProvider provider)
    {
        var slack = new PretendChannel(ChannelKind.Slack);
        slack.Channels.AddRange(Enumerable.Range(1, 23).Select(id => Named(id, isOn: id != 23)));
        await using var app = await StartAsync(provider, slack);
        var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
        var now = TimeProvider.System.GetUtcNow();
        // The last two are switched off and deleted.
        await AddLanesAsync(contexts, [.. Enumerable.Range(1, 24).Select(id => Lane(id, ChannelCondition.NeedsAttention, now))]);
        var seed = new ActivitySeed(contexts) { Now = now };
        await seed.DeliveryAsync(DeliveryState.Held, new ChannelKey(ChannelKind.Slack, 7), at: now);
        await seed.DeliveryAsync(DeliveryState.Held, new ChannelKey(ChannelKind.Slack, 7), at: now);

        var picture = await GetAsync(app, ChartRange.Day);

        var problem = picture.Problems.ShouldHaveSingleItem();
        (problem.Kind, problem.Code, problem.Channels.Count, problem.Count).ShouldBe((ProblemKind.Attention, "not_in_channel", 22, 2));
        problem.Channels[0].ShouldBe(new ProblemChannel(new ChannelKey(ChannelKind.Slack, 7), "c7", 2));
        picture.Channels.ShouldBe(new ChannelCounts(23, 22, 22, 0));
    }

    [Theory, DatabaseData]
    public async Task Get_OfAHundredThousandChannels_IsNoLarger(DatabaseProvider provider)
    {
        const int many = 100_000;
        var slack = new PretendChannel(ChannelKind.Slack);
        slack.Channels.AddRange(Enumerable.Range(1, many).Select(id => Named(id)));
        await using var app = await StartAsync(provider, slack);
        var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
        var now = TimeProvider.System.GetUtcNow();
        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            await context.Database.ExecuteSqlRawAsync(ManyLanes(provider), Stop);
        }

        var seed = new ActivitySeed(contexts) { Now = now };
        foreach (var id in Enumerable.Range(1, 30))
        {
            await seed.DeliveryAsync(DeliveryState.Failed, new ChannelKey(ChannelKind.Slack, id), at: now);
        }

        var picture = await GetAsync(app, ChartRange.Day);

        picture.Channels.ShouldBe(new ChannelCounts(many, many, many / 1000, 0));
        (picture.Busiest.Count, picture.Worst.Count, picture.Problems.Count).ShouldBe((10, 10, 2));
    }

    [Theory, DatabaseData]
    public async Task SampleEvent_OfAChannel_ArrivesThere(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
        var slack = await app.AddSlackIntegrationAsync("C0ALERTS01", s => (s.SlackNotify, s.SlackStop) = (false, true));
        var samples = app.Services.GetRequiredService<SampleEventService>();

        (await samples.SendAsync(new ChannelKey(ChannelKind.Slack, slack), await app.AdminActorAsync(), Stop)).ShouldBeTrue();

        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        (await samples.SendAsync(new ChannelKey(ChannelKind.Slack, slack + 1), await app.AdminActorAsync(), Stop))
            .ShouldBeFalse("it is not there");
    }

    private static ChannelName Named(int id, bool isOn = true) => new(new ChannelKey(ChannelKind.Slack, id), $"c{id}", isOn);

    private static Task<OverviewPicture> GetAsync(NotifyAdminApp app, ChartRange range) =>
        app.Services.GetRequiredService<OverviewService>().GetAsync(range, Viewer, Stop);

    private static long Events(OverviewPicture picture) => picture.Flow.Sum(step => step.Events.Values.Sum());

    private static Outcomes Sum(OverviewPicture picture) =>
        picture.Flow.Aggregate(default(Outcomes), (sum, step) => sum + step.Outcomes);

    private static ChannelLane Lane(int id, ChannelCondition condition, DateTimeOffset now, bool? tested = null) => new()
    {
        Id = ChannelLane.IdOf(new ChannelKey(ChannelKind.Slack, id)),
        ChannelKind = ChannelKind.Slack,
        ChannelId = id,
        Condition = condition,
        LastCode = condition == ChannelCondition.Ok ? null : "not_in_channel",
        LastSuccessAt = now,
        LastTestAccepted = tested,
    };

    private static async Task AddLanesAsync(IDbContextFactory<NotifyDbContext> contexts, params IReadOnlyList<ChannelLane> lanes)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        context.ChannelLanes.AddRange(lanes);
        await context.SaveChangesAsync(Stop);
    }

    private static ChannelName Deaf(int id) =>
        new(new ChannelKey(ChannelKind.Slack, id), "deaf", true) { HearsNothing = "Every switch is off." };

    // Without the worker, what was written stays as it is.
    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, PretendChannel channel) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        Provider = provider,
        Services = services =>
        {
            services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService)
                && s.ImplementationType == typeof(DeliveryWorker)));
            services.RemoveAll<IChannel>();
            services.AddSingleton<IChannel>(channel);
        },
    });
}
