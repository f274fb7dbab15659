using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>What PostgreSQL's own writer of lanes does beyond what all do (<see cref="LaneRowsTests"/>).</summary>
public sealed class PostgresLaneRowsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fence_OfAHeldLane_KeepsOthersFromClaimingIt()
    {
        await using var database = await StartAsync();
        var contexts = await database.MigrateAsync(Stop);
        var lane = new ChannelLane { Id = 1, ChannelKind = ChannelKind.Slack, ChannelId = 1, LeaseToken = 7 };
        await using var context = await contexts.CreateDbContextAsync(Stop);
        context.ChannelLanes.Add(lane);
        await context.SaveChangesAsync(Stop);
        await using var other = await contexts.CreateDbContextAsync(Stop);
        Task<int> LockAsync() => other.Database.ExecuteSqlAsync(
            $"""SELECT FROM "ChannelLanes" WHERE "Id" = 1 FOR NO KEY UPDATE NOWAIT""", Stop);

        await using (var transaction = await context.Database.BeginTransactionAsync(Stop))
        {
            await new PostgresLaneRows().FenceAsync(context, lane, Stop);
            (await Should.ThrowAsync<PostgresException>(LockAsync)).SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
            await transaction.CommitAsync(Stop);
        }

        await LockAsync();
    }

    // The fence and all rows are one statement, without a transaction around it.
    [Fact]
    public async Task TryBegin_WritesAllWhereTheLaneIsHeldAndItsDestinationOpen_AndNothingElsewhere()
    {
        await using var database = await StartAsync();
        var contexts = await database.MigrateAsync(Stop);
        var now = new DateTimeOffset(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);
        var seed = new ActivitySeed(contexts) { Now = now };
        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            context.ChannelLanes.Add(new ChannelLane { Id = 1, ChannelKind = ChannelKind.Slack, ChannelId = 1, LeaseToken = 7 });
            context.PacingBudgets.AddRange(new PacingBudget { Fingerprint = "open" },
                new PacingBudget { Fingerprint = "over", PausedUntil = now },
                new PacingBudget { Fingerprint = "shut", PausedUntil = now.AddSeconds(1) });
            await context.SaveChangesAsync(Stop);
        }

        (await BeginAsync("open", 8)).ShouldBeFalse();
        (await BeginAsync("shut", 7)).ShouldBeFalse();
        (await BeginAsync("unknown", 7)).ShouldBeFalse();
        (await CountsAsync()).ShouldBe((0, 0, 0, 0));
        (await BeginAsync("open", 7)).ShouldBeTrue();
        (await BeginAsync("over", 7)).ShouldBeTrue();
        (await CountsAsync()).ShouldBe((2, 2, 2, 2));

        async Task<bool> BeginAsync(string fingerprint, long token)
        {
            var delivery = await seed.DeliveryAsync(DeliveryState.Waiting);
            delivery.State = DeliveryState.Sending;
            var message = new Message
            {
                ChannelKind = ChannelKind.Slack, ChannelId = 1, ShortId = "D-1", Preview = "sent", CreatedAt = now,
            };
            var begun = new Begun(
                new Outgoing(MessagePurpose.Event, "D-1", new ComposedMessage("{}", "sent", [delivery.Id]), [delivery], new PartOf(1, 1)),
                message, new Attempt { StartedAt = now });
            await using var context = await contexts.CreateDbContextAsync(Stop);
            var isBegun = await new PostgresLaneRows().TryBeginAsync(
                context, new ChannelLane { Id = 1, LeaseToken = token }, fingerprint, [begun], Stop);
            (message.Id > delivery.Id, begun.Attempt.Id > delivery.Id, delivery.MessageId is not null)
                .ShouldBe((isBegun, isBegun, isBegun));
            return isBegun;
        }

        async Task<(int Messages, int Attempts, int Links, int Sending)> CountsAsync()
        {
            await using var context = await contexts.CreateDbContextAsync(Stop);
            return (await context.Messages.CountAsync(Stop), await context.Attempts.CountAsync(Stop),
                await context.MessageDeliveries.CountAsync(Stop),
                await context.Deliveries.CountAsync(d => d.State == DeliveryState.Sending && d.MessageId != null, Stop));
        }
    }

    // A partition is young when its rows are written, so the server's statistics say that it is nearly empty.
    [Fact]
    public async Task End_OfDeliveriesFarApartInAYoungTable_ReadsNoneBetween()
    {
        const int Rows = 5000;
        await using var database = await StartAsync();
        var contexts = await database.MigrateAsync(Stop);
        await database.AddWaitingAsync(1, 10);
        await database.ExecuteAsync("""ALTER TABLE "Deliveries_0" SET (autovacuum_enabled = false)""", """ANALYZE "Deliveries_0" """);
        await database.AddWaitingAsync(11, Rows);
        var lane = new ChannelLane { Id = 1, ChannelKind = ChannelKind.Slack, ChannelId = 1, LeaseToken = 7 };
        await using var context = await contexts.CreateDbContextAsync(Stop);
        context.ChannelLanes.Add(lane);
        await context.SaveChangesAsync(Stop);
        var ends = await context.Deliveries.AsNoTracking().Where(d => d.Id == 11 || d.Id == Rows).ToListAsync(Stop);
        var before = await context.RowsReadAsync("Deliveries_0", Stop);

        await using (var transaction = await context.Database.BeginTransactionAsync(Stop))
        {
            await new PostgresLaneRows().EndAsync(context, lane, [], ends, Stop);
            await transaction.CommitAsync(Stop);
        }

        (await context.RowsReadAsync("Deliveries_0", Stop) - before).ShouldBeInRange(ends.Count, 10 * ends.Count);
    }

    [Fact]
    public async Task Look_HasItsPlanKeptByTheConnection()
    {
        await using var database = await StartAsync();
        var contexts = await database.MigrateAsync(Stop);
        var reads = new LaneReadStore();
        for (var look = 0; look < 2; look++)
        {
            await using var context = await contexts.CreateDbContextAsync(Stop);
            await reads.BudgetAsync(context, "fingerprint", Stop);
        }

        await using var again = await contexts.CreateDbContextAsync(Stop);
        (await again.Database.SqlQuery<string>($"SELECT statement AS \"Value\" FROM pg_prepared_statements").ToListAsync(Stop))
            .ShouldHaveSingleItem().ShouldContain("PacingBudgets");
    }

    private static async Task<TestDatabase> StartAsync()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        return await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
    }
}
