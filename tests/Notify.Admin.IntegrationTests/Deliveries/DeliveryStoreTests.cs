using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LivePages;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

public class DeliveryStoreTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task List_WithoutFilter_PagesThroughEverythingNewestFirst(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (store, seed) = await StartAsync(database);
        List<long> all = [];
        for (var i = 0; i < 7; i++)
        {
            all.Add((await seed.DeliveryAsync()).Id);
        }

        var first = await ListAsync(store, new DeliveryFilter(), size: 3);
        var second = await ListAsync(store, new DeliveryFilter(), new PageCursor(first.Cursors.Older, null), 3);
        var third = await ListAsync(store, new DeliveryFilter(), new PageCursor(second.Cursors.Older, null), 3);

        Ids(first).Concat(Ids(second)).Concat(Ids(third)).ShouldBe(all.OrderDescending());
        first.Cursors.HasNewer.ShouldBeFalse();
        second.Cursors.HasNewer.ShouldBeTrue();
        third.Cursors.Older.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task List_After_GoesBackToNewerPages(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (store, seed) = await StartAsync(database);
        List<long> all = [];
        for (var i = 0; i < 7; i++)
        {
            all.Add((await seed.DeliveryAsync()).Id);
        }

        var middle = await ListAsync(store, new DeliveryFilter(), new PageCursor(null, all[0]), 3);
        var newest = await ListAsync(store, new DeliveryFilter(), new PageCursor(null, all[4]), 3);

        Ids(middle).ShouldBe([all[3], all[2], all[1]]);
        middle.Cursors.HasNewer.ShouldBeTrue();
        middle.Cursors.Older.ShouldBe(all[1]);
        Ids(newest).ShouldBe([all[6], all[5], all[4]]);
        newest.Cursors.HasNewer.ShouldBeFalse();
    }

    [Theory, DatabaseData]
    public async Task List_StatesAndChannel_MergesInOrder(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (store, seed) = await StartAsync(database);
        var failed = await seed.DeliveryAsync(DeliveryState.Failed);
        var sent = await seed.DeliveryAsync(DeliveryState.Sent);
        var givenUp = await seed.DeliveryAsync(DeliveryState.GivenUp);
        var other = await seed.DeliveryAsync(DeliveryState.Failed, ActivitySeed.DingTalk);
        var again = await seed.DeliveryAsync(DeliveryState.Failed);

        Ids(await ListAsync(store, new DeliveryFilter { States = [DeliveryState.Failed, DeliveryState.GivenUp] }))
            .ShouldBe([again.Id, other.Id, givenUp.Id, failed.Id]);
        Ids(await ListAsync(store, new DeliveryFilter { States = [DeliveryState.Failed, DeliveryState.GivenUp],
            Channel = ActivitySeed.Slack }))
            .ShouldBe([again.Id, givenUp.Id, failed.Id]);
        Ids(await ListAsync(store, new DeliveryFilter { Channel = ActivitySeed.Slack }))
            .ShouldBe([again.Id, givenUp.Id, sent.Id, failed.Id]);
        Ids(await ListAsync(store, new DeliveryFilter { Channel = new ChannelKey(ChannelKind.Slack, 9) })).ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task List_Time_IsFromInclusiveToExclusive(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (store, seed) = await StartAsync(database);
        List<Delivery> hourly = [];
        for (var hour = 0; hour < 6; hour++)
        {
            hourly.Add(await seed.DeliveryAsync(at: seed.Now.AddHours(hour)));
        }

        Ids(await ListAsync(store, new DeliveryFilter { From = seed.Now.AddHours(2), To = seed.Now.AddHours(4) }))
            .ShouldBe([hourly[3].Id, hourly[2].Id]);
        Ids(await ListAsync(store, new DeliveryFilter { From = seed.Now.AddHours(9) })).ShouldBeEmpty();
        Ids(await ListAsync(store, new DeliveryFilter { To = seed.Now })).ShouldBeEmpty();
        Ids(await ListAsync(store, new DeliveryFilter { From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue })).Count()
            .ShouldBe(6);
    }

    [Theory, DatabaseData]
    public async Task List_Text_FindsByShortIdEventIdPrefixSourceAndTitle(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (store, seed) = await StartAsync(database);
        var longId = new string('x', 300);
        var one = await seed.DeliveryAsync(of: await seed.EventAsync("CVE-2026-1", "Log4Shell on WEB-01", "scanner/eu"));
        var two = await seed.DeliveryAsync(of: await seed.EventAsync("CVE-2026-12", "Weak password 弱口令 100%", "scanner/us"));
        var three = await seed.DeliveryAsync(of: await seed.EventAsync(longId + "1"));
        await seed.DeliveryAsync(of: await seed.EventAsync(longId + "2"));

        async Task<IEnumerable<long>> FindAsync(string text) => Ids(await ListAsync(store, new DeliveryFilter { Text = text }));
        (await FindAsync(ShortIds.OfDelivery(one.Id))).ShouldBe([one.Id]);
        (await FindAsync(ShortIds.OfDelivery(one.Id).ToLowerInvariant())).ShouldBe([one.Id]);
        (await FindAsync("CVE-2026-1")).ShouldBe([two.Id, one.Id]);
        (await FindAsync("CVE-2026-12")).ShouldBe([two.Id]);
        (await FindAsync(longId + "1")).ShouldBe([three.Id]);
        (await FindAsync("web-01")).ShouldBe([one.Id]);
        (await FindAsync("弱口令")).ShouldBe([two.Id]);
        (await FindAsync("scanner/")).ShouldBe([two.Id, one.Id]);
        (await FindAsync("cve")).ShouldBe([two.Id, one.Id]);
        (await FindAsync("100%")).ShouldBe([two.Id]);
        (await FindAsync("%")).ShouldBe([two.Id]);
        (await FindAsync("'; DROP TABLE")).ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task List_ExactEventIdAndSource_FindOnlyThose(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (store, seed) = await StartAsync(database);
        var eu = await seed.DeliveryAsync(of: await seed.EventAsync("e1", source: "scanner/eu"));
        var us = await seed.DeliveryAsync(of: await seed.EventAsync("e1", source: "scanner/us"));
        await seed.DeliveryAsync(of: await seed.EventAsync("e10", source: "scanner/us"));

        Ids(await ListAsync(store, new DeliveryFilter { EventId = "e1" })).ShouldBe([us.Id, eu.Id]);
        Ids(await ListAsync(store, new DeliveryFilter { EventId = "e1", Source = "scanner/eu" })).ShouldBe([eu.Id]);
        Ids(await ListAsync(store, new DeliveryFilter { EventId = "E1" })).ShouldBeEmpty();
        Ids(await ListAsync(store, new DeliveryFilter { Source = "scanner/us" })).Count().ShouldBe(2);
        Ids(await ListAsync(store, new DeliveryFilter { Source = "scanner" })).ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task List_SearchCutShort_GoesOnWhereItStopped(DatabaseProvider provider)
    {
        const string TooShortForTheIndex = "ne";
        await using var database = await TestDatabase.CreateAsync(provider);
        var (store, seed) = await StartAsync(database);
        var needle = await seed.DeliveryAsync(of: await seed.EventAsync(title: "needle"));
        await using (var context = await (await database.MigrateAsync(Stop)).CreateDbContextAsync(Stop))
        {
            // Far above the needle, so that one window of ids does not reach it.
            var of = await seed.EventAsync();
            context.Deliveries.Add(new Delivery
            {
                Id = 50_000, EventRowId = of.Id, ChannelKind = ChannelKind.Slack, ChannelId = 1, State = DeliveryState.Sent,
                    MatchReason = "slackNotify", CreatedAt = seed.Now,
            });
            await context.SaveWithIdsAsync<Delivery>(Stop);
        }

        var first = await store.ListAsync(new DeliveryFilter { Text = TooShortForTheIndex }, PageCursor.Newest, 10, TimeSpan.Zero, Stop);
        var rest = await store.ListAsync(new DeliveryFilter { Text = TooShortForTheIndex }, new PageCursor(first.Cursors.Older, null), 10,
            Enough, Stop);

        first.Rows.ShouldBeEmpty();
        first.SearchedBackTo.ShouldBe(seed.Now);
        Ids(rest).ShouldBe([needle.Id]);
        rest.SearchedBackTo.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task CountAbove_CountsOnlyNewerMatches(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (store, seed) = await StartAsync(database);
        var first = await seed.DeliveryAsync();
        await seed.DeliveryAsync(DeliveryState.Failed);
        await seed.DeliveryAsync();

        (await store.CountAboveAsync(new DeliveryFilter(), first.Id, 100, Stop)).ShouldBe(2);
        (await store.CountAboveAsync(new DeliveryFilter(), first.Id, 1, Stop)).ShouldBe(1);
        (await store.CountAboveAsync(new DeliveryFilter { States = [DeliveryState.Failed] }, first.Id, 100, Stop)).ShouldBe(1);
        (await store.CountAboveAsync(new DeliveryFilter { Text = "nothing like it" }, first.Id, 100, Stop)).ShouldBe(0);
    }

    [Theory, DatabaseData]
    public async Task Find_RepeatedDelivery_TellsEveryMessageAndAttempt(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (store, seed) = await StartAsync(database);
        var of = await seed.EventAsync("e1", "Scan finished");
        var delivery = await seed.DeliveryAsync(of: of);
        var beside = await seed.DeliveryAsync();
        await seed.MessageAsync([delivery], (AttemptOutcome.Unknown, "timeout"), (AttemptOutcome.Failed, "internal_error"));
        await seed.MessageAsync([delivery, beside], (AttemptOutcome.Accepted, "ok"));

        var story = await store.FindAsync(delivery.Id, Stop);

        story.ShouldNotBeNull();
        story.Json.ShouldBe(of.Json);
        story.Row.Event.Title.ShouldBe("Scan finished");
        story.Messages.Select(m => m.Carried).ShouldBe([1, 2]);
        story.Messages[0].Attempts.Select(a => a.Code).ShouldBe(["timeout", "internal_error"]);
        story.Messages[0].Attempts[0].Duration.ShouldBe(TimeSpan.FromMilliseconds(120));
        story.Messages[1].Attempts.Single().Outcome.ShouldBe(AttemptOutcome.Accepted);
        (await store.FindAsync(delivery.Id + 1000, Stop)).ShouldBeNull();
        (await store.AttemptsAsync([delivery.Id, beside.Id], Stop))[beside.Id].Count().ShouldBe(1);
    }

    private static async Task<(DeliveryStore Store, ActivitySeed Seed)> StartAsync(TestDatabase database)
    {
        var contexts = await database.MigrateAsync(Stop);
        return (new DeliveryStore(contexts, await database.IndexTextsAsync(Stop), new IdPages(TimeProvider.System)),
            new ActivitySeed(contexts));
    }

    private static Task<HistoryList<DeliveryRow>> ListAsync(DeliveryStore store, DeliveryFilter filter, PageCursor cursor = default,
        int size = 50) =>
        store.ListAsync(filter, cursor, size, Enough, Stop);

    private static IEnumerable<long> Ids(HistoryList<DeliveryRow> page) => page.Rows.Select(row => row.Id);
}
