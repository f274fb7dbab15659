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
    private static readonly DeliveryPolicy Counting = new() { Deduplication = new Deduplication { IsOn = true, Minutes = 10 } };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Turn_OfALaneThatIsWokenAfterEachLook_Ends(DatabaseProvider provider)
    {
        await using var lane = await Lane.StartAsync(provider, DeliveryPolicy.Off);

        await TurnShouldEndAsync(lane);
    }

    [Theory, DatabaseData]
    public async Task Turn_OfALaneThatIsToBeLookedAtAgain_AndIsWokenMeanwhile_Ends(DatabaseProvider provider)
    {
        await using var lane = await Lane.StartAsync(provider, DeliveryPolicy.Off);
        var later = lane.Time.GetUtcNow().AddDays(1);
        // Where a look did not see all, another follows.
        await lane.AddAsync("later", with: d => (d.State, d.DueAt, d.Attempts) = (DeliveryState.Retrying, later, 1));

        await TurnShouldEndAsync(lane);
    }

    [Theory, DatabaseData]
    public async Task Repeat_ThatComesAfterTheLookForRepeats_IsNotHeldUncounted(DatabaseProvider provider)
    {
        await using var lane = await Lane.StartAsync(provider, Counting with { QuietHours = Quiet });
        await lane.AddAsync("Disk full");
        lane.Counted = async () =>
        {
            await lane.AddAsync("Disk full");
            await lane.AddAsync("asked for", with: d => d.RequestedBy = "somebody");
        };

        await lane.TurnAsync();

        (await lane.StatesAsync()).ShouldBe([DeliveryState.Held, DeliveryState.Waiting, DeliveryState.Held]);
        await lane.TurnAsync();
        (await lane.StatesAsync()).ShouldBe([DeliveryState.Held, DeliveryState.Skipped, DeliveryState.Held]);
    }

    // With several writers an id that is lower may be committed later.
    [Theory, DatabaseData]
    public async Task Repeat_WithALowerIdThatIsCommittedWhileAnotherIsSent_IsCounted(DatabaseProvider provider)
    {
        await using var lane = await Lane.StartAsync(provider, Counting);
        await lane.AddAsync("Disk full", id: 1000);
        lane.Channel.Sending = () =>
        {
            lane.Channel.Sending = () => Task.CompletedTask;
            return AddLateAsync(lane);
        };

        await lane.TurnAsync();

        (await lane.StatesAsync()).ShouldBe([DeliveryState.Skipped, DeliveryState.Sent, DeliveryState.Sent]);
    }

    [Theory, DatabaseData]
    public async Task Repeat_WithALowerIdThatIsCommittedAfterTheLookForRepeats_IsCounted(DatabaseProvider provider)
    {
        await using var lane = await Lane.StartAsync(provider, Counting);
        await lane.AddAsync("Disk full", id: 1000);
        lane.Counted = () => AddLateAsync(lane);

        await lane.TurnAsync();

        (await lane.StatesAsync()).ShouldBe([DeliveryState.Skipped, DeliveryState.Sent, DeliveryState.Sent]);
    }

    [Theory, DatabaseData]
    public async Task Repeat_WithALowerIdThatIsCommittedAfterTheLookForRepeats_IsNotHeldUncounted(DatabaseProvider provider)
    {
        await using var lane = await Lane.StartAsync(provider, Counting with { QuietHours = Quiet });
        await lane.AddAsync("Disk full", id: 1000);
        lane.Counted = () => lane.AddAsync("Disk full", id: 500);

        await lane.TurnAsync();

        (await lane.StatesAsync()).ShouldBe([DeliveryState.Waiting, DeliveryState.Held]);
        await lane.TurnAsync();
        (await lane.StatesAsync()).ShouldBe([DeliveryState.Skipped, DeliveryState.Held]);
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

    // An hour to either side of when tests begin.
    private static QuietHours Quiet => new()
    {
        IsOn = true, Days = WeekDays.All, From = TimeOnly.FromDateTime(Lane.Start.UtcDateTime.AddHours(-1)),
        To = TimeOnly.FromDateTime(Lane.Start.UtcDateTime.AddHours(1)), TimeZone = "UTC", LetCriticalThrough = false,
    };

    private static async Task AddLateAsync(Lane lane)
    {
        await lane.AddAsync("Disk full", id: 500);
        await lane.AddAsync("News", id: 501);
    }

    /// <summary>The program without its worker: a lane is worked on when the test says so.</summary>
    private sealed class Lane(NotifyAdminApp app, ManualTime time, PretendChannel channel, Contexts counting) : IAsyncDisposable
    {
        public static readonly DateTimeOffset Start = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

        private readonly IDbContextFactory<NotifyDbContext> _contexts =
            app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();

        public ManualTime Time => time;

        public PretendChannel Channel => channel;

        /// <summary>Happens once, after a look has counted the repeats among what waits.</summary>
        public Func<Task> Counted { set => counting.Cleaning = value; }

        public static async Task<Lane> StartAsync(DatabaseProvider provider, DeliveryPolicy policy)
        {
            var time = new ManualTime(Start);
            var channel = new PretendChannel(ChannelKind.Slack)
            {
                Channels = { new ChannelName(ActivitySeed.Slack, "sec-alerts", true) { Policy = policy } },
            };
            Contexts? counting = null;
            var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
            {
                Provider = provider,
                Time = time,
                Services = services =>
                {
                    services.Remove(services.Single(service => service.ImplementationType == typeof(DeliveryWorker)));
                    services.RemoveAll<IChannel>();
                    services.AddSingleton<IChannel>(channel);
                    services.AddSingleton(root => new RepeatStore(
                        counting = new Contexts(root.GetRequiredService<IDbContextFactory<NotifyDbContext>>()),
                        root.GetRequiredService<ChangeFeed>(), time));
                },
            });
            app.Services.GetRequiredService<RepeatStore>();
            return new Lane(app, time, channel, counting!);
        }

        /// <summary>Commits an event for the lane, and wakes it.</summary>
        public async Task AddAsync(string title, long id = 0, Action<Delivery>? with = null)
        {
            var seed = new ActivitySeed(_contexts) { Now = time.GetUtcNow() };
            var of = await seed.EventAsync(Guid.NewGuid().ToString(), title);
            var delivery = new Delivery
            {
                Id = id, EventRowId = of.Id, ChannelKind = ActivitySeed.Slack.Kind, ChannelId = ActivitySeed.Slack.Id,
                State = DeliveryState.Waiting, MatchReason = "rule 1", Severity = of.Severity, DueAt = of.ReceivedAt,
                CreatedAt = of.ReceivedAt, ChangedAt = of.ReceivedAt,
            };
            with?.Invoke(delivery);
            await using var context = await _contexts.CreateDbContextAsync(Stop);
            context.Deliveries.Add(delivery);
            await (id == 0 ? context.SaveChangesAsync(Stop) : context.SaveWithIdsAsync<Delivery>(Stop));
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

        /// <summary>Of all deliveries, in the order of their ids.</summary>
        public async Task<IEnumerable<DeliveryState>> StatesAsync() => (await app.DeliveriesAsync()).Select(d => d.State);

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }

    /// <summary>What looks for repeats. It opens a context for each batch until one is empty, and then another to clean up.</summary>
    private sealed class Contexts(IDbContextFactory<NotifyDbContext> inner) : IDbContextFactory<NotifyDbContext>
    {
        private const int ToCleanUp = 3;

        private int _opened;

        public Func<Task> Cleaning { get; set; } = () => Task.CompletedTask;

        public NotifyDbContext CreateDbContext() => inner.CreateDbContext();

        public async Task<NotifyDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            if (++_opened == ToCleanUp)
            {
                await Cleaning();
            }

            return await inner.CreateDbContextAsync(cancellationToken);
        }
    }
}
