using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Deliveries.Partitions;

/// <summary>PostgreSQL's partitions are made ahead of what comes in.</summary>
public sealed class PartitionMakerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Make_WhileEventsComeIn_IsAheadOfThemInAllTables()
    {
        await using var store = await PartitionedStore.StartAsync();
        using var enough = new CancellationTokenSource();
        var intake = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            var written = 0;
            for (; !enough.IsCancellationRequested; written += 50)
            {
                await store.WriteAsync(Enumerable.Range(written, 50).Select(i => $"{writer}/{i}"));
            }

            return written;
        })).ToArray();

        while (await store.CountUsedAsync() < 2)
        {
            await store.MakeAsync(PartitionedStore.Ids * 20);
        }

        await enough.CancelAsync();
        var written = (await Task.WhenAll(intake)).Sum();
        await using var context = store.Contexts.CreateDbContext();
        (await context.Events.CountAsync(Stop)).ShouldBe(written);
        (await context.Deliveries.CountAsync(Stop)).ShouldBe(written);
        (await context.Set<StoredEventKey>().CountAsync(Stop)).ShouldBe(written);
        await store.MakeAsync(PartitionedStore.Ids * 20);
        var bounds = await store.BoundsAsync();
        bounds.Keys.Order().ShouldBe(PartitionedStore.Tables, ignoreOrder: true);
        bounds.Values.ShouldAllBe(table => table.SequenceEqual(bounds["Events"]));
        // Nothing is made where nothing comes in.
        await store.MakeAsync(PartitionedStore.Ids * 20);
        (await store.BoundsAsync())["Events"].ShouldBe(bounds["Events"]);
    }

    [Fact]
    public async Task Insert_FarBeyondWhatWasMade_IsTaken_AndClosedLater()
    {
        await using var store = await PartitionedStore.StartAsync();
        await store.JumpAsync(1_000_000_000_000);

        await store.WriteAsync(["far"]);
        await store.MakeAsync();
        await store.MakeAsync();

        (await store.BoundsAsync())["Events"].Count.ShouldBe(2);
        await store.WriteAsync(["again"]);
        await using var context = store.Contexts.CreateDbContext();
        (await context.Deliveries.CountAsync(Stop)).ShouldBe(2);
    }

    [Fact]
    public async Task Make_WhileATableIsInUse_IsDoneLater_AndNobodyWaits()
    {
        await using var store = await PartitionedStore.StartAsync();
        await store.WriteAsync(["first"]);
        await store.JumpAsync(PartitionedStore.Ids);
        await using (var reader = store.Contexts.CreateDbContext())
        await using (await reader.Database.BeginTransactionAsync(Stop))
        {
            await reader.Events.CountAsync(Stop);
            await store.MakeAsync();

            (await store.BoundsAsync())["Events"].Count.ShouldBe(1);
            await store.WriteAsync(["second"]);
        }

        await store.MakeAsync();
        (await store.BoundsAsync()).Values.ShouldAllBe(table => table.Count == 2);
    }

    [Fact]
    public async Task Make_WhileATableIsInUseForLong_RefusesNothingThatComesIn()
    {
        await using var store = await PartitionedStore.StartAsync();
        await store.WriteAsync(["first"]);
        // More than is written here while a partition is being closed.
        const int Size = PartitionedStore.Ids * 100;
        await store.JumpAsync(Size);
        await using (var reader = store.Contexts.CreateDbContext())
        await using (await reader.Database.BeginTransactionAsync(Stop))
        {
            // As one who has looked at an old event and gone home.
            await reader.Database.ExecuteSqlRawAsync("""LOCK TABLE ONLY "Events" IN ACCESS SHARE MODE""", Stop);
            await store.MakeAsync(Size);
            var bounds = await store.BoundsAsync();
            bounds["Events"].Count.ShouldBe(1);
            var bound = bounds["Deliveries"][1];

            await store.JumpAsync(bound - 10);
            var make = store.MakeAsync(Size);
            for (var written = 0; written == 0 || !make.IsCompleted; written++)
            {
                await store.WriteAsync([$"during {written}"]);
            }

            await make;
            await store.WriteAsync(["after"]);
        }

        await store.MakeAsync(Size);
        (await store.BoundsAsync()).Values.ShouldAllBe(table => table.Count >= 2);
    }

    [Fact]
    public async Task Make_WhileAPartitionIsLeaving_GoesOn()
    {
        await using var store = await PartitionedStore.StartAsync();
        await store.WriteAsync(["old"], store.Time.GetUtcNow().AddDays(-PartitionedStore.Days - 1));
        await store.NextAsync();
        await store.NextAsync();
        await store.NextAsync();
        await store.LeaveAsync("Deliveries", "Deliveries_0");

        await store.NextAsync();
        await store.WriteAsync(["new"]);

        (await store.SweepAsync()).ShouldBe(1);
        (await store.EventIdsAsync()).ShouldBe(["new"]);
        (await store.BoundsAsync()).Values.ShouldAllBe(table => table[0] > 0);
        (await store.LeftoversAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Make_AfterOneThatWasKilled_ClosesTheRestAtTheSameBound()
    {
        await using var store = await PartitionedStore.StartAsync();
        await store.WriteAsync(["first"]);
        await store.NextAsync();
        var bounds = (await store.BoundsAsync())["Events"];
        // As if it had been killed after one table: of another it had prepared the next partition, and had a third looked through.
        await store.Database.ExecuteAsync(
            $"""ALTER TABLE "Attempts" DETACH PARTITION "Attempts_{bounds[^1]}" """,
            Partition.Marking($"Attempts_{bounds[^1]}"),
            """ALTER TABLE "Attempts" DETACH PARTITION "Attempts_0" """,
            """ALTER TABLE "Attempts" ATTACH PARTITION "Attempts_0" FOR VALUES FROM (MINVALUE) TO (MAXVALUE)""",
            $"""DROP TABLE "Messages_{bounds[^1]}" """,
            """ALTER TABLE "Messages" DETACH PARTITION "Messages_0" """,
            """ALTER TABLE "Messages" ATTACH PARTITION "Messages_0" FOR VALUES FROM (MINVALUE) TO (MAXVALUE)""",
            """ALTER TABLE "Messages_0" ADD CONSTRAINT "Closing" CHECK ("Id" < 5) NOT VALID""");

        await store.MakeAsync();

        var after = await store.BoundsAsync();
        after["Events"].Take(bounds.Count).ShouldBe(bounds);
        after.Values.ShouldAllBe(table => table.SequenceEqual(after["Events"]));
        await store.WriteAsync(["second"]);
    }

    [Fact]
    public async Task Make_WhereATableHasThePartitionsName_SaysSo_AndLeavesIt()
    {
        await using var store = await PartitionedStore.StartAsync();
        await store.NextAsync();
        var bound = (await store.BoundsAsync())["Events"][^1];
        await store.Database.ExecuteAsync(
            $"""DROP TABLE "Messages_{bound}" """,
            """ALTER TABLE "Messages" DETACH PARTITION "Messages_0" """,
            """ALTER TABLE "Messages" ATTACH PARTITION "Messages_0" FOR VALUES FROM (MINVALUE) TO (MAXVALUE)""",
            $"""CREATE TABLE "Messages_{bound}" (LIKE "Messages" INCLUDING ALL)""");

        (await Should.ThrowAsync<PostgresException>(store.MakeAsync())).MessageText.ShouldContain($"Messages_{bound}");

        (await store.TablesAsync([$"Messages_{bound}"])).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Turn_IsOneInstancesAtATime()
    {
        await using var store = await PartitionedStore.StartAsync();
        await using (await PostgresPartitionTurn.TakeAsync(store.Contexts, Stop))
        {
            (await store.MakeAsync()).ShouldBeFalse();
        }

        (await store.MakeAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Add_ADeliveryTwiceToOneChannel_IsRefused()
    {
        await using var store = await PartitionedStore.StartAsync();
        var row = await store.Seed.EventAsync();
        await store.Seed.DeliveryAsync(of: row);
        await Should.ThrowAsync<DbUpdateException>(store.Seed.DeliveryAsync(of: row));

        await store.NextAsync();
        var next = await store.Seed.EventAsync();
        await store.Seed.DeliveryAsync(of: next);
        await Should.ThrowAsync<DbUpdateException>(store.Seed.DeliveryAsync(of: next));
    }
}
