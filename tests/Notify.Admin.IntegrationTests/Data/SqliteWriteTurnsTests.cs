using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

public class SqliteWriteTurnsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transaction_CancelledAtItsBeginning_LeavesTheTurnToOthers()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);
        using var cancelled = new CancellationTokenSource();
        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            await context.Database.OpenConnectionAsync(Stop);
            await cancelled.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => context.Database.BeginTransactionAsync(cancelled.Token));
        }

        await using var next = await contexts.CreateDbContextAsync(Stop);
        // Sooner than a turn that was lost would be taken.
        await using var transaction = await next.Database.BeginTransactionAsync(Stop).WaitAsync(WriteTurns.LongestWait / 2, Stop);

        transaction.ShouldNotBeNull();
    }

    [Fact]
    public async Task Checkpoint_ThatKeepsWritersOut_WaitsForItsTurn()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);
        await using var writer = await contexts.CreateDbContextAsync(Stop);
        await using var other = await contexts.CreateDbContextAsync(Stop);
        Task checkpoint;
        await using (await writer.Database.BeginTransactionAsync(Stop))
        {
            checkpoint = SqliteCheckpoints.CopyAsync(other, SqliteCheckpoints.Restart, Stop);

            checkpoint.IsCompleted.ShouldBeFalse();
        }

        await checkpoint;
    }

    [Fact]
    public async Task Query_ThatIsTagged_NeedsNoTurn()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);
        await using var writer = await contexts.CreateDbContextAsync(Stop);
        await using var reader = await contexts.CreateDbContextAsync(Stop);
        await using var transaction = await writer.Database.BeginTransactionAsync(Stop);

        var isThere = reader.ChannelLanes.TagWith(KeptPlans.Tag).AnyAsync(Stop);

        (await isThere.WaitAsync(WriteTurns.LongestWait / 2, Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Statement_BehindAComment_WaitsForItsTurn()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);
        await using var writer = await contexts.CreateDbContextAsync(Stop);
        await using var other = await contexts.CreateDbContextAsync(Stop);
        Task<int> update;
        await using (await writer.Database.BeginTransactionAsync(Stop))
        {
            update = other.Database.ExecuteSqlRawAsync("""
                -- kept

                UPDATE "ChannelLanes" SET "Wakes" = 0
                """, Stop);

            update.IsCompleted.ShouldBeFalse();
        }

        (await update).ShouldBe(0);
    }
}
