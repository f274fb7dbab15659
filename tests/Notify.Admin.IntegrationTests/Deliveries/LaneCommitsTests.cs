using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

public sealed class LaneCommitsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Run_OfManyOfWhichOneFails_KeepsTheOthers(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        using var commits = Commits(patient, contexts, database);
        var isFree = new TaskCompletionSource();

        // What comes while the first one writes is written together.
        var first = commits.RunAsync(async context =>
        {
            await isFree.Task;
            return await AddAsync(context, 1);
        }, Stop);
        var others = Enumerable.Range(2, 19).Select(id => commits.RunAsync(async context =>
        {
            var added = await AddAsync(context, id);
            return id % 5 == 0 ? throw new LeaseLostException() : added;
        }, Stop)).ToList();
        isFree.SetResult();

        (await first).ShouldBe(1);
        foreach (var (other, id) in others.Select((task, index) => (task, index + 2)))
        {
            if (id % 5 == 0)
            {
                await Should.ThrowAsync<LeaseLostException>(other);
            }
            else
            {
                (await other).ShouldBe(id);
            }
        }

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.ChannelLanes.Select(l => l.Id).ToListAsync(Stop)).Order()
            .ShouldBe(Enumerable.Range(1, 20).Where(id => id % 5 != 0).Select(id => (long)id));
    }

    [Theory, DatabaseData]
    public async Task Run_ThatTheStoreRefuses_FailsAlone(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        using var commits = Commits(patient, contexts, database);
        await commits.RunAsync(context => AddAsync(context, 1), Stop);

        var refused = commits.RunAsync(context => AddAsync(context, 1), Stop);
        var kept = commits.RunAsync(context => AddAsync(context, 2), Stop);

        await Should.ThrowAsync<DbUpdateException>(refused);
        (await kept).ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Run_ThatWasCancelled_WritesNothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        using var commits = Commits(patient, contexts, database);

        await Should.ThrowAsync<OperationCanceledException>(
            () => commits.RunAsync(context => AddAsync(context, 1), new CancellationToken(canceled: true)));

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.ChannelLanes.AnyAsync(Stop)).ShouldBeFalse();
    }

    [Theory, DatabaseData]
    public async Task Read_BesideOthersThatWrite_SeesWhatIsCommitted(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        using var commits = Commits(patient, contexts, database);

        await Task.WhenAll(Enumerable.Range(1, 20).Select(async id =>
        {
            await commits.RunAsync(context => AddAsync(context, id), Stop);
            (await commits.ReadAsync(context => context.ChannelLanes.AnyAsync(l => l.Id == id, Stop), Stop)).ShouldBeTrue();
        }));
    }

    [Theory, DatabaseData]
    public async Task Read_ThatFails_FailsAlone(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        using var commits = Commits(patient, contexts, database);

        var failing = commits.ReadAsync<int>(_ => throw new InvalidOperationException("as a broken connection would"), Stop);
        var added = commits.RunAsync(context => AddAsync(context, 1), Stop);

        await Should.ThrowAsync<InvalidOperationException>(failing);
        (await added).ShouldBe(1);
    }

    // The connection of a group in which something unforeseen happened is closed after its commit.
    [Fact]
    public async Task Run_WhoseConnectionCannotBeClosed_IsTheCommitItIs()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await database.MigrateAsync(Stop);
        var cut = new CutClosings();
        IDbContextFactory<NotifyDbContext> contexts = new ProviderContextFactory(database.Options, cut);
        using var patient = new PatientContexts(contexts);
        using var commits = Commits(patient, contexts, database);
        var isFree = new TaskCompletionSource();
        var failing = commits.RunAsync<int>(async _ =>
        {
            await isFree.Task;
            throw new InvalidOperationException("as a broken connection would");
        }, Stop);
        var beside = commits.RunAsync(context => AddAsync(context, 1), Stop);
        cut.IsArmed = true;
        isFree.SetResult();

        await Should.ThrowAsync<InvalidOperationException>(failing);
        (await beside).ShouldBe(1);
        cut.Cut.ShouldBe(1);
        cut.IsArmed = false;
        (await commits.RunAsync(context => AddAsync(context, 2), Stop)).ShouldBe(2);
        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.ChannelLanes.CountAsync(Stop)).ShouldBe(2);
    }

    // Every statement is prepared once for all of them: what one has bound, or left half done, is nothing to the next.
    [Fact]
    public async Task Run_AgainAfterAFailure_BindsItsStatementsAnew()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        using var commits = Commits(patient, contexts, database);
        const string Insert = """INSERT INTO "PacingBudgets" ("Fingerprint", "PausedUntil") VALUES (?, ?)""";
        Task<int> AddAsync(string fingerprint, bool isCutShort) => commits.RunAsync(context =>
        {
            using var insert = SqliteStatement.On(context, Insert);
            insert.Add(fingerprint);
            return isCutShort ? throw new LeaseLostException() : Task.FromResult(Done(insert.Add((long?)null)));
        }, Stop);

        await AddAsync("one", isCutShort: false);
        await Should.ThrowAsync<LeaseLostException>(AddAsync("two", isCutShort: true));
        await AddAsync("three", isCutShort: false);

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.PacingBudgets.Select(b => b.Fingerprint).ToListAsync(Stop)).ShouldBe(["one", "three"], ignoreOrder: true);

        static int Done(SqliteStatement statement)
        {
            statement.Execute();
            return 1;
        }
    }

    [Fact]
    public async Task Run_AfterTheEnd_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        var commits = Commits(patient, contexts, database);
        await commits.RunAsync(context => AddAsync(context, 1), Stop);
        commits.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(() => commits.RunAsync(context => AddAsync(context, 2), Stop));
    }

    private static LaneCommits Commits(PatientContexts patient, IDbContextFactory<NotifyDbContext> contexts, TestDatabase database) =>
        new(patient, (ProviderContextFactory)contexts, database.Options, NullLogger<LaneCommits>.Instance);

    private static async Task<int> AddAsync(NotifyDbContext context, int id)
    {
        context.ChannelLanes.Add(new ChannelLane { Id = id, ChannelKind = ChannelKind.Slack, ChannelId = id });
        await context.SaveChangesAsync(Stop);
        return id;
    }

    private sealed class CutClosings : DbConnectionInterceptor
    {
        public bool IsArmed { get; set; }

        public int Cut { get; private set; }

        public override InterceptionResult ConnectionDisposing(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        {
            if (IsArmed)
            {
                Cut++;
                throw new IOException("The test lets nobody close.");
            }

            return result;
        }
    }
}
