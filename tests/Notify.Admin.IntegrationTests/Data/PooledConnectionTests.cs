using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Data;

/// <summary>PostgreSQL's connections go back into their pool as they are: nothing of one user's may be there for the next.</summary>
public sealed class PooledConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transaction_ThatNobodyEnded_IsUndone()
    {
        await using var store = await Store.StartAsync();
        await using (var context = store.Contexts.CreateDbContext())
        {
            await context.Database.BeginTransactionAsync(Stop);
            await context.ChangeVersions.ExecuteDeleteAsync(Stop);
        }

        await using var next = store.Contexts.CreateDbContext();
        (await next.ChangeVersions.CountAsync(Stop)).ShouldBeGreaterThan(0);
        (await next.Database.SqlQuery<bool>($"""SELECT pg_current_xact_id_if_assigned() IS NULL AS "Value" """).SingleAsync(Stop))
            .ShouldBeTrue();
    }

    [Fact]
    public async Task Transaction_ThatFailed_IsNotTheNextOnes()
    {
        await using var store = await Store.StartAsync();
        await using (var context = store.Contexts.CreateDbContext())
        {
            await context.Database.BeginTransactionAsync(Stop);
            await Should.ThrowAsync<PostgresException>(context.Database.ExecuteSqlRawAsync("SELECT 1/0", Stop));
        }

        await using var next = store.Contexts.CreateDbContext();
        (await next.ChangeVersions.CountAsync(Stop)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Command_ThatWasCancelled_LeavesAConnectionThatWorks()
    {
        await using var store = await Store.StartAsync();
        await using (var context = store.Contexts.CreateDbContext())
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await context.Database.BeginTransactionAsync(Stop);
            await Should.ThrowAsync<OperationCanceledException>(context.Database.ExecuteSqlRawAsync("SELECT pg_sleep(60)", stop.Token));
        }

        await using var next = store.Contexts.CreateDbContext();
        (await next.ChangeVersions.CountAsync(Stop)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Connection_ThatWasCutInATransaction_IsReplaced()
    {
        await using var store = await Store.StartAsync();
        await using (var context = store.Contexts.CreateDbContext())
        {
            await context.Database.BeginTransactionAsync(Stop);
            await context.ChangeVersions.ExecuteDeleteAsync(Stop);
            await store.CutAsync(context);
            await Should.ThrowAsync<Exception>(context.ChangeVersions.CountAsync(Stop));
        }

        await using var next = store.Contexts.CreateDbContext();
        (await next.ChangeVersions.CountAsync(Stop)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task KeptPlan_WhoseTableIsChanged_IsMadeAnew()
    {
        await using var store = await Store.StartAsync();
        (await store.VersionsAsync()).ShouldNotBeEmpty();
        await store.Database.ExecuteAsync("""ALTER TABLE "ChangeVersions" ADD COLUMN "More" integer""");
        (await store.VersionsAsync()).ShouldNotBeEmpty();

        // Another type of what it reads: a newer version beside this one. It may fail once, and then knows.
        await store.Database.ExecuteAsync("""ALTER TABLE "ChangeVersions" ALTER COLUMN "Version" TYPE integer""");
        await Should.ThrowAsync<Exception>(store.VersionsAsync());
        (await store.VersionsAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Turn_OfPartitions_IsLetGo_HoweverItsTakingEnds()
    {
        await using var store = await Store.StartAsync();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(PostgresPartitionTurn.TakeAsync(store.Contexts, stopped.Token));

        (await store.LocksAsync()).ShouldBe(0);
        await using (await PostgresPartitionTurn.TakeAsync(store.Contexts, Stop))
        {
            (await store.LocksAsync()).ShouldBe(1);
        }

        (await store.LocksAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Turn_OfPartitions_WhoseConnectionIsCut_IsAnothers()
    {
        await using var store = await Store.StartAsync();
        var turn = await PostgresPartitionTurn.TakeAsync(store.Contexts, Stop);
        await store.CutAllAsync();

        await Should.ThrowAsync<Exception>(async () => await turn!.DisposeAsync());

        await using var next = await PostgresPartitionTurn.TakeAsync(store.Contexts, Stop);
        next.ShouldNotBeNull();
    }

    private sealed class Store : IAsyncDisposable
    {
        private Store(TestDatabase database, ProviderContextFactory contexts) => (Database, Contexts) = (database, contexts);

        public TestDatabase Database { get; }

        /// <summary>With one connection.</summary>
        public ProviderContextFactory Contexts { get; }

        public static async Task<Store> StartAsync()
        {
            Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
            var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
            await database.MigrateAsync(Stop);
            var one = new NpgsqlConnectionStringBuilder(database.Options.ConnectionString) { MaxPoolSize = 1, Timeout = 5 };
            return new Store(database, new ProviderContextFactory(new DatabaseOptions
            {
                Provider = DatabaseProvider.PostgreSql, ConnectionString = one.ConnectionString,
                DataDirectory = database.Options.DataDirectory,
            }));
        }

        public async Task<List<long>> VersionsAsync()
        {
            await using var context = Contexts.CreateDbContext();
            return await context.ChangeVersions.TagWith(KeptPlans.Tag).Select(v => v.Version).ToListAsync(Stop);
        }

        public async Task<int> LocksAsync()
        {
            await using var context = new ProviderContextFactory(Database.Options).CreateDbContext();
            return await context.Database.SqlQuery<int>(
                $"""
                SELECT COUNT(*)::integer AS "Value" FROM pg_locks
                WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """).SingleAsync(Stop);
        }

        public async Task CutAsync(NotifyDbContext context)
        {
            var server = ((NpgsqlConnection)context.Database.GetDbConnection()).ProcessID;
            await Database.ExecuteAsync($"SELECT pg_terminate_backend({server})");
        }

        public Task CutAllAsync() => Database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
