using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries.Partitions;

/// <summary>PostgreSQL's partitions are let go with what is past its time.</summary>
public sealed class PastPartitionsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_APartitionThatIsPastItsTime_GoesWhole_AndNothingThatIsKept()
    {
        await using var store = await PartitionedStore.StartAsync();
        var now = store.Time.GetUtcNow();
        var old = now.AddDays(-PartitionedStore.Days - 1);
        await store.WriteAsync(Enumerable.Range(0, 20).Select(i => $"old {i}"), old);
        var gone = await store.SentAsync(old);
        await store.DescribeAsync(gone);
        await store.IndexAsync();
        await store.NextAsync();
        var open = await store.Seed.DeliveryAsync(DeliveryState.Held, at: old);
        await store.SentAsync(old);
        await store.NextAsync();
        var young = await store.SentAsync(now.AddDays(-1));
        await store.DescribeAsync(young);
        await store.NextAsync();
        await store.NextAsync();
        var bounds = (await store.BoundsAsync())["Events"];

        (await store.SweepAsync()).ShouldBe(22, "21 with their partition, one by itself");

        (await store.BoundsAsync()).Values.ShouldAllBe(table => table.SequenceEqual(bounds.Skip(1)));
        await using var context = store.Contexts.CreateDbContext();
        (await context.Events.OrderBy(e => e.Id).Select(e => e.Id).ToListAsync(Stop)).ShouldBe([open.EventRowId, young.EventRowId]);
        (await context.Deliveries.OrderBy(d => d.Id).Select(d => d.Id).ToListAsync(Stop)).ShouldBe([open.Id, young.Id]);
        var message = (await context.Messages.SingleAsync(Stop)).Id;
        (await context.Attempts.CountAsync(a => a.MessageId == message, Stop)).ShouldBe(await context.Attempts.CountAsync(Stop));
        (await context.ProblemMessages.SingleAsync(Stop)).MessageId.ShouldBe(message);
        (await context.Acknowledgements.SingleAsync(Stop)).MessageId.ShouldBe(message);
        (await context.ReplacedEvents.SingleAsync(Stop)).EventRowId.ShouldBe(young.EventRowId);
        (await context.Set<StoredEventKey>().CountAsync(Stop)).ShouldBe(0);
        (await store.LeftoversAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_WhatWasSentAfterItsPartitionWasFull_GoesToo_AndADigestStays()
    {
        await using var store = await PartitionedStore.StartAsync();
        var (old, young) = (store.Time.GetUtcNow().AddDays(-PartitionedStore.Days - 1), store.Time.GetUtcNow().AddDays(-1));
        var late = await store.Seed.EventAsync(at: old);
        var alone = await store.Seed.DeliveryAsync(at: old);
        var digested = await store.Seed.DeliveryAsync(at: old);
        var retried = await store.SentAsync(old);
        await store.NextAsync();
        await store.Seed.DeliveryAsync(of: late);
        await store.Seed.MessageAsync([alone], (AttemptOutcome.Accepted, "ok"));
        await store.AttemptAsync(retried);
        var kept = await store.Seed.DeliveryAsync(at: young);
        var digest = await store.Seed.MessageAsync([kept, digested], (AttemptOutcome.Accepted, "ok"));
        await store.NextAsync();
        await store.NextAsync();

        (await store.SweepAsync()).ShouldBe(4);

        await using var context = store.Contexts.CreateDbContext();
        (await context.Deliveries.SingleAsync(Stop)).Id.ShouldBe(kept.Id);
        (await context.Messages.SingleAsync(Stop)).Id.ShouldBe(digest.Id);
        (await context.MessageDeliveries.SingleAsync(Stop)).DeliveryId.ShouldBe(kept.Id);
        (await context.Attempts.SingleAsync(Stop)).MessageId.ShouldBe(digest.Id);
        (await store.BoundsAsync())["Events"][0].ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Sweep_OfAPartitionThatIsSoonPast_WaitsForIt()
    {
        await using var store = await PartitionedStore.StartAsync();
        var now = store.Time.GetUtcNow();
        await store.WriteAsync(["first"], now.AddDays(-PartitionedStore.Days - 1));
        await store.WriteAsync(["last"], now.AddDays(-PartitionedStore.Days + 10));
        await store.NextAsync();
        // The second has little in a long time: what is past goes by itself.
        await store.WriteAsync(["long ago"], now.AddDays(-PartitionedStore.Days - 1));
        await store.WriteAsync(["a moment ago"], now);
        await store.NextAsync();
        await store.NextAsync();

        (await store.SweepAsync()).ShouldBe(1);
        (await store.EventIdsAsync()).ShouldBe(["first", "last", "a moment ago"]);

        store.Time.Advance(TimeSpan.FromDays(11));
        (await store.SweepAsync()).ShouldBe(2);
        (await store.EventIdsAsync()).ShouldBe(["a moment ago"]);
        (await store.BoundsAsync())["Events"][0].ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Sweep_ByTwoInstances_WhileEventsComeIn_LosesNoneAndKeepsNone()
    {
        await using var store = await PartitionedStore.StartAsync();
        var old = store.Time.GetUtcNow().AddDays(-PartitionedStore.Days - 1);
        for (var part = 0; part < 3; part++)
        {
            await store.WriteAsync(Enumerable.Range(0, 100).Select(i => $"old {part}/{i}"), old);
            await store.NextAsync();
        }

        await store.NextAsync();
        using var enough = new CancellationTokenSource();
        var intake = Task.Run(async () =>
        {
            var written = 0;
            for (; !enough.IsCancellationRequested || written == 0; written++)
            {
                await store.WriteAsync([$"new {written}"]);
            }

            return written;
        });

        var swept = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await store.SweepAsync() ?? 0)));
        await enough.CancelAsync();
        var written = await intake;

        swept.Sum().ShouldBe(300);
        (await store.EventIdsAsync()).Count.ShouldBe(written);
        (await store.LeftoversAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Deliveries", false)]
    [InlineData("Messages", false)]
    [InlineData("Events", false)]
    [InlineData("Deliveries", true)]
    public async Task Sweep_AfterOneThatWasKilled_FinishesIt(string last, bool isOpen)
    {
        await using var store = await PartitionedStore.StartAsync();
        var old = store.Time.GetUtcNow().AddDays(-PartitionedStore.Days - 1);
        var delivery = await store.SentAsync(old);
        await store.DescribeAsync(delivery);
        await store.NextAsync();
        await store.NextAsync();
        await store.NextAsync();
        string[] order = ["Deliveries", "MessageDeliveries", "Attempts", "Messages", "EventTexts", "Events"];
        foreach (var table in order.TakeWhile(table => table != last).Append(last))
        {
            await store.Database.ExecuteAsync(
                Partition.Marking($"{table}_0"), $"""ALTER TABLE "{table}" DETACH PARTITION "{table}_0" CONCURRENTLY""");
        }

        if (isOpen)
        {
            await store.Database.ExecuteAsync($"""UPDATE "Deliveries_0" SET "State" = {(int)DeliveryState.Waiting}""");
        }

        await store.SweepAsync();

        await using var context = store.Contexts.CreateDbContext();
        (await context.Deliveries.CountAsync(Stop)).ShouldBe(isOpen ? 1 : 0);
        (await context.Events.CountAsync(Stop)).ShouldBe(isOpen ? 1 : 0);
        (await context.Attempts.CountAsync(Stop)).ShouldBe(isOpen ? 1 : 0);
        (await context.Acknowledgements.CountAsync(Stop)).ShouldBe(isOpen ? 1 : 0);
        (await context.ReplacedEvents.CountAsync(Stop)).ShouldBe(isOpen ? 1 : 0);
        (await store.LeftoversAsync()).ShouldBeEmpty();
        (await store.BoundsAsync()).Values.ShouldAllBe(table => table[0] == 0 == isOpen);
        if (isOpen)
        {
            await store.Database.ExecuteAsync("""ALTER TABLE "Deliveries" DETACH PARTITION "Deliveries_0" """);
            (await store.LeftoversAsync()).ShouldBeEmpty("what was put back is like any other");
        }
    }

    [Fact]
    public async Task Sweep_WhatAnOperatorCopiedOrTookApart_IsLeft()
    {
        await using var store = await PartitionedStore.StartAsync();
        var old = store.Time.GetUtcNow().AddDays(-PartitionedStore.Days - 1);
        await store.SentAsync(old);
        await store.NextAsync();
        await store.SentAsync(old);
        await store.NextAsync();
        await store.NextAsync();
        var bounds = (await store.BoundsAsync())["Events"];
        string[] copies = ["Events_20261130", "Events_20261201", "Events_20261202", "Deliveries_20261203", "Messages_20261204"];
        await store.Database.ExecuteAsync(
            Partition.Marking("Events_0"),
            $"""CREATE TABLE "{copies[0]}" AS SELECT * FROM "Events" """,
            $"""CREATE TABLE "{copies[1]}" (LIKE "Events" INCLUDING ALL)""",
            $"""CREATE TABLE "{copies[2]}" (LIKE "Events_0" INCLUDING ALL)""",
            $"""CREATE TABLE "{copies[3]}" (LIKE "Deliveries_0" INCLUDING ALL)""",
            $"""CREATE TABLE "{copies[4]}" AS SELECT * FROM "Messages" """,
            $"""ALTER TABLE "{copies[4]}" ADD PRIMARY KEY ("Id")""",
            $"""COMMENT ON TABLE "{copies[4]}" IS 'for the auditors'""",
            $"""ALTER TABLE "Attempts" DETACH PARTITION "Attempts_{bounds[1]}" """);

        (await store.SweepAsync()).ShouldBe(2);
        await store.SweepAsync();

        (await store.BoundsAsync())["Events"][0].ShouldBe(bounds[2]);
        (await store.TablesAsync([.. copies, $"Attempts_{bounds[1]}", "Events_0", "Attempts_0", $"Events_{bounds[1]}"]))
            .ShouldBe([.. copies, $"Attempts_{bounds[1]}"], ignoreOrder: true);
    }

    [Fact]
    public async Task Sweep_OfOneThatWasKilledBeforeItTookAnythingApart_LeavesNoMark()
    {
        await using var store = await PartitionedStore.StartAsync();
        var old = store.Time.GetUtcNow().AddDays(-PartitionedStore.Days - 1);
        await store.Seed.DeliveryAsync(DeliveryState.Held, at: old);
        await store.NextAsync();
        await store.NextAsync();
        await store.NextAsync();
        await store.Database.ExecuteAsync(Partition.Marking("Deliveries_0"));

        (await store.SweepAsync()).ShouldBe(0, "a delivery is open");

        // The operator's own archive.
        await store.Database.ExecuteAsync("""ALTER TABLE "Deliveries" DETACH PARTITION "Deliveries_0" """);
        (await store.LeftoversAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_WhilePartitionsAreMade_WaitsForThat()
    {
        await using var store = await PartitionedStore.StartAsync();
        await store.WriteAsync(["old"], store.Time.GetUtcNow().AddDays(-PartitionedStore.Days - 1));
        var turn = await PostgresPartitionTurn.TakeAsync(store.Contexts, Stop);
        var swept = store.SweepAsync();
        await Eventually.HoldsAsync(async () => swept.IsCompleted || await store.SessionsAtTheLockAsync() > 1,
            TimeSpan.FromSeconds(30));
        await turn!.DisposeAsync();

        (await swept).ShouldBe(1);
    }

    [Fact]
    public async Task Sweep_ByAUserWhoMayChangeRowsOnly_DeletesRows()
    {
        await using var store = await PartitionedStore.StartAsync();
        var old = store.Time.GetUtcNow().AddDays(-PartitionedStore.Days - 1);
        await store.SentAsync(old);
        await store.NextAsync();
        await store.NextAsync();
        await store.NextAsync();
        var bounds = (await store.BoundsAsync())["Events"];

        (await store.WithRightsOfAWriterAsync(store.SweepAsync)).ShouldBe(1);

        (await store.EventIdsAsync()).ShouldBeEmpty();
        (await store.BoundsAsync())["Events"].ShouldBe(bounds);
    }
}
