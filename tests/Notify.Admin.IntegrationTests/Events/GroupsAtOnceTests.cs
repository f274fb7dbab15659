using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.IntegrationTests.Sources;
using Notify.Admin.Testing;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Events;

/// <summary>Groups of events that are written at the same moment on PostgreSQL, over connections that stay open: what of it whoever posts
/// can see.</summary>
public sealed class GroupsAtOnceTests
{
    private const string NewInAWeek = """[{"conditions":[{"on":"new","days":7}]}]""";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Posted_TheSameEventInBoth_IsStoredOnceAndKnownToTheOther()
    {
        await using var app = await StartAsync();
        Task<IntakeResult> first, second;
        await using (await HeldLock.OfTableAsync(app.Database, "Events"))
        {
            first = PostAsync(app, "a", "b");
            await WaitingAsync(app, 1);
            second = PostAsync(app, "c", "b", "a");
            // The one for the table, the other for the one.
            await WaitingAsync(app, 2);
        }

        (await first).ShouldBe(new IntakeResult(2, 0, false));
        (await second).ShouldBe(new IntakeResult(1, 2, false));
        (await app.EventsAsync()).Select(e => e.EventId).ShouldBe(["a", "b", "c"], ignoreOrder: true);
    }

    [Fact]
    public async Task Posted_TheSameEventInBoth_IsStoredByTheOtherWhereTheFirstFails()
    {
        await using var app = await StartAsync(IntakePatience.Default with { Commit = TimeSpan.FromSeconds(3) });
        Task<IntakeResult> second;
        await using (await HeldLock.OfTableAsync(app.Database, "Events"))
        {
            var first = PostAsync(app, "a");
            await WaitingAsync(app, 1);
            second = PostAsync(app, "b", "a");
            (await first).IsBusy.ShouldBeTrue();
        }

        var result = await second;
        // It may have waited as long, and been stored when its sender was already told to come again.
        result = result.IsBusy ? await PostAsync(app, "b", "a") : result;
        (result.IsBusy, result.Accepted + result.Duplicates).ShouldBe((false, 2));
        (await app.EventsAsync()).Select(e => e.EventId).ShouldBe(["b", "a"]);
    }

    [Fact]
    public async Task Posted_AnEventThatCannotBeStored_IsRefusedAloneAndDelaysNoOther()
    {
        await using var app = await StartAsync();
        await app.Database.ExecuteAsync(
            """
            CREATE FUNCTION "Refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF NEW."EventId" = 'bad' THEN RAISE EXCEPTION 'bad' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
            """,
            """CREATE TRIGGER "Refuse" BEFORE INSERT ON "Events" FOR EACH ROW EXECUTE FUNCTION "Refuse"()""");
        Task<IntakeResult> first, second, bad, good;
        await using (await HeldLock.OfTableAsync(app.Database, "Events"))
        {
            first = PostAsync(app, "first");
            await WaitingAsync(app, 1);
            second = PostAsync(app, "second");
            await WaitingAsync(app, 2);
            // Both groups are on their way, so these are one.
            (bad, good) = (PostAsync(app, "bad"), PostAsync(app, "good"));
        }

        (await first).ShouldBe(new IntakeResult(1, 0, false));
        (await second).ShouldBe(new IntakeResult(1, 0, false));
        (await good).ShouldBe(new IntakeResult(1, 0, false));
        (await bad).IsBusy.ShouldBeTrue();
        (await app.EventsAsync()).Select(e => e.EventId).ShouldBe(["first", "second", "good"], ignoreOrder: true);
    }

    [Fact]
    public async Task Posted_WithOneThatCannotBeStored_AndToldToComeAgainMeanwhile_IsLeftOut()
    {
        await using var app = await StartAsync(IntakePatience.Default with { Commit = TimeSpan.FromSeconds(5) });
        await app.Database.ExecuteAsync(
            """
            CREATE FUNCTION "Refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW."EventId" = 'bad' THEN RAISE EXCEPTION 'bad' USING ERRCODE = 'check_violation'; END IF;
                IF NEW."EventId" LIKE 'slow%' THEN PERFORM pg_advisory_xact_lock(1); END IF;
                IF NEW."EventId" LIKE 'end%' THEN PERFORM pg_advisory_xact_lock(2); END IF;
                RETURN NEW;
            END $$
            """,
            """CREATE TRIGGER "Refuse" BEFORE INSERT ON "Events" FOR EACH ROW EXECUTE FUNCTION "Refuse"()""");
        Task<IntakeResult> late;
        await using (await HeldLock.HoldAsync(app.Database, "SELECT pg_advisory_xact_lock(1)"))
        {
            Task<IntakeResult> first;
            await using (await HeldLock.OfTableAsync(app.Database, "Events"))
            {
                first = PostAsync(app, "first");
                await WaitingAsync(app, 1);
                _ = PostAsync(app, "second");
                await WaitingAsync(app, 2);
                // Both groups are on their way, so these are one. What is slow takes all the time that the last one has.
                _ = PostAsync(app, "bad");
                _ = PostAsync(app, "slow 1");
                _ = PostAsync(app, "slow 2");
                late = PostAsync(app, "late");
            }

            (await first).IsBusy.ShouldBeFalse();
            (await late).IsBusy.ShouldBeTrue();
        }

        await using (await HeldLock.HoldAsync(app.Database, "SELECT pg_advisory_xact_lock(2)"))
        {
            // Whoever writes is at one of these, so nobody is at that group any more.
            _ = PostAsync(app, "end 1");
            await AtTheEndAsync(app, 1);
            _ = PostAsync(app, "end 2");
            await AtTheEndAsync(app, 2);
            (await app.EventsAsync()).Select(e => e.EventId).ShouldNotContain("late");
        }
    }

    [Fact]
    public async Task Posted_TheSameProblemInBoth_IsNewToOneOnly()
    {
        await using var app = await StartAsync();
        await app.AddSlackIntegrationAsync("C0ALERTS01", slack => (slack.SlackNotify, slack.OwnRules) = (false, NewInAWeek));
        Task<IntakeResult> first, second;
        await using (await HeldLock.OfTableAsync(app.Database, "Events"))
        {
            first = PostAsync(app, "a");
            await WaitingAsync(app, 1);
            second = PostAsync(app, "b");
            // It has entered its keys, and asks for what came before when the first is stored.
            await Eventually.HoldsAsync(async () => await CountAsync(app,
                "state = 'idle in transaction' AND query LIKE 'INSERT INTO \"EventKeys\"%'") == 1, Soon);
        }

        (await first).Accepted.ShouldBe(1);
        (await second).Accepted.ShouldBe(1);
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        (await context.Events.OrderBy(e => e.EventId).Select(e => e.MatchCount).ToListAsync(Stop)).ShouldBe([1, 0]);
        (await context.Deliveries.CountAsync(Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task Posted_OneAfterTheOther_AreInThatOrderWhicheverGroupTakesThem()
    {
        await using var app = await StartAsync();
        var ids = Enumerable.Range(0, 40).Select(i => $"{i}").ToList();

        // Others go on beside them, so that both groups have something to write.
        var beside = Enumerable.Range(0, 200).Select(i => PostAsync(app, $"beside {i}")).ToList();
        foreach (var id in ids)
        {
            (await PostAsync(app, id, $"{id}+", $"{id}++")).Accepted.ShouldBe(3);
        }

        await Task.WhenAll(beside);
        (await app.EventsAsync()).OrderBy(e => e.Id).Select(e => e.EventId).Where(id => !id.StartsWith("beside", StringComparison.Ordinal))
            .ShouldBe(ids.SelectMany(id => new[] { id, $"{id}+", $"{id}++" }));
        (await app.EventsAsync()).Count.ShouldBe(320);
    }

    [Fact]
    public async Task Posted_AfterTheServerHasEndedItsConnections_IsStored()
    {
        await using var app = await StartAsync();
        (await PostAsync(app, "before")).Accepted.ShouldBe(1);

        await app.Database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        (await PostAsync(app, "after")).ShouldBe(new IntakeResult(1, 0, false));
        (await app.EventsAsync()).Select(e => e.EventId).ShouldBe(["before", "after"]);
    }

    private static async Task<NotifyAdminApp> StartAsync(IntakePatience? patience = null)
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        return await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = DatabaseProvider.PostgreSql, Services = services => services.AddSingleton(patience ?? IntakePatience.Default),
        });
    }

    private static Task<IntakeResult> PostAsync(NotifyAdminApp app, params string[] ids) =>
        app.Services.GetRequiredService<EventIntake>().AcceptAsync([.. ids.Select(id => new ParsedEvent(
            id, "tests", "tool.alarm", null, new EventFields { Title = "Disk full", Asset = "web-01" }, "{}"))]);

    private static Task WaitingAsync(NotifyAdminApp app, int count) =>
        Eventually.HoldsAsync(async () => await CountAsync(app, "wait_event_type = 'Lock'") >= count, Soon);

    private static Task AtTheEndAsync(NotifyAdminApp app, int count) =>
        Eventually.HoldsAsync(async () => await CountAsync(app,
            "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 2 AND NOT granted)") >= count, Soon);

    private static async Task<long> CountAsync(NotifyAdminApp app, string sessions)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var count = $"""SELECT COUNT(*) AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND {sessions}""";
        return await context.Database.SqlQueryRaw<long>(count).SingleAsync(Stop);
    }

    /// <summary>What a transaction has locked, until disposed of.</summary>
    private sealed class HeldLock(NpgsqlConnection connection) : IAsyncDisposable
    {
        /// <summary>Nobody may add to the table.</summary>
        public static Task<HeldLock> OfTableAsync(TestDatabase database, string table) =>
            HoldAsync(database, $"""LOCK TABLE "{table}" IN SHARE MODE""");

        public static async Task<HeldLock> HoldAsync(TestDatabase database, string statement)
        {
            var connection = new NpgsqlConnection(database.ConnectionString);
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = $"BEGIN; {statement}";
            await command.ExecuteNonQueryAsync(Stop);
            return new HeldLock(connection);
        }

        public async ValueTask DisposeAsync()
        {
            await using (var command = connection.CreateCommand())
            {
                command.CommandText = "COMMIT";
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }

            await connection.DisposeAsync();
        }
    }
}
