using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Testing;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>PostgreSQL's partitions: made ahead, and let go with what is past its time.</summary>
public sealed class PartitionTests
{
    private const int Days = 90;

    // Of a partition: enough that what a test writes fits in.
    private const int Ids = 1000;

    private static readonly string[] Tables = ["Attempts", "Deliveries", "EventTexts", "Events", "MessageDeliveries", "Messages"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Make_WhileEventsComeIn_IsAheadOfThemInAllTables()
    {
        await using var store = await Store.StartAsync();
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
            await store.MakeAsync(Ids * 20);
        }

        await enough.CancelAsync();
        var written = (await Task.WhenAll(intake)).Sum();
        await using var context = store.Contexts.CreateDbContext();
        (await context.Events.CountAsync(Stop)).ShouldBe(written);
        (await context.Deliveries.CountAsync(Stop)).ShouldBe(written);
        (await context.Set<StoredEventKey>().CountAsync(Stop)).ShouldBe(written);
        await store.MakeAsync(Ids * 20);
        var bounds = await store.BoundsAsync();
        bounds.Keys.Order().ShouldBe(Tables, ignoreOrder: true);
        bounds.Values.ShouldAllBe(table => table.SequenceEqual(bounds["Events"]));
        // Nothing is made where nothing comes in.
        await store.MakeAsync(Ids * 20);
        (await store.BoundsAsync())["Events"].ShouldBe(bounds["Events"]);
    }

    [Fact]
    public async Task Insert_FarBeyondWhatWasMade_IsTaken_AndClosedLater()
    {
        await using var store = await Store.StartAsync();
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
        await using var store = await Store.StartAsync();
        await store.WriteAsync(["first"]);
        await store.JumpAsync(Ids);
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
        await using var store = await Store.StartAsync();
        await store.WriteAsync(["first"]);
        // More than is written here while a partition is being closed.
        const int Size = Ids * 100;
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
        await using var store = await Store.StartAsync();
        await store.WriteAsync(["old"], store.Time.GetUtcNow().AddDays(-Days - 1));
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
        await using var store = await Store.StartAsync();
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
    public async Task Sweep_APartitionThatIsPastItsTime_GoesWhole_AndNothingThatIsKept()
    {
        await using var store = await Store.StartAsync();
        var now = store.Time.GetUtcNow();
        var old = now.AddDays(-Days - 1);
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
        await using var store = await Store.StartAsync();
        var (old, young) = (store.Time.GetUtcNow().AddDays(-Days - 1), store.Time.GetUtcNow().AddDays(-1));
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
        await using var store = await Store.StartAsync();
        var now = store.Time.GetUtcNow();
        await store.WriteAsync(["first"], now.AddDays(-Days - 1));
        await store.WriteAsync(["last"], now.AddDays(-Days + 10));
        await store.NextAsync();
        // The second has little in a long time: what is past goes by itself.
        await store.WriteAsync(["long ago"], now.AddDays(-Days - 1));
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
        await using var store = await Store.StartAsync();
        var old = store.Time.GetUtcNow().AddDays(-Days - 1);
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
        await using var store = await Store.StartAsync();
        var old = store.Time.GetUtcNow().AddDays(-Days - 1);
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
        await using var store = await Store.StartAsync();
        var old = store.Time.GetUtcNow().AddDays(-Days - 1);
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
        await using var store = await Store.StartAsync();
        var old = store.Time.GetUtcNow().AddDays(-Days - 1);
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
        await using var store = await Store.StartAsync();
        await store.WriteAsync(["old"], store.Time.GetUtcNow().AddDays(-Days - 1));
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
        await using var store = await Store.StartAsync();
        var old = store.Time.GetUtcNow().AddDays(-Days - 1);
        await store.SentAsync(old);
        await store.NextAsync();
        await store.NextAsync();
        await store.NextAsync();
        var bounds = (await store.BoundsAsync())["Events"];

        (await store.WithRightsOfAWriterAsync(store.SweepAsync)).ShouldBe(1);

        (await store.EventIdsAsync()).ShouldBeEmpty();
        (await store.BoundsAsync())["Events"].ShouldBe(bounds);
    }

    [Fact]
    public async Task Make_WhereATableHasThePartitionsName_SaysSo_AndLeavesIt()
    {
        await using var store = await Store.StartAsync();
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
        await using var store = await Store.StartAsync();
        await using (await PostgresPartitionTurn.TakeAsync(store.Contexts, Stop))
        {
            (await store.MakeAsync()).ShouldBeFalse();
        }

        (await store.MakeAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Add_ADeliveryTwiceToOneChannel_IsRefused()
    {
        await using var store = await Store.StartAsync();
        var row = await store.Seed.EventAsync();
        await store.Seed.DeliveryAsync(of: row);
        await Should.ThrowAsync<DbUpdateException>(store.Seed.DeliveryAsync(of: row));

        await store.NextAsync();
        var next = await store.Seed.EventAsync();
        await store.Seed.DeliveryAsync(of: next);
        await Should.ThrowAsync<DbUpdateException>(store.Seed.DeliveryAsync(of: next));
    }

    private sealed class Store : IAsyncDisposable
    {
        private readonly EventTextIndex _texts;

        private Store(TestDatabase database, IDbContextFactory<NotifyDbContext> contexts, EventTextIndex texts)
        {
            (Database, Contexts, _texts) = (database, (ProviderContextFactory)contexts, texts);
            Seed = new ActivitySeed(contexts);
        }

        public ManualTime Time { get; } = new();

        public TestDatabase Database { get; }

        public ProviderContextFactory Contexts { get; }

        public ActivitySeed Seed { get; }

        public static async Task<Store> StartAsync()
        {
            Assert.SkipWhen(TestDatabase.PostgresServer is null,
                $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created");
            var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
            return new Store(database, await database.MigrateAsync(Stop), await database.IndexTextsAsync(Stop));
        }

        /// <summary>Adds events with a delivery each, as intake does.</summary>
        public async Task WriteAsync(IEnumerable<string> ids, DateTimeOffset? at = null)
        {
            var now = at ?? Time.GetUtcNow();
            await using var context = Contexts.CreateForIntake();
            await using var transaction = await context.Database.BeginTransactionAsync(Stop);
            await new PostgresEventRows().InsertAsync(context, [.. ids.Select(id => Event(id, now))], now, Stop);
            await context.Deliveries.Where(d => d.CreatedAt == now && d.State == DeliveryState.Waiting)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Sent), Stop);
            await transaction.CommitAsync(Stop);
        }

        /// <summary>A delivery with its message and attempt.</summary>
        public async Task<Delivery> SentAsync(DateTimeOffset at)
        {
            var delivery = await Seed.DeliveryAsync(at: at);
            await Seed.MessageAsync([delivery], (AttemptOutcome.Accepted, "ok"));
            return delivery;
        }

        /// <summary>What hangs on a message and an event besides.</summary>
        public async Task DescribeAsync(Delivery of)
        {
            await using var context = Contexts.CreateDbContext();
            var message = (await context.MessageDeliveries.SingleAsync(m => m.DeliveryId == of.Id, Stop)).MessageId;
            context.ProblemMessages.Add(new ProblemMessage
            {
                MessageId = message, ChannelKind = of.ChannelKind, ChannelId = of.ChannelId, Problem = "problem",
            });
            context.Acknowledgements.Add(new Acknowledgement
            {
                MessageId = message, ChannelKind = of.ChannelKind, ChannelId = of.ChannelId, By = "Ana",
            });
            context.ReplacedEvents.Add(new ReplacedEvent { EventRowId = of.EventRowId, By = "Ana", EventIds = "[]" });
            await context.SaveChangesAsync(Stop);
        }

        public async Task AttemptAsync(Delivery of)
        {
            await using var context = Contexts.CreateDbContext();
            var message = (await context.MessageDeliveries.SingleAsync(m => m.DeliveryId == of.Id, Stop)).MessageId;
            context.Attempts.Add(new Attempt { MessageId = message, StartedAt = of.CreatedAt });
            await context.SaveChangesAsync(Stop);
        }

        public async Task IndexAsync()
        {
            await using var context = Contexts.CreateDbContext();
            await _texts.AddAsync(context, Time.GetUtcNow(), 100, Stop);
        }

        public Task<bool> MakeAsync(int least = Ids) =>
            new PartitionMaker(Contexts, Time, NullLogger<PartitionMaker>.Instance) { LeastIds = least }
                .RunAsync(PastPartitions.PeriodOf(Days), Stop);

        /// <summary>As if so many ids had been used.</summary>
        public Task JumpAsync(long id) => Database.ExecuteAsync($"""SELECT setval('"{PartitionedTables.Ids}"', {id})""");

        /// <summary>Fills the partition that is being filled, so that what comes goes into the next.</summary>
        public async Task NextAsync()
        {
            var open = (await BoundsAsync())["Events"][^1];
            await JumpAsync(open + (Ids / 2));
            await MakeAsync();
            await JumpAsync((await BoundsAsync())["Events"][^1]);
        }

        public Task<int?> SweepAsync() => SweepAsync(Contexts);

        /// <summary>Leaves a partition on its way, as one does who is killed while it waits for readers.</summary>
        public async Task LeaveAsync(string table, string name)
        {
            await using var reader = Contexts.CreateDbContext();
            await using var reading = await reader.Database.BeginTransactionAsync(Stop);
            await reader.Deliveries.CountAsync(Stop);
            await Database.ExecuteAsync(Partition.Marking(name));
            var impatient = new NpgsqlConnectionStringBuilder(Database.Options.ConnectionString)
            {
                Pooling = false, Options = "-c statement_timeout=1000",
            };
            await using var connection = new NpgsqlConnection(impatient.ConnectionString);
            await connection.OpenAsync(Stop);
            await using var detach = connection.CreateCommand();
            detach.CommandText = $"""ALTER TABLE "{table}" DETACH PARTITION "{name}" CONCURRENTLY""";
            (await Should.ThrowAsync<PostgresException>(detach.ExecuteNonQueryAsync(Stop))).SqlState
                .ShouldBe(PostgresErrorCodes.QueryCanceled);
        }

        /// <summary>Runs it as a user who may change rows and nothing else.</summary>
        public async Task<int?> WithRightsOfAWriterAsync(Func<ProviderContextFactory, Task<int?>> work)
        {
            var user = new NpgsqlConnectionStringBuilder(Database.Options.ConnectionString);
            var role = $"{user.Database}_writer";
            await Database.ExecuteAsync(
                $"""CREATE ROLE "{role}" """,
                $"""GRANT USAGE ON SCHEMA public TO "{role}" """,
                $"""GRANT ALL ON ALL TABLES IN SCHEMA public TO "{role}" """,
                $"""GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO "{role}" """);
            try
            {
                user.Options = $"-c role={role}";
                return await work(new ProviderContextFactory(new DatabaseOptions
                {
                    Provider = DatabaseProvider.PostgreSql, ConnectionString = user.ConnectionString,
                    DataDirectory = Database.Options.DataDirectory,
                }));
            }
            finally
            {
                await Database.ExecuteAsync($"""DROP OWNED BY "{role}" """, $"""DROP ROLE "{role}" """);
            }
        }

        public Task<int?> SweepAsync(ProviderContextFactory contexts)
        {
            var works = new WorkRegister(Time);
            var rows = new RetentionStore(contexts, Time);
            return new RetentionWorker(
                rows, new PastPartitions(contexts, Database.Options, rows, Time, NullLogger<PastPartitions>.Instance),
                new NamedLeases(contexts, new Leases(Database.Options, Time)),
                new ChangeFeed(contexts, works, Time, NullLogger<ChangeFeed>.Instance), new FixedDays(), works, Time,
                NullLogger<RetentionWorker>.Instance).SweepAsync(Stop);
        }

        /// <summary>Where the partitions of each table begin.</summary>
        public async Task<Dictionary<string, List<long>>> BoundsAsync()
        {
            await using var turn = await TurnAsync();
            return (await turn.PartitionsAsync(Stop)).ToDictionary(table => table.Key, table => table.Select(p => p.Range.From).ToList());
        }

        /// <summary>Into how many partitions events have gone.</summary>
        public async Task<int> CountUsedAsync()
        {
            await using var context = Contexts.CreateDbContext();
            return await context.Database.SqlQuery<int>($"""SELECT COUNT(DISTINCT tableoid)::integer AS "Value" FROM "Events" """)
                .SingleAsync(Stop);
        }

        /// <summary>The sessions that asked for the turn and for nothing since. On a connection of its own: the pool's may be one of
        /// them.</summary>
        public async Task<long> SessionsAtTheLockAsync()
        {
            var own = new NpgsqlConnectionStringBuilder(Database.Options.ConnectionString) { Pooling = false };
            await using var connection = new NpgsqlConnection(own.ConnectionString);
            await connection.OpenAsync(Stop);
            await using var count = new NpgsqlCommand(
                """
                SELECT COUNT(*) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%'
                """, connection);
            return (long)(await count.ExecuteScalarAsync(Stop))!;
        }

        public async Task<IReadOnlyList<string>> LeftoversAsync()
        {
            await using var turn = await TurnAsync();
            return [.. (await turn.DetachedAsync(Stop)).Select(detached => detached.Name)];
        }

        /// <summary>Those that there are.</summary>
        public async Task<IReadOnlyList<string>> TablesAsync(string[] names)
        {
            await using var context = Contexts.CreateDbContext();
            return await context.Database
                .SqlQuery<string>($"""SELECT relname::text AS "Value" FROM pg_class WHERE relkind = 'r' AND relname = ANY ({names})""")
                .ToListAsync(Stop);
        }

        public async Task<IReadOnlyList<string>> EventIdsAsync()
        {
            await using var context = Contexts.CreateDbContext();
            return await context.Events.OrderBy(e => e.Id).Select(e => e.EventId).ToListAsync(Stop);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        private async Task<PostgresPartitionTurn> TurnAsync()
        {
            PostgresPartitionTurn? turn = null;
            await Eventually.HoldsAsync(async () => (turn = await PostgresPartitionTurn.TakeAsync(Contexts, Stop)) is not null,
                TimeSpan.FromSeconds(30));
            return turn!;
        }

        private static NewEvent Event(string id, DateTimeOffset at) => new(
            new IncomingEvent
            {
                Key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))), Source = "tests", EventId = id, Type = "x",
                Time = at, ReceivedAt = at, Severity = Severity.Low, Json = "{}", MatchCount = 1,
            },
            [new ChannelMatch(ActivitySeed.Slack, "slackNotify")]);
    }

    private sealed class FixedDays : IOptionsMonitor<RetentionOptions>
    {
        public RetentionOptions CurrentValue { get; } = new() { Days = Days };

        public RetentionOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<RetentionOptions, string?> listener) => null;
    }
}
