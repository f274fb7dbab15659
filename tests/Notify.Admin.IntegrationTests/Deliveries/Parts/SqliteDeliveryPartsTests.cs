using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries.Parts;

/// <summary>With SQLite what is added moves on from the small part of the index by channel into the large one.</summary>
public sealed class SqliteDeliveryPartsTests
{
    private const int Channels = 50;
    private const int Together = 500;

    // What the small part has at most: enough, and not yet so many more that they are worth a move.
    private const int Most = 12_000;

    private static readonly DateTimeOffset Now = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Insert_OfMany_KeepsTheSmallPartSmallAndEveryDeliveryInItsChannelsList()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);
        IEventRows rows = new SqliteEventRows();

        for (var group = 0; group < 60; group++)
        {
            await InsertAsync(contexts, rows, group * Together);
            (await SmallAsync(contexts)).ShouldBeLessThanOrEqualTo(Most);
        }

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.Deliveries.CountAsync(Stop)).ShouldBe(60 * Together);
        var store = new DeliveryStore(contexts, await database.IndexTextsAsync(Stop), new IdPages(TimeProvider.System));
        foreach (var channel in new[] { 1, 25, Channels })
        {
            var expected = await context.Deliveries.Where(d => d.ChannelId == channel).OrderByDescending(d => d.Id)
                .Select(d => d.Id).Take(200).ToListAsync(Stop);
            var listed = await store.ListAsync(
                new DeliveryFilter { Channel = new ChannelKey(ChannelKind.DingTalk, channel) }, PageCursor.Newest, 200,
                TimeSpan.FromSeconds(30), Stop);
            listed.Rows.Select(row => row.Id).ShouldBe(expected);
        }
    }

    // What a transaction moved that failed has not moved: the next round finds it.
    [Fact]
    public async Task Insert_AfterTransactionsThatFailed_MovesWhatTheyDidNot()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);
        IEventRows rows = new SqliteEventRows();
        var at = 0;

        for (var group = 0; group < 200; group++)
        {
            var fails = group % 3 == 1;
            await InsertAsync(contexts, rows, at, commits: !fails);
            at += fails ? 0 : Together;
        }

        // A round may begin late by what the failed ones have counted.
        (await SmallAsync(contexts)).ShouldBeLessThanOrEqualTo(2 * Most);
        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.Deliveries.CountAsync(Stop)).ShouldBe(at);
    }

    [Fact]
    public async Task Insert_ByAProcessThatHasJustStarted_KnowsWhatIsInTheSmallPart()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);

        for (var group = 0; group < 60; group++)
        {
            await InsertAsync(contexts, new SqliteEventRows(), group * Together);
        }

        (await SmallAsync(contexts)).ShouldBeLessThanOrEqualTo(Most);
    }

    // A store of the version before, and back to it.
    [Fact]
    public async Task Migration_OfAStoreThatHasDeliveries_KeepsThemInTheirChannelsList()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(Stop);
        var seed = new ActivitySeed(contexts);
        List<long> made = [(await seed.DeliveryAsync()).Id, (await seed.DeliveryAsync()).Id, (await seed.DeliveryAsync()).Id];
        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            var migrator = context.GetService<IMigrator>();
            await migrator.MigrateAsync("Initial", Stop);
            await migrator.MigrateAsync(cancellationToken: Stop);
        }

        var store = new DeliveryStore(contexts, await database.IndexTextsAsync(Stop), new IdPages(TimeProvider.System));
        var listed = await store.ListAsync(
            new DeliveryFilter { Channel = ActivitySeed.Slack }, PageCursor.Newest, 50, TimeSpan.FromSeconds(30), Stop);

        listed.Rows.Select(row => row.Id).ShouldBe(made.AsEnumerable().Reverse());
        (await SmallAsync(contexts)).ShouldBe(0);
    }

    private static async Task InsertAsync(IDbContextFactory<NotifyDbContext> contexts, IEventRows rows, int first, bool commits = true)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        await using var transaction = await context.Database.BeginTransactionAsync(Stop);
        await rows.InsertAsync(context, [.. Enumerable.Range(first, Together).Select(Event)], Now, Stop);
        if (commits)
        {
            await transaction.CommitAsync(Stop);
        }
    }

    private static NewEvent Event(int number)
    {
        var id = number.ToString(CultureInfo.InvariantCulture);
        return new NewEvent(
            new IncomingEvent
            {
                Key = id.PadLeft(64, '0'), Source = "tests", EventId = id, Type = "x", Time = Now, ReceivedAt = Now, Json = "{}",
            },
            [new ChannelMatch(new ChannelKey(ChannelKind.DingTalk, (number * 7 % Channels) + 1), "rule 1")]);
    }

    private static async Task<int> SmallAsync(IDbContextFactory<NotifyDbContext> contexts)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        return await context.Deliveries.CountAsync(d => EF.Property<bool>(d, DeliveryParts.Column), Stop);
    }
}
