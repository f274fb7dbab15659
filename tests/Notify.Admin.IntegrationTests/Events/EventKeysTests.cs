using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Events;

public class EventKeysTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Known_EventsThatAreStored_AreFoundByTheirWholeKeyOnly(DatabaseProvider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await store.AddAsync(Key('a', "1"), Key('a', "2"));

        (await store.KnownAsync(Key('a', "1"), Key('a', "3"), Key('b', "1"))).ShouldBe([Key('a', "1")]);
        (await store.KnownAsync(Key('a', "2"), Key('a', "1"))).ShouldBe([Key('a', "1"), Key('a', "2")], ignoreOrder: true);
    }

    // They are entered in another order.
    [Fact]
    public async Task Known_OfNewEventsOnPostgres_AreIdsInTheirOrder()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var store = await Store.CreateAsync(DatabaseProvider.PostgreSql);
        await store.AddAsync(Key('b', "1"));
        string[] keys = [Key('e', "1"), Key('a', "1"), Key('b', "1"), Key('d', "1"), Key('c', "1")];

        var known = await store.AskAsync(keys);

        known.Keys.ShouldBe([Key('b', "1")]);
        known.Ids!.OrderBy(id => id.Value).Select(id => id.Key).ShouldBe(keys.Where(key => key[0] != 'b'));
    }

    [Theory, DatabaseData]
    public async Task Known_WhatATransactionDidNotCommit_IsNew(DatabaseProvider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await using (var context = store.Contexts.CreateForIntake())
        await using (await context.Database.BeginTransactionAsync(Stop))
        {
            await store.Rows.InsertAsync(context, [Event(Key('a', "1"))], DateTimeOffset.UnixEpoch, Stop);
        }

        (await store.KnownAsync(Key('a', "1"))).ShouldBeEmpty();
        await store.AddAsync(Key('c', "1"));
        (await store.KnownAsync(Key('a', "1"), Key('c', "1"))).ShouldBe([Key('c', "1")]);
    }

    [Fact]
    public async Task Added_WhatItWasToldOf_IsKnownWithoutBeingRead_AndWhatItWasNotIsRead()
    {
        await using var store = await Store.CreateAsync(DatabaseProvider.Sqlite);
        (await store.KnownAsync(Key('a', "1"))).ShouldBeEmpty();
        var added = await store.AddAsync(Key('a', "1"), Key('b', "1"));

        store.Sqlite.Added(added);

        store.Sqlite.Count.ShouldBe(2);
        (await store.KnownAsync(Key('a', "1"), Key('a', "2"), Key('c', "1"))).ShouldBe([Key('a', "1")]);
        await store.AddAsync(Key('c', "1"));
        (await store.KnownAsync(Key('b', "1"), Key('c', "1"))).ShouldBe([Key('b', "1"), Key('c', "1")], ignoreOrder: true);
        store.Sqlite.Count.ShouldBe(3);
        await store.Sqlite.MergeAsync(Stop);
        (await store.CountMergedAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Merge_KeysMoveIntoTheTable_AndAreStillKnown_AlsoAfterAStart()
    {
        await using var store = await Store.CreateAsync(DatabaseProvider.Sqlite);
        await store.AddAsync(Key('a', "1"), Key('b', "1"));
        await store.KnownAsync(Key('c', "1"));
        store.Sqlite.Count.ShouldBe(2);

        await store.Sqlite.MergeAsync(Stop);
        store.Sqlite.Count.ShouldBe(0);
        (await store.CountMergedAsync()).ShouldBe(2);
        await store.AddAsync(Key('d', "1"));
        (await store.KnownAsync(Key('a', "1"), Key('d', "1"), Key('e', "1"))).ShouldBe([Key('a', "1"), Key('d', "1")], ignoreOrder: true);

        store.Restart();
        (await store.KnownAsync(Key('b', "1"), Key('d', "1"), Key('e', "1"))).ShouldBe([Key('b', "1"), Key('d', "1")], ignoreOrder: true);
        store.Sqlite.Count.ShouldBe(1, "only what was not merged is read");
    }

    [Fact]
    public async Task Merge_ThatFails_IsDoneAgain()
    {
        await using var store = await Store.CreateAsync(DatabaseProvider.Sqlite);
        await store.AddAsync(Key('a', "1"), Key('b', "1"));
        await store.KnownAsync(Key('c', "1"));
        await store.Database.ExecuteAsync("""ALTER TABLE "EventKeys" RENAME TO "Away" """);

        await Should.ThrowAsync<System.Data.Common.DbException>(store.Sqlite.MergeAsync(Stop));

        await store.Database.ExecuteAsync("""ALTER TABLE "Away" RENAME TO "EventKeys" """);
        (await store.KnownAsync(Key('a', "1"))).ShouldBe([Key('a', "1")]);
        await store.Sqlite.MergeAsync(Stop);
        (await store.CountMergedAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task TakeAlong_InATransactionThatIsNotCommitted_IsDoneAgain()
    {
        await using var store = await Store.CreateAsync(DatabaseProvider.Sqlite);
        await BeginMergeAsync(store, Key('a', "1"), Key('b', "1"));
        await using (var context = store.Contexts.CreateForIntake())
        await using (await context.Database.BeginTransactionAsync(Stop))
        {
            store.Sqlite.TakeAlong(context, 1);
        }

        (await store.CountMergedAsync()).ShouldBe(0);
        (await store.KnownAsync(Key('a', "1"), Key('c', "1"))).ShouldBe([Key('a', "1")]);
        store.Sqlite.Added(await store.AddAsync(Key('c', "1")));
        (await store.CountMergedAsync()).ShouldBe(2);
        (await store.KnownAsync(Key('a', "1"), Key('b', "1"), Key('c', "1"), Key('d', "1")))
            .ShouldBe([Key('a', "1"), Key('b', "1"), Key('c', "1")], ignoreOrder: true);

        store.Restart();
        (await store.KnownAsync(Key('b', "1"), Key('c', "1"))).ShouldBe([Key('b', "1"), Key('c', "1")], ignoreOrder: true);
        store.Sqlite.Count.ShouldBe(1, "only what was not merged is read");
    }

    [Fact]
    public async Task TakeAlong_OfMoreThanAGroupTakes_GoesOnWithTheNext()
    {
        await using var store = await Store.CreateAsync(DatabaseProvider.Sqlite);
        string[] keys = [.. Enumerable.Range(0, 150).Select(n => Key((char)('0' + (n % 10)), $"{n:D3}"))];
        await BeginMergeAsync(store, keys);

        store.Sqlite.Added(await store.AddAsync(Key('a', "1")));
        (await store.CountMergedAsync()).ShouldBe(64);
        (await store.KnownAsync(keys)).Count.ShouldBe(keys.Length);
        store.Sqlite.Added(await store.AddAsync(Key('b', "1")));
        await store.Sqlite.MergeAsync(Stop);

        (await store.CountMergedAsync()).ShouldBe(150);
        (await store.KnownAsync([.. keys, Key('a', "1"), Key('b', "1"), Key('c', "1")])).Count.ShouldBe(keys.Length + 2);
    }

    [Fact]
    public async Task ReadFilter_KeysOfBeforeTheStartAndOfAfterIt_AreKnown_AndOthersAreNot()
    {
        await using var store = await Store.CreateAsync(DatabaseProvider.Sqlite);
        await store.AddAsync(Key('a', "1"), Key('b', "1"));
        await store.KnownAsync(Key('c', "1"));
        await store.Sqlite.MergeAsync(Stop);

        store.Restart();
        await store.Sqlite.ReadFilterAsync(Stop);
        (await store.KnownAsync(Key('a', "1"), Key('b', "1"), Key('c', "1"), Key('a', "2"))).ShouldBe([Key('a', "1"), Key('b', "1")],
            ignoreOrder: true);
        await store.AddAsync(Key('c', "1"));
        await store.KnownAsync(Key('d', "1"));
        await store.Sqlite.MergeAsync(Stop);
        store.Sqlite.Count.ShouldBe(0);

        (await store.KnownAsync(Key('a', "1"), Key('c', "1"), Key('d', "1"))).ShouldBe([Key('a', "1"), Key('c', "1")], ignoreOrder: true);
    }

    [Theory, DatabaseData]
    public async Task Delete_AnEvent_ItsKeyIsForgotten(DatabaseProvider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await store.AddAsync(Key('a', "1"));
        await store.KnownAsync(Key('a', "1"));
        if (provider == DatabaseProvider.Sqlite)
        {
            await store.Sqlite.MergeAsync(Stop);
        }

        await store.AddAsync(Key('b', "1"));
        await store.KnownAsync(Key('b', "1"));
        await store.Database.ExecuteAsync("""DELETE FROM "Events" """);

        (await store.KnownAsync(Key('a', "1"), Key('b', "1"))).ShouldBeEmpty();
        if (provider == DatabaseProvider.Sqlite)
        {
            (await store.CountMergedAsync()).ShouldBe(0);
        }
    }

    // A merge that has begun, and wrote nothing.
    private static async Task BeginMergeAsync(Store store, params string[] keys)
    {
        await store.AddAsync(keys);
        await store.KnownAsync(Key('f', "1"));
        await store.Database.ExecuteAsync("""ALTER TABLE "EventKeys" RENAME TO "Away" """);
        await Should.ThrowAsync<System.Data.Common.DbException>(store.Sqlite.MergeAsync(Stop));
        await store.Database.ExecuteAsync("""ALTER TABLE "Away" RENAME TO "EventKeys" """);
    }

    // As SHA-256 in hexadecimal. Those with the same first begin alike, as far as the table goes.
    private static string Key(char first, string second) => new string(first, 12) + second.PadRight(52, '0');

    private static NewEvent Event(string key) => new(
        new IncomingEvent
        {
            Key = key, Source = "tests", EventId = key, Type = "x", Time = DateTimeOffset.UnixEpoch, ReceivedAt = DateTimeOffset.UnixEpoch,
                Severity = Severity.Low, Json = "{}",
        },
        []);

    private sealed class Store(TestDatabase database, ProviderContextFactory contexts) : IAsyncDisposable
    {
        private IEventKeys _keys = database.Provider.EventKeys(contexts);

        public TestDatabase Database => database;

        public ProviderContextFactory Contexts => contexts;

        public IEventRows Rows { get; } = database.Provider.EventRows();

        public SqliteEventKeys Sqlite => (SqliteEventKeys)_keys;

        public static async Task<Store> CreateAsync(DatabaseProvider provider)
        {
            var database = await TestDatabase.CreateAsync(provider);
            return new Store(database, (ProviderContextFactory)await database.MigrateAsync(Stop));
        }

        public void Restart() => _keys = database.Provider.EventKeys(contexts);

        public async Task<IReadOnlyList<NewEvent>> AddAsync(params string[] keys)
        {
            await using var context = contexts.CreateForIntake();
            await using var transaction = await context.Database.BeginTransactionAsync(Stop);
            List<NewEvent> events = [.. keys.Select(Event)];
            await Rows.InsertAsync(context, events, DateTimeOffset.UnixEpoch, Stop);
            _keys.TakeAlong(context, events.Count);
            await transaction.CommitAsync(Stop);
            return events;
        }

        public async Task<HashSet<string>> KnownAsync(params string[] keys) => (await AskAsync(keys)).Keys;

        public async Task<KnownEvents> AskAsync(params string[] keys)
        {
            await using var context = contexts.CreateForIntake();
            await using var transaction = await context.Database.BeginTransactionAsync(Stop);
            return await _keys.KnownAsync(context, keys, Stop);
        }

        public async Task<long> CountMergedAsync()
        {
            await using var context = contexts.CreateDbContext();
            return await context.Database.SqlQuery<long>($"""SELECT COUNT(*) AS "Value" FROM "EventKeys" """).SingleAsync(Stop);
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
