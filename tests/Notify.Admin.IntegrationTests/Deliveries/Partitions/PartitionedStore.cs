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

namespace Notify.Admin.IntegrationTests.Deliveries.Partitions;

/// <summary>A PostgreSQL store with partitions of few ids each, and what fills, makes and lets go of them.</summary>
internal sealed class PartitionedStore : IAsyncDisposable
{
    public const int Days = 90;

    /// <summary>Of a partition: enough that what a test writes fits in.</summary>
    public const int Ids = 1000;

    public static readonly string[] Tables = ["Attempts", "Deliveries", "EventTexts", "Events", "MessageDeliveries", "Messages"];

    private readonly EventTextIndex _texts;

    private PartitionedStore(TestDatabase database, IDbContextFactory<NotifyDbContext> contexts, EventTextIndex texts)
    {
        (Database, Contexts, _texts) = (database, (ProviderContextFactory)contexts, texts);
        Seed = new ActivitySeed(contexts);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ManualTime Time { get; } = new();

    public TestDatabase Database { get; }

    public ProviderContextFactory Contexts { get; }

    public ActivitySeed Seed { get; }

    public static async Task<PartitionedStore> StartAsync()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null,
            $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created");
        var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        return new PartitionedStore(database, await database.MigrateAsync(Stop), await database.IndexTextsAsync(Stop));
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

    private sealed class FixedDays : IOptionsMonitor<RetentionOptions>
    {
        public RetentionOptions CurrentValue { get; } = new() { Days = Days };

        public RetentionOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<RetentionOptions, string?> listener) => null;
    }
}
