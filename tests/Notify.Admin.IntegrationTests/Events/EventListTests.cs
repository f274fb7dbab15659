using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Events;

public class EventListTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);
    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task List_EachFilter_FindsOnlyWhatItNames(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var store = new EventStore(contexts, await database.IndexTextsAsync(Stop), new IdPages(TimeProvider.System));
        var seed = new ActivitySeed(contexts);
        var scan = await seed.EventAsync("scan-000001", "Scan of shop finished", "scanner/eu", severity: Severity.High, matches: 2);
        var vul = await seed.EventAsync("vul-000001", "Log4Shell", "cloud", "sas-event-vul", seed.Now.AddHours(1), Severity.Critical, 0,
            alertType: "vul");
        var leak = await seed.EventAsync("leak-00001", "Key leaked", "cloud", "sas-event-ak-leakage", seed.Now.AddHours(2), Severity.High,
            1, alertType: "ak-leakage");
        var other = await seed.EventAsync("other-0001", null, "ci", "build.failed", seed.Now.AddHours(3), Severity.Informative, 0);

        async Task<IEnumerable<long>> FindAsync(EventFilter filter) =>
            (await store.ListAsync(filter, PageCursor.Newest, 50, Enough, Stop)).Rows.Select(row => row.Event.RowId);
        (await FindAsync(new EventFilter())).ShouldBe([other.Id, leak.Id, vul.Id, scan.Id]);
        (await FindAsync(new EventFilter { Type = "scan.completed" })).ShouldBe([scan.Id]);
        (await FindAsync(new EventFilter { Type = EventFilter.AnyAlert })).ShouldBe([leak.Id, vul.Id]);
        (await FindAsync(new EventFilter { Type = EventFilter.AlertPrefix + "vul" })).ShouldBe([vul.Id]);
        (await FindAsync(new EventFilter { Type = EventFilter.Other })).ShouldBe([other.Id]);
        (await FindAsync(new EventFilter { Severity = Severity.High })).ShouldBe([leak.Id, scan.Id]);
        (await FindAsync(new EventFilter { Source = "cloud" })).ShouldBe([leak.Id, vul.Id]);
        (await FindAsync(new EventFilter { Matched = false })).ShouldBe([other.Id, vul.Id]);
        (await FindAsync(new EventFilter { Matched = true, Severity = Severity.High, Source = "cloud" })).ShouldBe([leak.Id]);
        (await FindAsync(new EventFilter { From = seed.Now.AddHours(1), To = seed.Now.AddHours(3) })).ShouldBe([leak.Id, vul.Id]);
        (await FindAsync(new EventFilter { Text = "vul-000001" })).ShouldBe([vul.Id]);
        (await FindAsync(new EventFilter { Text = "LOG4" })).ShouldBe([vul.Id]);
        (await FindAsync(new EventFilter { Text = "nothing" })).ShouldBeEmpty();
        (await store.CountAboveAsync(new EventFilter { Severity = Severity.High }, scan.Id, 100, Stop)).ShouldBe(1);
    }

    // Among rows of one moment a store hands out first whichever lies first; PostgreSQL moves a row that is changed.
    [Theory, DatabaseData]
    public async Task List_FromAMomentThatABatchShares_BeginsWithItsFirst(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var store = new EventStore(contexts, await database.IndexTextsAsync(Stop), new IdPages(TimeProvider.System));
        var seed = new ActivitySeed(contexts);
        var batch = new[] { await seed.EventAsync(), await seed.EventAsync(), await seed.EventAsync() };
        var delivery = await seed.DeliveryAsync(of: batch[0]);
        await seed.DeliveryAsync(of: batch[0], channel: ActivitySeed.DingTalk);
        await using var context = await contexts.CreateDbContextAsync(Stop);
        foreach (var (at, of) in new[] { (seed.Now.AddDays(1), batch[1].Id), (seed.Now, batch[0].Id) })
        {
            await context.Events.Where(e => e.Id == batch[0].Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.ReceivedAt, at), Stop);
            await context.Deliveries.Where(d => d.Id == delivery.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.EventRowId, of), Stop);
        }

        (await store.ListAsync(new EventFilter { From = seed.Now }, PageCursor.Newest, 50, Enough, Stop)).Rows
            .Select(row => row.Event.RowId).ShouldBe(batch.Select(e => e.Id).OrderDescending());
        (await EventIndex.FirstDeliveryAsync(context, batch[0].Id, Stop)).ShouldBe(delivery.Id);
    }

    [Theory, DatabaseData]
    public async Task List_Pages_EndWhereTheEventsEnd(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var store = new EventStore(contexts, await database.IndexTextsAsync(Stop), new IdPages(TimeProvider.System));
        var seed = new ActivitySeed(contexts);
        List<long> all = [];
        for (var i = 0; i < 5; i++)
        {
            all.Add((await seed.EventAsync()).Id);
        }

        var first = await store.ListAsync(new EventFilter { Matched = true }, PageCursor.Newest, 3, Enough, Stop);
        var second = await store.ListAsync(new EventFilter { Matched = true }, new PageCursor(first.Cursors.Older, null), 3, Enough, Stop);

        first.Rows.Concat(second.Rows).Select(row => row.Event.RowId).ShouldBe(all.OrderDescending());
        second.Cursors.Older.ShouldBeNull();
        second.SearchedBackTo.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Find_TellsEveryChannelWhyItHeardOrNotAndWhatChangedSince(DatabaseProvider provider)
    {
        ChannelKey Key(int id) => new(ChannelKind.Slack, id);
        var matcher = new PretendMatcher([
            new ChannelExplanation(Key(1), "heard", true, [new ExplainedCondition("is on", true)]),
            new ChannelExplanation(Key(2), "deaf", false,
            [new ExplainedCondition("is on", true), new ExplainedCondition("switch is on", false)]),
            new ChannelExplanation(Key(3), "would hear now", true, [new ExplainedCondition("is on", true)]),
            new ChannelExplanation(Key(4), "heard then", false, [new ExplainedCondition("is on", false)]),
        ]);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            Services = services =>
            {
                services.RemoveAll<IChannel>();
                services.RemoveAll<IChannelMatcher>();
                services.AddSingleton<IChannel>(new PretendChannel(ChannelKind.Slack));
                services.AddSingleton<IChannelMatcher>(matcher);
            },
        });
        var seed = new ActivitySeed(app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>());
        var of = await seed.EventAsync(matches: 3);
        await seed.DeliveryAsync(DeliveryState.Sent, Key(1), of);
        await seed.DeliveryAsync(DeliveryState.Failed, Key(4), of);
        await seed.DeliveryAsync(DeliveryState.Skipped, Key(9), of);

        var story = (await app.Services.GetRequiredService<EventService>().FindAsync(of.Id, Viewer, Stop)).ShouldNotBeNull();

        story.Hearings.Select(h => (h.Channel.Id, h.Heard, h.HasChanged)).ShouldBe(
            [(1, true, false), (4, true, true), (9, true, false), (3, false, true), (2, false, false)]);
        story.Hearings[0].Reason.ShouldBe("because of slackCompleteAborted");
        story.Hearings[0].Delivery!.State.ShouldBe(DeliveryState.Sent);
        story.Hearings[2].HearsNow.ShouldBeNull();
        story.Others.ShouldBe(0);
        story.Hearings[4].Conditions.Count(c => !c.Passed).ShouldBe(1);
        (await app.Services.GetRequiredService<EventService>().FindAsync(of.Id + 99, Viewer, Stop)).ShouldBeNull();
    }

    private sealed class PretendMatcher(IReadOnlyList<ChannelExplanation> explanations) : IChannelMatcher, IMatcherSnapshot
    {
        public ChannelKind Kind => ChannelKind.Slack;

        public ValueTask<IMatcherSnapshot> GetSnapshotAsync(long configurationVersion, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IMatcherSnapshot>(this);

        public IEnumerable<ChannelMatch> Match(EventRecord record) => [];

        public IEnumerable<ChannelDistance> Measure(EventRecord record) => explanations.Select(explanation => new ChannelDistance(
            explanation.Channel, explanation.Name, explanation.Conditions.Count(condition => !condition.Passed)));

        public ChannelExplanation? Explain(EventRecord record, int channelId) =>
            explanations.FirstOrDefault(explanation => explanation.Channel.Id == channelId);

        public IEnumerable<ChannelCover> Cover(EventClass events) => [];
    }
}
