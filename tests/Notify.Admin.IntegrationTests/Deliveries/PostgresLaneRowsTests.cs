using System.Globalization;
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

    // A partition is young when its rows are written, so the server's statistics say that it is nearly empty.
    [Fact]
    public async Task End_OfDeliveriesFarApartInAYoungTable_ReadsNoneBetween()
    {
        const int Rows = 5000;
        await using var database = await StartAsync();
        var contexts = await database.MigrateAsync(Stop);
        await InsertAsync(database, 1, 10);
        await database.ExecuteAsync("""ALTER TABLE "Deliveries_0" SET (autovacuum_enabled = false)""", """ANALYZE "Deliveries_0" """);
        await InsertAsync(database, 11, Rows);
        await using var context = await contexts.CreateDbContextAsync(Stop);
        var ends = await context.Deliveries.AsNoTracking().Where(d => d.Id == 11 || d.Id == Rows).ToListAsync(Stop);
        var before = await ReadRowsAsync(context);

        await using (var transaction = await context.Database.BeginTransactionAsync(Stop))
        {
            await new PostgresLaneRows().EndAsync(context, [], ends, Stop);
            await transaction.CommitAsync(Stop);
        }

        (await ReadRowsAsync(context) - before).ShouldBeInRange(ends.Count, 10 * ends.Count);
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

    private static Task InsertAsync(TestDatabase database, int from, int to) => database.ExecuteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO "Deliveries" ("Id", "EventRowId", "ChannelKind", "ChannelId", "State", "HoldReason", "MatchReason", "DueAt", "Severity",
            "CreatedAt", "ChangedAt", "Attempts", "MayBeDuplicate")
        SELECT i, i, 1, 1, 1, 0, 'rule 1', 0, 1, 0, 0, 0, false FROM generate_series({from}, {to}) AS i
        """));

    // Read by any scan of the table, as the server counts them.
    private static async Task<long> ReadRowsAsync(NotifyDbContext context)
    {
        await context.Database.ExecuteSqlAsync($"SELECT pg_stat_force_next_flush()", Stop);
        return await context.Database.SqlQuery<long>(
            $"""
            SELECT seq_tup_read + COALESCE(idx_tup_fetch, 0) AS "Value" FROM pg_stat_user_tables WHERE relname = 'Deliveries_0'
            """).SingleAsync(Stop);
    }
}
