using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Data;

public class EventTextIndexTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData(StoreFeature.TextIndex)]
    public async Task Find_IndexedAndNewest_HasEveryEventThatHoldsTheText(DatabaseProvider provider)
    {
        await using var store = await Store.StartAsync(provider);
        var log4Shell = await store.EventAsync("CVE-2026-1", "Log4Shell on WEB-01", "scanner/eu");
        var weak = await store.EventAsync("CVE-2026-12", """Weak "password" 弱口令 100% a_b c\d""", "scanner/us");
        await store.EventAsync("CVE-2026-3", null, "cloud");
        (await store.AddAsync(10)).ShouldBe(3);
        var newest = await store.EventAsync("other-1", "Shell opened on web-01", "cloud");

        (await store.FindAsync("shell")).ShouldBe([log4Shell, newest]);
        (await store.FindAsync("WEB-01")).ShouldBe([log4Shell, newest]);
        (await store.FindAsync("cve-2026-1")).ShouldBe([log4Shell, weak]);
        (await store.FindAsync("scanner/")).ShouldBe([log4Shell, weak]);
        (await store.FindAsync("弱口令")).ShouldBe([weak]);
        (await store.FindAsync("\"password\"")).ShouldBe([weak]);
        (await store.FindAsync("100%")).ShouldBe([weak]);
        (await store.FindAsync("a_b")).ShouldBe([weak]);
        (await store.FindAsync("axb")).ShouldBeEmpty();
        (await store.FindAsync(@"c\d")).ShouldBe([weak]);
        (await store.FindAsync("eu log4")).ShouldBeEmpty("a text is looked for within one field");
    }

    [Theory, DatabaseData(StoreFeature.TextIndex)]
    public async Task Find_LettersOfAnyLanguage_InAnyCase(DatabaseProvider provider)
    {
        await using var store = await Store.StartAsync(provider);
        var indexed = await store.EventAsync("1", "ÜBERLAST in МОСКВА");
        (await store.AddAsync(10)).ShouldBe(1);
        var newest = await store.EventAsync("2", "Überlast in Москва");

        foreach (var text in (string[])["ÜBERLAST", "überlast", "Москва", "МОСКВА"])
        {
            (await store.FindAsync(text)).ShouldBe([indexed, newest], text);
        }
    }

    [Theory, DatabaseData]
    public async Task Search_TheBeginningOfIds_FindsWhateverFollows(DatabaseProvider provider)
    {
        await using var store = await Store.StartAsync(provider);
        List<long> beginning = [];
        // Full-width letters come before and after an emoji, by code point and by code unit.
        foreach (var rest in (string[])["", "1", "é", "Ａ", "😀", "\uFFFD", "\U0010FFFD"])
        {
            beginning.Add(await store.EventAsync($"order-{rest}"));
        }

        await store.EventAsync("Order-1");
        await store.EventAsync("order.1");

        (await store.SearchAsync("order-")).ShouldBe(beginning);
        (await store.SearchAsync("order-😀")).ShouldBe([beginning[4]]);
    }

    [Theory, DatabaseData(StoreFeature.TextIndex)]
    public async Task Find_WhatAnIndexOfThreeLettersCannotTell_IsLeftToTheRows(DatabaseProvider provider)
    {
        await using var store = await Store.StartAsync(provider);
        await store.EventAsync("1", "网站 😀😀");
        await store.AddAsync(10);

        (await store.FindAsync("网站")).ShouldBeNull();
        (await store.FindAsync("😀😀")).ShouldBeNull();
        (await store.FindAsync("网站 ")).ShouldNotBeNull().ShouldHaveSingleItem();
    }

    [Theory, DatabaseData(StoreFeature.TextIndex)]
    public async Task Find_MoreThanThePages_IsLeftToTheRows(DatabaseProvider provider)
    {
        await using var store = await Store.StartAsync(provider);
        await store.Database.ExecuteAsync(PastEventSql.Insert(provider, EventTextIndex.MostEvents + 1, 10, store.Now));
        await store.AddAsync(EventTextIndex.MostEvents);
        (await store.AddAsync(10)).ShouldBe(1);
        (await store.AddAsync(10)).ShouldBe(0);

        (await store.FindAsync("bulk")).ShouldBeNull();
        (await store.FindAsync("e4321")).ShouldNotBeNull().ShouldHaveSingleItem();
    }

    [Theory, DatabaseData(StoreFeature.TextIndex)]
    public async Task Add_StopsAtTheFirstEventThatIsYoung(DatabaseProvider provider)
    {
        await using var store = await Store.StartAsync(provider);
        await store.EventAsync("old-1", at: store.Now.AddHours(-1));
        await store.EventAsync("young", at: store.Now.AddSeconds(1));
        await store.EventAsync("old-2", at: store.Now.AddHours(-1));

        (await store.AddAsync(10)).ShouldBe(1);
        (await store.AddAsync(10)).ShouldBe(0);
        (await store.FindAsync("old-")).ShouldNotBeNull().Count.ShouldBe(2);
        store.Now = store.Now.AddMinutes(1);
        (await store.AddAsync(10)).ShouldBe(2);
    }

    [Theory, DatabaseData(StoreFeature.TextIndex)]
    public async Task Delete_EventsInAndNotYetInTheIndex_AreForgotten(DatabaseProvider provider)
    {
        await using var store = await Store.StartAsync(provider);
        var kept = await store.EventAsync("CVE-1", "Weak password");
        await store.EventAsync("CVE-2", "Weak password");
        await store.AddAsync(10);
        await store.EventAsync("CVE-3", "Weak password");
        await store.Database.ExecuteAsync($"""DELETE FROM "Events" WHERE "Id" <> {kept}""");

        (await store.FindAsync("weak")).ShouldBe([kept]);
        var again = await store.EventAsync("CVE-4", "Weak password");
        (await store.AddAsync(10)).ShouldBe(1);
        (await store.FindAsync("weak")).ShouldBe([kept, again]);
    }

    [Theory, DatabaseData(StoreFeature.TextIndex)]
    public async Task Create_Twice_KeepsWhatIsThere(DatabaseProvider provider)
    {
        await using var store = await Store.StartAsync(provider);
        var one = await store.EventAsync("CVE-1", "Weak password");
        await store.AddAsync(10);

        await using var again = await Store.OpenAsync(store.Database);
        (await again.AddAsync(10)).ShouldBe(0);
        (await again.FindAsync("weak")).ShouldBe([one]);
    }

    [Theory, DatabaseData(StoreFeature.TextIndex)]
    public async Task Indexer_WhenSearchesCanAskTheIndexAgain_TellsThePages(DatabaseProvider provider)
    {
        await using var store = await Store.StartAsync(provider);
        await store.Database.ExecuteAsync(PastEventSql.Insert(provider, EventTextIndex.MostNewest + 1, 10, DateTimeOffset.UnixEpoch));
        await store.EventAsync("the last one", "A leaf in the wood", at: DateTimeOffset.UnixEpoch);
        (await store.FindAsync("wood")).ShouldBeNull();
        using var feed = store.CreateFeed();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = feed.Subscribe([ChangeAreas.Events], () =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        });
        using var patient = store.CreatePatient();
        using var indexer = store.CreateIndexer(patient, feed);

        await indexer.StartAsync(Stop);

        await told.Task.WaitAsync(Stop);
        (await store.FindAsync("wood")).ShouldNotBeNull().ShouldHaveSingleItem();
        await indexer.StopAsync(Stop);
    }

    [Theory, DatabaseData(StoreFeature.TextIndex)]
    public async Task Indexer_OfEventsThatSearchesLookAtAnyway_TellsNobody(DatabaseProvider provider)
    {
        await using var store = await Store.StartAsync(provider);
        using var feed = store.CreateFeed();
        using var patient = store.CreatePatient();
        using var indexer = store.CreateIndexer(patient, feed);
        await store.EventAsync("one", at: DateTimeOffset.UnixEpoch);

        (await indexer.CatchUpAsync(Stop)).ShouldBeFalse();

        (await store.AddAsync(10)).ShouldBe(0, "it is in the index");
        await store.Database.ExecuteAsync(PastEventSql.Insert(provider, EventTextIndex.MostNewest + 1, 10, DateTimeOffset.UnixEpoch));
        (await indexer.CatchUpAsync(Stop)).ShouldBeTrue();
        (await indexer.CatchUpAsync(Stop)).ShouldBeFalse("once");
    }

    [Fact]
    public async Task Create_ServerRefuses_RowsAreLookedAtInstead()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null,
            $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created");
        const DatabaseProvider provider = DatabaseProvider.PostgreSql;
        await using var store = await Store.StartAsync(provider);
        await store.Database.ExecuteAsync("""DROP TABLE "EventTexts" """, "DROP EXTENSION pg_trgm");
        var role = $"notify_plain_{Guid.NewGuid():N}";
        await store.Database.ExecuteAsync($"CREATE ROLE {role} LOGIN", $"""GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}""");
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(store.Database.ConnectionString) { Username = role, Pooling = false };
            var options = new DatabaseOptions { Provider = provider, ConnectionString = connection.ConnectionString,
                DataDirectory = store.Database.DataDirectory };
            var index = new EventTextIndex(options, NullLogger<EventTextIndex>.Instance);
            await using var context = new ProviderContextFactory(options).CreateDbContext();
            await index.CreateAsync(context, Stop);

            (await index.AddAsync(context, store.Now, 10, Stop)).ShouldBe(0);
            (await index.FindAsync(context, "weak", Enough, Stop)).ShouldBeNull();
        }
        finally
        {
            await store.Database.ExecuteAsync($"DROP OWNED BY {role}", $"DROP ROLE {role}");
        }
    }

    private sealed class Store : IAsyncDisposable
    {
        private readonly bool _isOwner;
        private readonly IDbContextFactory<NotifyDbContext> _contexts;
        private readonly EventTextIndex _index;
        private readonly ActivitySeed _seed;

        private Store(TestDatabase database, bool isOwner, IDbContextFactory<NotifyDbContext> contexts, EventTextIndex index)
        {
            (Database, _isOwner, _contexts, _index) = (database, isOwner, contexts, index);
            _seed = new ActivitySeed(contexts);
            Now = _seed.Now;
        }

        public TestDatabase Database { get; }

        public DateTimeOffset Now { get; set; }

        public static async Task<Store> StartAsync(DatabaseProvider provider)
        {
            var database = await TestDatabase.CreateAsync(provider);
            return new Store(database, true, await database.MigrateAsync(Stop), await database.IndexTextsAsync(Stop));
        }

        public static async Task<Store> OpenAsync(TestDatabase database) =>
            new(database, false, await database.MigrateAsync(Stop), await database.IndexTextsAsync(Stop));

        public async Task<long> EventAsync(string id, string? title = null, string source = "tests", DateTimeOffset? at = null) =>
            (await _seed.EventAsync(id, title, source, at: at)).Id;

        public ChangeFeed CreateFeed() =>
            new(_contexts, new WorkRegister(TimeProvider.System), TimeProvider.System, NullLogger<ChangeFeed>.Instance);

        public PatientContexts CreatePatient() => new(_contexts);

        public EventTextIndexer CreateIndexer(PatientContexts patient, ChangeFeed feed) =>
            new(_index, patient, feed, new WorkRegister(TimeProvider.System), TimeProvider.System, NullLogger<EventTextIndexer>.Instance);

        public async Task<int> AddAsync(int most)
        {
            await using var context = await _contexts.CreateDbContextAsync(Stop);
            return await _index.AddAsync(context, Now, most, Stop);
        }

        public async Task<IReadOnlyList<long>?> FindAsync(string text)
        {
            await using var context = await _contexts.CreateDbContextAsync(Stop);
            return await _index.FindAsync(context, text, Enough, Stop) is { } found ? [.. found.Order()] : null;
        }

        public async Task<IReadOnlyList<long>?> SearchAsync(string text)
        {
            await using var context = await _contexts.CreateDbContextAsync(Stop);
            return await EventIndex.SearchAsync(context, _index, text, Enough, Stop) is { } found ? [.. found.Order()] : null;
        }

        public ValueTask DisposeAsync() => _isOwner ? Database.DisposeAsync() : ValueTask.CompletedTask;
    }
}
