using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>Looking at a lane costs what it takes, and not what waits.</summary>
public sealed class LaneReadStoreTests
{
    private const int Waiting = 5000;
    private const int Most = 32;

    private static readonly DateTimeOffset Now = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChannelLane Lane = new() { Id = 1, ChannelKind = ChannelKind.Slack, ChannelId = 1 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_OverALargeBacklogWithSqlite_ReadsAnIndexInItsOrder()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);

        var plans = await QueryPlans.StepsAsync(contexts, () => LookAsync(contexts, new LaneReadStore()), Stop);

        plans.ShouldHaveSingleItem().Steps.ShouldContain(
            step => step.Contains("USING INDEX IX_Deliveries_ChannelKind_ChannelId_Severity_Id", StringComparison.Ordinal));
    }

    // Also by the plan that the server keeps from the sixth time on, and without statistics of a young partition.
    [Fact]
    public async Task Looks_OverALargeBacklogWithPostgres_ReadLittleMoreThanTheyTake()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        const int Looks = 8;
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        var contexts = await database.MigrateAsync(Stop);
        await database.ExecuteAsync("""ALTER TABLE "Deliveries_0" SET (autovacuum_enabled = false)""");
        var seed = new ActivitySeed(contexts);
        for (var i = 0; i < Most; i++)
        {
            // The most severe are those whose events are there.
            await seed.DeliveryAsync(DeliveryState.Waiting, of: await seed.EventAsync(severity: Severity.Critical));
        }

        await database.AddWaitingAsync(1_000_000, 1_000_000 + Waiting);
        await using var context = await contexts.CreateDbContextAsync(Stop);
        await context.Database.OpenConnectionAsync(Stop);
        var before = await context.RowsReadAsync("Deliveries_0", Stop);

        var reads = new LaneReadStore();
        for (var look = 0; look < Looks; look++)
        {
            await LookAsync(context, reads);
        }

        (await context.RowsReadAsync("Deliveries_0", Stop) - before).ShouldBeInRange(Looks * Most, 3 * Looks * Most);
    }

    // What is held or due again goes with what waits, in one order; what is not due yet does not.
    [Theory, DatabaseData]
    public async Task Look_MixesWhatWaitsWithWhatIsOlder(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var seed = new ActivitySeed(contexts) { Now = Now };
        List<long> expected = [];
        foreach (var (state, severity, dueAt) in new[]
        {
            (DeliveryState.Held, Severity.Critical, Now.AddHours(1)), (DeliveryState.Waiting, Severity.Critical, Now),
            (DeliveryState.Retrying, Severity.High, Now), (DeliveryState.Waiting, Severity.High, Now),
            (DeliveryState.Held, Severity.Medium, Now), (DeliveryState.Waiting, Severity.Low, Now),
        })
        {
            expected.Add((await seed.DeliveryAsync(state, of: await seed.EventAsync(severity: severity), with: d => d.DueAt = dueAt)).Id);
        }

        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            context.PacingBudgets.Add(new PacingBudget { Fingerprint = "robot", PausedUntil = Now });
            await context.SaveChangesAsync(Stop);
        }

        await seed.DeliveryAsync(DeliveryState.Retrying, with: d => d.DueAt = Now.AddSeconds(1));
        await seed.DeliveryAsync(DeliveryState.Sending);
        await seed.DeliveryAsync(DeliveryState.Sent);

        var seen = await LookAsync(contexts, new LaneReadStore());

        seen.OrderByDescending(row => row.Delivery.Severity).ThenBy(row => row.Delivery.Id).Select(row => row.Delivery.Id)
            .ShouldBe(expected);
        seen.ShouldAllBe(row => row.HasOlder && row.PausedUntil == Now);
    }

    private static async Task<IReadOnlyList<SeenRow>> LookAsync(IDbContextFactory<NotifyDbContext> contexts, LaneReadStore reads)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        return await LookAsync(context, reads);
    }

    private static async Task<IReadOnlyList<SeenRow>> LookAsync(NotifyDbContext context, LaneReadStore reads) =>
        await reads.OpenAsync(
            context, Lane, "robot", new Wanted(SeverityRange.All, long.MaxValue, OnlyBegun: false), Now, Now.AddSeconds(5), Most, Stop);
}
