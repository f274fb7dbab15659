using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

public sealed class RetentionTests
{
    private readonly ManualTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Sweep_DeletesWhatIsPastItsTime_ButNotWhatIsOnItsWay(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Token);
        var seed = new ActivitySeed(contexts);
        var old = _time.GetUtcNow().AddDays(-91);
        var young = _time.GetUtcNow().AddDays(-89);

        var gone = await seed.DeliveryAsync(at: old);
        await seed.MessageAsync([gone], (AttemptOutcome.Failed, "http_500"), (AttemptOutcome.Accepted, "ok"));
        await seed.EventAsync("unheard", at: old, matches: 0);
        var open = await seed.DeliveryAsync(DeliveryState.Held, at: old);
        var kept = await seed.DeliveryAsync(at: young);
        await seed.MessageAsync([kept], (AttemptOutcome.Accepted, "ok"));
        // A digest stays as long as one of its deliveries.
        var digest = new[] { await seed.DeliveryAsync(at: old), await seed.DeliveryAsync(at: young) };
        var message = await seed.MessageAsync(digest, (AttemptOutcome.Accepted, "ok"));
        await using (var context = contexts.CreateDbContext())
        {
            context.Messages.Add(new Message { Purpose = MessagePurpose.Test, ChannelKind = ChannelKind.Slack, ShortId = "T-1",
                Preview = "", CreatedAt = old });
            context.Messages.Add(new Message { Purpose = MessagePurpose.Test, ChannelKind = ChannelKind.Slack, ShortId = "T-2",
                Preview = "", CreatedAt = young });
            context.RepeatCounters.Add(new RepeatCounter { LaneId = 1, Key = "old", Since = old });
            context.RepeatCounters.Add(new RepeatCounter { LaneId = 1, Key = "new", Since = _time.GetUtcNow() });
            context.PacingSlots.Add(new PacingSlot { Fingerprint = "gone", At = old });
            await context.SaveChangesAsync(Token);
        }

        (await NewWorker(database, contexts).SweepAsync(Token)).ShouldBe(3);

        await using var after = contexts.CreateDbContext();
        (await after.Deliveries.OrderBy(d => d.Id).Select(d => d.Id).ToListAsync(Token)).ShouldBe([open.Id, kept.Id, digest[1].Id]);
        (await after.Events.CountAsync(Token)).ShouldBe(3);
        (await after.Messages.OrderBy(m => m.Id).Select(m => m.ShortId).ToListAsync(Token))
            .ShouldBe([ShortIds.OfDelivery(kept.Id), message.ShortId, "T-2"]);
        (await after.Attempts.CountAsync(Token)).ShouldBe(2);
        (await after.RepeatCounters.SingleAsync(Token)).Key.ShouldBe("new");
        (await after.PacingSlots.AnyAsync(Token)).ShouldBeFalse();
    }

    [Theory, DatabaseData]
    public async Task Sweep_OfMoreThanABatch_DeletesAll(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Token);
        await using (var context = contexts.CreateDbContext())
        {
            context.Events.AddRange(Enumerable.Range(0, 450).Select(i => new IncomingEvent
            {
                Key = $"{i}",
                Source = "tests",
                EventId = $"{i}",
                Type = "scan.stopped",
                Time = _time.GetUtcNow(),
                ReceivedAt = _time.GetUtcNow().AddDays(-100),
                Json = "{}",
            }));
            await context.SaveChangesAsync(Token);
        }

        (await NewWorker(database, contexts).SweepAsync(Token)).ShouldBe(450);
    }

    [Theory, DatabaseData]
    public async Task Sweep_WhileAnotherInstanceIsAtIt_IsLeftToThat(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Token);
        var leases = NewLeases(database, contexts);
        var token = Leases.NewToken();
        await leases.TakeAsync("retention", token, TimeSpan.FromMinutes(2), Token);

        (await NewWorker(database, contexts).SweepAsync(Token)).ShouldBeNull();

        await leases.ReleaseAsync("retention", token, Token);
        (await NewWorker(database, contexts).SweepAsync(Token)).ShouldBe(0);
        (await NewWorker(database, contexts).SweepAsync(Token)).ShouldBe(0);
    }

    private NamedLeases NewLeases(TestDatabase database, IDbContextFactory<NotifyDbContext> contexts) =>
        new(contexts, new Leases(database.Options, _time));

    private PastPartitions NewPartitions(TestDatabase database, IDbContextFactory<NotifyDbContext> contexts) =>
        new(contexts, database.Options, new RetentionStore(contexts, _time), _time, NullLogger<PastPartitions>.Instance);

    private RetentionWorker NewWorker(TestDatabase database, IDbContextFactory<NotifyDbContext> contexts) => new(
        new RetentionStore(contexts, _time), NewPartitions(database, contexts), NewLeases(database, contexts),
        new ChangeFeed(contexts, new WorkRegister(_time), _time, NullLogger<ChangeFeed>.Instance), new FixedOptions(),
        new WorkRegister(_time), _time, NullLogger<RetentionWorker>.Instance);

    private sealed class FixedOptions : IOptionsMonitor<RetentionOptions>
    {
        public RetentionOptions CurrentValue { get; } = new();

        public RetentionOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<RetentionOptions, string?> listener) => null;
    }
}
