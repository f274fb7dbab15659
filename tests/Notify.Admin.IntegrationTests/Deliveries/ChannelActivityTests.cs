using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>What a channel's page says of its deliveries: its own and no others, over ranges of indexes.</summary>
public sealed class ChannelActivityTests
{
    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");
    private static readonly ChannelKey Other = new(ChannelKind.DingTalk, ActivitySeed.Slack.Id);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Get_NothingSent_IsEmpty(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);

        var activity = await GetAsync(app, ChartRange.Day);

        activity.Outcomes.ShouldBe(default);
        activity.Outcomes.SuccessRate.ShouldBeNull();
        (activity.Latency, activity.Newest.Count, activity.Verdicts.Count, activity.Outages.Count, activity.OutagesSince)
            .ShouldBe((null, 0, 0, 0, null));
        (activity.Steps.Count, activity.Hours.Count).ShouldBe((24, 24));
    }

    [Theory, DatabaseData]
    public async Task Get_AmongOthers_CountsItsOwnByStep(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var now = TimeProvider.System.GetUtcNow();
        var seed = Seed(app, now);
        await seed.DeliveryAsync(DeliveryState.Sent, at: now.AddDays(-5));
        await seed.DeliveryAsync(DeliveryState.Failed, at: now.AddHours(-3));
        await seed.DeliveryAsync(DeliveryState.Sent, at: now.AddHours(-3), with: d => d.ChangedAt = d.CreatedAt.AddSeconds(3));
        await seed.DeliveryAsync(DeliveryState.Sent, at: now, with: d => d.ChangedAt = d.CreatedAt.AddSeconds(1));
        await seed.DeliveryAsync(DeliveryState.Sent, at: now, with: d => d.ChangedAt = d.CreatedAt.AddSeconds(2));
        await seed.DeliveryAsync(DeliveryState.Skipped, at: now);
        var newest = await seed.DeliveryAsync(DeliveryState.Held, at: now);
        // Of another kind with the same id, and of the same kind with another.
        await seed.DeliveryAsync(DeliveryState.Failed, Other, at: now);
        await seed.DeliveryAsync(DeliveryState.Failed, new ChannelKey(ChannelKind.Slack, ActivitySeed.Slack.Id + 1), at: now);

        var day = await GetAsync(app, ChartRange.Day);
        var week = await GetAsync(app, ChartRange.All.Single(range => range.Name == "7d"));

        day.Outcomes.ShouldBe(new Outcomes(3, 1, 1));
        day.Outcomes.SuccessRate.ShouldBe(0.75);
        day.Steps[^1].Outcomes.ShouldBe(new Outcomes(2, 0, 1));
        day.Hours[^1].ShouldBe(new HourOfSending(HourOfSending.HourOf(now), 2, 0, 1));
        (day.Latency!.Median, day.Latency.Messages).ShouldBe((TimeSpan.FromSeconds(2), 3));
        day.Newest.Count.ShouldBe(7);
        day.Newest[0].Id.ShouldBe(newest.Id);
        week.Outcomes.ShouldBe(new Outcomes(4, 1, 1));
        (week.Steps.Count, week.Hours.Sum(hour => hour.Sent)).ShouldBe((28, 3));
    }

    [Theory, DatabaseData]
    public async Task Get_AfterAnOutage_TellsOfItAndOfTheLastVerdicts(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var now = TimeProvider.System.GetUtcNow();
        var seed = Seed(app, now);
        await AttemptAsync(seed, now.AddHours(-5), AttemptOutcome.Accepted, "ok");
        await AttemptAsync(seed, now.AddHours(-4), AttemptOutcome.Failed, "gone_away");
        await AttemptAsync(seed, now.AddHours(-3), AttemptOutcome.Accepted, "ok");
        await AttemptAsync(seed, now.AddHours(-2), AttemptOutcome.Failed, "bad_text");
        await AttemptAsync(seed, now.AddHours(-1), AttemptOutcome.Failed, "timeout");
        await AttemptAsync(seed, now.AddMinutes(-1), AttemptOutcome.Failed, "timeout", Other);
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop))
        {
            context.ChannelLanes.Add(new ChannelLane
            {
                Id = ChannelLane.IdOf(ActivitySeed.Slack), ChannelKind = ChannelKind.Slack, ChannelId = ActivitySeed.Slack.Id,
                Condition = ChannelCondition.Failing, FailingSince = now.AddHours(-1),
            });
            await context.SaveChangesAsync(Stop);
        }

        var activity = await GetAsync(app, ChartRange.Day);

        activity.Verdicts.Select(verdict => verdict.Code).ShouldBe(["timeout", "bad_text", "ok", "gone_away", "ok"]);
        activity.Outages.Select(outage => (outage.Code, outage.NeededAttention, outage.To is null))
            .ShouldBe([("timeout", false, true), ("gone_away", true, false)]);
        activity.OutagesSince.ShouldBeNull();
    }

    [Fact]
    public async Task Queries_OfAChannelsPage_ReadNoTableFromEndToEnd()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var now = TimeProvider.System.GetUtcNow();
        var seed = Seed(app, now);
        await AttemptAsync(seed, now.AddHours(-5), AttemptOutcome.Accepted, "ok");
        await AttemptAsync(seed, now, AttemptOutcome.Failed, "timeout");
        var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();

        foreach (var range in ChartRange.All)
        {
            (await QueryPlans.ScansAsync(contexts, () => GetAsync(app, range), Stop)).ShouldBeEmpty(range.Name);
        }

        var audit = app.Services.GetRequiredService<AuditService>();
        var admin = await app.AdminActorAsync();
        var filter = new AuditFilter
        {
            Subject = new AuditedSubject(AuditedChannel.KindOf(ChannelKind.Slack), AuditedChannel.IdOf(ActivitySeed.Slack)),
        };
        (await QueryPlans.ScansAsync(contexts, () => audit.ListAsync(filter, PageCursor.Newest, 50, admin, Stop), Stop)).ShouldBeEmpty();
    }

    private static async Task AttemptAsync(
        ActivitySeed seed, DateTimeOffset at, AttemptOutcome outcome, string code, ChannelKey? channel = null)
    {
        var state = outcome == AttemptOutcome.Accepted ? DeliveryState.Sent : DeliveryState.Retrying;
        await seed.MessageAsync([await seed.DeliveryAsync(state, channel, at: at)], (outcome, code));
    }

    private static ActivitySeed Seed(NotifyAdminApp app, DateTimeOffset now) =>
        new(app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>()) { Now = now };

    private static Task<ChannelActivity> GetAsync(NotifyAdminApp app, ChartRange range) =>
        app.Services.GetRequiredService<ChannelActivityService>().GetAsync(ActivitySeed.Slack, range, Viewer, Stop);

    // Without the worker, what was written stays as it is.
    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) => NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        Provider = provider,
        Services = services =>
        {
            services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService)
                && s.ImplementationType == typeof(DeliveryWorker)));
            services.RemoveAll<IChannel>();
            services.AddSingleton<IChannel>(new PretendChannel(ChannelKind.Slack)
            {
                Channels = { new ChannelName(ActivitySeed.Slack, "sec-alerts", true) },
            });
        },
    });
}
