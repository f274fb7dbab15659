using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using SQLitePCL;

namespace Notify.Admin.IntegrationTests.Data;

/// <summary>Of a connection of SQLite that stays open.</summary>
public class KeptCommandsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private NotifyDbContext _context = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = (ProviderContextFactory)await _database.MigrateAsync(Stop);
        _context = SqliteStatements.KeepOn(contexts.CreateForLanes());
        _context.ServerSettings.AddRange(Enumerable.Range(1, 3).Select(i => new ServerSetting { Key = $"k{i}", Value = $"v{i}" }));
        await _context.SaveChangesAsync(Stop);
        _context.ChangeTracker.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _context.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Query_AskedAgain_IsPreparedOnceAndAnswersForItsOwnValues()
    {
        var none = Prepared();
        (await ValueAsync("k1")).ShouldBe("v1");
        var once = Prepared();

        (await ValueAsync("k2")).ShouldBe("v2");
        (await ValueAsync("k0")).ShouldBeNull();

        once.ShouldBeGreaterThan(none);
        Prepared().ShouldBe(once);
    }

    [Fact]
    public async Task Statement_RunAgain_IsPreparedOnceAndChangesItsOwnRow()
    {
        var none = Prepared();
        await SetAsync("k1", "a");
        var once = Prepared();

        await SetAsync("k2", "b");

        once.ShouldBeGreaterThan(none);
        Prepared().ShouldBe(once);
        (await ValueAsync("k1")).ShouldBe("a");
        (await ValueAsync("k2")).ShouldBe("b");
    }

    [Fact]
    public async Task Query_OpenTwiceAtOnce_AnswersBoth()
    {
        List<string> pairs = [];
        await foreach (var one in Keys())
        {
            await foreach (var other in Keys())
            {
                pairs.Add(one + other);
            }
        }

        pairs.Count.ShouldBe(9);
        pairs.Distinct().Count().ShouldBe(9);
    }

    [Fact]
    public async Task Statement_ThatFailed_RunsAgain()
    {
        await Should.ThrowAsync<SqliteException>(() => AddAsync("k1"));

        await AddAsync("k4");

        (await ValueAsync("k4")).ShouldBe("new");
    }

    [Fact]
    public async Task Query_AfterTheTableHasAnotherColumn_Answers()
    {
        (await ValueAsync("k1")).ShouldBe("v1");
        await _context.Database.ExecuteSqlRawAsync("""ALTER TABLE "ServerSettings" ADD COLUMN "More" TEXT""", Stop);

        (await ValueAsync("k2")).ShouldBe("v2");
    }

    [Fact]
    public async Task Texts_MoreThanAreKept_RunAllTheSame()
    {
        var ofSome = 0;
        for (var i = 0; i < 300; i++)
        {
            ofSome = i == 150 ? Prepared() : ofSome;
            var text = string.Create(CultureInfo.InvariantCulture, $"SELECT {i} AS \"Value\"");
            (await _context.Database.SqlQueryRaw<int>(text).ToListAsync(Stop)).ShouldBe([i]);
        }

        Prepared().ShouldBe(ofSome);
    }

    private Task<string?> ValueAsync(string key) =>
        _context.ServerSettings.Where(s => s.Key == key).Select(s => s.Value).SingleOrDefaultAsync(Stop);

    private Task<int> SetAsync(string key, string value) =>
        _context.Database.ExecuteSqlAsync($"""UPDATE "ServerSettings" SET "Value" = {value} WHERE "Key" = {key}""", Stop);

    private Task<int> AddAsync(string key) =>
        _context.Database.ExecuteSqlAsync($"""INSERT INTO "ServerSettings" ("Key", "Value") VALUES ({key}, 'new')""", Stop);

    private IAsyncEnumerable<string> Keys() =>
        _context.ServerSettings.Where(s => EF.Functions.Like(s.Key, "k_")).OrderBy(s => s.Key).Select(s => s.Key).AsAsyncEnumerable();

    // The bytes of all statements that are prepared.
    private int Prepared()
    {
        raw.sqlite3_db_status(((SqliteConnection)_context.Database.GetDbConnection()).Handle!, raw.SQLITE_DBSTATUS_STMT_USED,
            out var bytes, out _, 0).ShouldBe(raw.SQLITE_OK);
        return bytes;
    }
}
