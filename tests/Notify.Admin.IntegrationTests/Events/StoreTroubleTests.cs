using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Testing;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Events;

/// <summary>The store answers, and takes nothing: whoever posts is told so in time, readiness says so, and the log says why.</summary>
public sealed class StoreTroubleTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static readonly IntakePatience Patience = IntakePatience.Default with { Fresh = TimeSpan.FromMilliseconds(200) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sqlite_FullDisk_IsNotReadyAndTheLogHasTheStoresOwnMessage()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, Patience);
        // SQLite's own words for it, from a trigger: a full disk that only the product has.
        await app.Database.ExecuteAsync("""CREATE TRIGGER "Full" BEFORE INSERT ON "Events" BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END""");

        using var refused = await app.PostEventAsync("scan.stopped", new { }, "refused");

        (refused.StatusCode, refused.Headers.RetryAfter is not null).ShouldBe((HttpStatusCode.ServiceUnavailable, true));
        await ReadyBecomesAsync(app, HttpStatusCode.ServiceUnavailable);
        app.Logs.Lines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal)
            && line.Contains("database or disk is full", StringComparison.Ordinal));

        await app.Database.ExecuteAsync("""DROP TRIGGER "Full" """);
        await ReadyBecomesAsync(app, HttpStatusCode.OK);
        (await app.PostEventAsync("scan.stopped", new { }, "accepted")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Sqlite_ThatMayNotGrow_RefusesWhatItCannotKeep_AndGoesOnWhenItMay()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, Patience);
        using var pages = new SqlitePageLimit(app.Database.ConnectionString);
        List<string> accepted = [];

        async Task<HttpStatusCode> PostAsync(string id)
        {
            using var answer = await app.PostEventAsync("scan.stopped", new { text = new string('x', 100_000) }, id);
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                accepted.Add(id);
            }

            return answer.StatusCode;
        }

        (await PostAsync("before")).ShouldBe(HttpStatusCode.Accepted);
        await pages.SetAsync(more: 100, Stop);
        for (var i = 0; await PostAsync($"filling {i}") == HttpStatusCode.Accepted; i++)
        {
            i.ShouldBeLessThan(100);
        }

        await ReadyBecomesAsync(app, HttpStatusCode.ServiceUnavailable);
        app.Logs.Lines.ShouldContain(line => line.Contains("database or disk is full", StringComparison.Ordinal));

        pages.Lift();
        await ReadyBecomesAsync(app, HttpStatusCode.OK);
        (await PostAsync("after")).ShouldBe(HttpStatusCode.Accepted);
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        (await context.Events.OrderBy(e => e.Id).Select(e => e.EventId).ToListAsync(Stop)).ShouldBe(accepted);
    }

    [Fact]
    public async Task Sqlite_ARequestOfKnownEvents_LeavesTheFileToOthers()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, Patience);
        (await app.PostEventAsync("scan.stopped", new { }, "one")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await app.PostEventAsync("scan.stopped", new { }, "one")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        // The connection stays open. Its transaction does not: the product's own writers wait for it, and another program's.
        var contexts = app.Services.GetRequiredService<ProviderContextFactory>();
        await using var context = contexts.CreateDbContext();
        await using var transaction = await context.Database.BeginTransactionAsync(Stop);
        await context.Events.ExecuteUpdateAsync(set => set.SetProperty(e => e.Title, "changed"), Stop);
        await transaction.CommitAsync(Stop);
        (await app.PostEventAsync("scan.stopped", new { }, "two")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await context.Events.OrderBy(e => e.Id).Select(e => e.EventId).ToListAsync(Stop)).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Sqlite_LockedByAnotherProgram_IsRefusedInTimeAndNotReady()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, Patience with { Commit = TimeSpan.FromSeconds(5) });
        await using (var other = new SqliteConnection(app.Database.ConnectionString))
        {
            await other.OpenAsync(Stop);
            await using var transaction = other.BeginTransaction(deferred: false);

            using var refused = await app.PostEventAsync("scan.stopped", new { }, "refused");

            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            await ReadyBecomesAsync(app, HttpStatusCode.ServiceUnavailable);
        }

        await ReadyBecomesAsync(app, HttpStatusCode.OK);
        (await app.PostEventAsync("scan.stopped", new { }, "accepted")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Postgres_LockedTable_IsRefusedInTimeAndNotReady()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var app = await StartAsync(DatabaseProvider.PostgreSql, Patience with { Commit = TimeSpan.FromSeconds(5) });
        await using (var other = new NpgsqlConnection(app.Database.ConnectionString))
        {
            await other.OpenAsync(Stop);
            await using var transaction = await other.BeginTransactionAsync(Stop);
            await using var command = new NpgsqlCommand("""LOCK TABLE "Events" IN SHARE MODE""", other, transaction);
            await command.ExecuteNonQueryAsync(Stop);

            using var refused = await app.PostEventAsync("scan.stopped", new { }, "refused");

            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            await ReadyBecomesAsync(app, HttpStatusCode.ServiceUnavailable);
        }

        await ReadyBecomesAsync(app, HttpStatusCode.OK);
        (await app.PostEventAsync("scan.stopped", new { }, "accepted")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public Task Sqlite_AnEventThatCannotBeStored_IsRefusedAndLeavesTheInstanceReady() => StaysReadyAsync(DatabaseProvider.Sqlite,
        """CREATE TRIGGER "Refuse" BEFORE INSERT ON "Events" WHEN NEW."EventId" = 'bad' BEGIN SELECT RAISE(ABORT, 'bad'); END""");

    [Fact]
    public Task Postgres_AnEventThatCannotBeStored_IsRefusedAndLeavesTheInstanceReady()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        return StaysReadyAsync(DatabaseProvider.PostgreSql,
            """
            CREATE FUNCTION "Refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF NEW."EventId" = 'bad' THEN RAISE EXCEPTION 'bad' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
            """,
            """CREATE TRIGGER "Refuse" BEFORE INSERT ON "Events" FOR EACH ROW EXECUTE FUNCTION "Refuse"()""");
    }

    [Theory, DatabaseData]
    public async Task Ready_OfAWellStore_LeavesNoTrace(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });

        await ReadyBecomesAsync(app, HttpStatusCode.OK);

        (await app.PostEventAsync("scan.stopped", new { }, "first")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        context.Events.Select(e => e.EventId).ShouldBe(["first"]);
    }

    private static async Task StaysReadyAsync(DatabaseProvider provider, params string[] refusal)
    {
        // So it is told by how commits end, and by no probe.
        await using var app = await StartAsync(provider, Patience with { Fresh = TimeSpan.FromHours(1) });
        await app.Database.ExecuteAsync(refusal);
        (await app.PostEventAsync("scan.stopped", new { }, "good")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        using var refused = await app.PostEventAsync("scan.stopped", new { }, "bad");

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var ready = await app.CreateClient().GetAsync("health/ready", Stop);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Logs.Lines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal)
            && line.Contains("Storing 1 events of 1 requests failed", StringComparison.Ordinal));
    }

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, IntakePatience patience) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider, Services = services => services.AddSingleton(patience),
        });

    private static Task ReadyBecomesAsync(NotifyAdminApp app, HttpStatusCode expected) => Eventually.HoldsAsync(
        async () => (await app.CreateClient().GetAsync("health/ready", Stop)).StatusCode == expected, Soon);
}
