using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Overview;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Overview;

public class OverviewTests
{
    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Get_NewInstallation_HasEveryStepToDo(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, new PretendChannel(ChannelKind.Slack));

        var picture = await app.Services.GetRequiredService<OverviewService>().GetAsync(Viewer, Stop);

        picture.Steps.ShouldBe(new FirstSteps(false, false, false, false));
        picture.Needs.ShouldBeEmpty();
        picture.Hours.Count.ShouldBe(24);
        picture.Hours.ShouldAllBe(hour => hour == default);
    }

    [Theory, DatabaseData]
    public async Task Get_ADaysTraffic_CountsItPerHourAndChannel(DatabaseProvider provider)
    {
        var slack = new PretendChannel(ChannelKind.Slack) { Channels = { new ChannelName(ActivitySeed.Slack, "sec-alerts", true),
            Deaf(5) } };
        await using var app = await StartAsync(provider, slack);
        var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
        var now = TimeProvider.System.GetUtcNow();
        var seed = new ActivitySeed(contexts) { Now = now };
        await seed.DeliveryAsync(DeliveryState.Sent, at: now.AddDays(-2));
        await seed.DeliveryAsync(DeliveryState.Sent, at: now.AddHours(-3));
        await seed.DeliveryAsync(DeliveryState.Held, at: now);
        await seed.DeliveryAsync(DeliveryState.Skipped, at: now);
        await seed.EventAsync(at: now, matches: 0);
        await seed.DeliveryAsync(DeliveryState.Failed, at: now);
        // Made long ago, given up today; and one that was given up long ago.
        await seed.DeliveryAsync(DeliveryState.GivenUp, at: now.AddDays(-2), with: d => d.ChangedAt = now);
        await seed.DeliveryAsync(DeliveryState.GivenUp, at: now.AddDays(-4));
        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            context.ChannelLanes.Add(new ChannelLane
            {
                Id = ChannelLane.IdOf(ActivitySeed.Slack),
                ChannelKind = ChannelKind.Slack,
                ChannelId = 1,
                Condition = ChannelCondition.NeedsAttention,
                LastCode = "not_in_channel",
                LastSuccessAt = now,
                LastTestAccepted = true,
            });
            await context.SaveChangesAsync(Stop);
        }

        var picture = await app.Services.GetRequiredService<OverviewService>().GetAsync(Viewer, Stop);

        picture.Hours.Sum(hour => hour.Events).ShouldBe(5);
        picture.Hours.Sum(hour => hour.Matched).ShouldBe(4);
        picture.Hours.Select(hour => hour.Outcomes).Aggregate((a, b) => a + b).ShouldBe(new Outcomes(1, 1, 1));
        picture.Channels[0].Hours.Select(Outcomes.Of).Aggregate((a, b) => a + b).ShouldBe(new Outcomes(1, 1, 1));
        picture.Channels[0].Health!.Waiting.ShouldBe(1);
        picture.Steps.AllDone.ShouldBeTrue();
        picture.LastSuccessAt.ShouldNotBeNull();
        picture.Needs.Select(need => (need.Kind, need.Name, need.Count)).ShouldBe(
            [(NeedKind.Attention, "sec-alerts", 1), (NeedKind.Undelivered, "sec-alerts", 2), (NeedKind.HearsNothing, "deaf", 0)]);
        picture.Needs[0].Text.ShouldBe("not_in_channel means not_in_channel mend");
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
