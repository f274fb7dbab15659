using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>One turn of one lane, with what comes in the midst of it.</summary>
public sealed class LaneTurnTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Turn_OfALaneThatIsWokenAfterEachLook_Ends(DatabaseProvider provider)
    {
        await using var lane = await Lane.StartAsync(provider);

        await TurnShouldEndAsync(lane);
    }

    [Theory, DatabaseData]
    public async Task Turn_OfALaneThatIsToBeLookedAtAgain_AndIsWokenMeanwhile_Ends(DatabaseProvider provider)
    {
        await using var lane = await Lane.StartAsync(provider);
        var later = lane.Time.GetUtcNow().AddDays(1);
        // Where a look did not see all, another follows.
        await lane.AddAsync("later", with: d => (d.State, d.DueAt, d.Attempts) = (DeliveryState.Retrying, later, 1));

        await TurnShouldEndAsync(lane);
    }

    private static async Task TurnShouldEndAsync(Lane lane)
    {
        const int Many = 30;
        var sent = 0;
        lane.Channel.Sending = async () =>
        {
            lane.Time.Advance(TimeSpan.FromSeconds(1));
            if (++sent < Many)
            {
                await lane.AddAsync($"event {sent}");
            }
        };
        await lane.AddAsync("first");

        await lane.TurnAsync();

        sent.ShouldBeInRange(2, Many - 1);
        (await lane.ReadAsync()).ShouldSatisfyAllConditions(
            row => row.LeaseToken.ShouldBeNull(), row => row.DueAt.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(lane.Time.GetUtcNow()));
        var before = sent;
        await lane.TurnAsync();
        sent.ShouldBeGreaterThan(before);
    }

    /// <summary>The program without its worker: a lane is worked on when the test says so.</summary>
    private sealed class Lane(NotifyAdminApp app, ManualTime time, PretendChannel channel) : IAsyncDisposable
    {
        private readonly IDbContextFactory<NotifyDbContext> _contexts =
            app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();

        public ManualTime Time => time;

        public PretendChannel Channel => channel;

        public static async Task<Lane> StartAsync(DatabaseProvider provider)
        {
            var time = new ManualTime();
            var channel = new PretendChannel(ChannelKind.Slack)
            {
                Channels = { new ChannelName(ActivitySeed.Slack, "sec-alerts", true) },
            };
            var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
            {
                Provider = provider,
                Time = time,
                Services = services =>
                {
                    services.Remove(services.Single(service => service.ImplementationType == typeof(DeliveryWorker)));
                    services.RemoveAll<IChannel>();
                    services.AddSingleton<IChannel>(channel);
                },
            });
            return new Lane(app, time, channel);
        }

        /// <summary>Commits an event for the lane, and wakes it.</summary>
        public async Task AddAsync(string title, Action<Delivery>? with = null)
        {
            var seed = new ActivitySeed(_contexts) { Now = time.GetUtcNow() };
            var of = await seed.EventAsync(Guid.NewGuid().ToString(), title);
            var delivery = new Delivery
            {
                EventRowId = of.Id, ChannelKind = ActivitySeed.Slack.Kind, ChannelId = ActivitySeed.Slack.Id,
                State = DeliveryState.Waiting, MatchReason = "rule 1", Severity = of.Severity, DueAt = of.ReceivedAt,
                CreatedAt = of.ReceivedAt, ChangedAt = of.ReceivedAt,
            };
            with?.Invoke(delivery);
            await using var context = await _contexts.CreateDbContextAsync(Stop);
            context.Deliveries.Add(delivery);
            await context.SaveChangesAsync(Stop);
            await DeliveryQueue.WakeAsync(context, [ActivitySeed.Slack], time.GetUtcNow(), Stop);
        }

        /// <summary>Claims the lane, which is due, and works on it until it is let go of.</summary>
        public async Task TurnAsync()
        {
            var (lanes, slots) = (app.Services.GetRequiredService<LaneStore>(), app.Services.GetRequiredService<LaneSlots>());
            var pool = (await lanes.DueAsync(Stop)).ShouldHaveSingleItem();
            var lease = (await lanes.ClaimAsync(pool, 1, Stop)).ShouldHaveSingleItem();
            using var slot = slots.Take(lease.Lane);
            await app.Services.GetRequiredService<LaneRunner>().RunAsync(lease, slot, Stop);
        }

        public async Task<ChannelLane> ReadAsync()
        {
            await using var context = await _contexts.CreateDbContextAsync(Stop);
            return await context.ChannelLanes.AsNoTracking().SingleAsync(Stop);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
