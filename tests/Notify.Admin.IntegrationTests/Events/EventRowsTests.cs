using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Events;

public class EventRowsTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Insert_ByTheProvidersWriter_LeavesWhatTheModelWouldWrite(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        // One of the two channels is known to be closed.
        var closed = new ChannelKey(ChannelKind.DingTalk, 4);
        var held = Enum.GetValues<Severity>().ToDictionary(
            severity => (closed, severity), Hold? (_) => new Hold(HoldReason.Interval, Now.AddMinutes(5), SeverityRange.All));
        await InsertAsync(contexts, provider.EventRows(), [Full("fast") with { Held = held }, Bare("fast-bare")]);
        await InsertAsync(contexts, new TrackedEventRows(), [Full("tracked") with { Held = held }, Bare("tracked-bare")]);

        await using var context = await contexts.CreateDbContextAsync(Stop);
        var events = await context.Events.AsNoTracking().OrderBy(e => e.Id).ToListAsync(Stop);
        var deliveries = await context.Deliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync(Stop);

        events.Count.ShouldBe(4);
        Values(context, events[0]).ShouldBe(Values(context, events[2]));
        Values(context, events[1]).ShouldBe(Values(context, events[3]));
        deliveries.Select(d => d.EventRowId).ShouldBe([events[0].Id, events[0].Id, events[2].Id, events[2].Id]);
        Values(context, deliveries[0]).ShouldBe(Values(context, deliveries[2]));
        Values(context, deliveries[1]).ShouldBe(Values(context, deliveries[3]));
        deliveries.Select(d => d.State).ShouldBe([DeliveryState.Waiting, DeliveryState.Held, DeliveryState.Waiting, DeliveryState.Held]);
        if (provider == DatabaseProvider.Sqlite)
        {
            (await context.ByChannel().Where(d => EF.Property<bool>(d, DeliveryParts.Column)).Select(d => d.Id).ToListAsync(Stop))
                .ShouldBe(deliveries.Take(2).Select(d => d.Id), ignoreOrder: true);
        }
    }

    [Theory, DatabaseData]
    public async Task Insert_MoreTextThanIsSentAtOnce_IsWholeAndInItsOrder(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var texts = Enumerable.Range(0, 40).Select(i => $"\"{i} 标题 {new string((char)('a' + (i % 26)), i * 1000)}\"").ToList();

        await InsertAsync(contexts, provider.EventRows(), [.. texts.Select((text, i) => new NewEvent(
            new IncomingEvent
            {
                Key = Key($"{i}"), Source = "tests", EventId = $"{i}", Type = "x", Time = Now, ReceivedAt = Now, Title = "", Json = text,
            },
            [new ChannelMatch(new ChannelKey(ChannelKind.Slack, i), "slackNotify")]))]);

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.Events.OrderBy(e => e.Id).Select(e => e.Json).ToListAsync(Stop)).ShouldBe(texts);
        (await context.Events.Select(e => e.Title).Distinct().ToListAsync(Stop)).ShouldBe([""]);
        (await context.Deliveries.OrderBy(d => d.EventRowId).Select(d => d.ChannelId).ToListAsync(Stop))
            .ShouldBe(Enumerable.Range(0, 40));
    }

    [Theory, DatabaseData]
    public async Task Insert_RowsThatDifferFromThoseBefore_EachHasItsOwnValues(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        static List<NewEvent> Some(string prefix) =>
            [.. Enumerable.Range(0, 50).Select(i => i % 3 == 0 || i > 40 ? Bare($"{prefix}{i}") : Full($"{prefix}{i}"))];
        await InsertAsync(contexts, provider.EventRows(), Some("fast"));
        await InsertAsync(contexts, new TrackedEventRows(), Some("tracked"));

        await using var context = await contexts.CreateDbContextAsync(Stop);
        var events = await context.Events.AsNoTracking().OrderBy(e => e.Id).ToListAsync(Stop);
        var deliveries = await context.Deliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync(Stop);
        for (var i = 0; i < 50; i++)
        {
            Values(context, events[i]).ShouldBe(Values(context, events[i + 50]));
        }

        int PlaceOf(Delivery delivery) => events.FindIndex(e => e.Id == delivery.EventRowId);
        var half = deliveries.Count / 2;
        for (var i = 0; i < half; i++)
        {
            Values(context, deliveries[i]).ShouldBe(Values(context, deliveries[i + half]));
            PlaceOf(deliveries[i]).ShouldBe(PlaceOf(deliveries[i + half]) - 50);
        }
    }

    // With SQLite one process alone adds events, and asks before.
    [Fact]
    public async Task Insert_OfAKeyThatAnotherInstanceAdded_FailsAndLeavesNothing()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null,
            $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created");
        const DatabaseProvider provider = DatabaseProvider.PostgreSql;
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        await InsertAsync(contexts, provider.EventRows(), [Full("first")]);

        await Should.ThrowAsync<System.Data.Common.DbException>(
            InsertAsync(contexts, provider.EventRows(), [Full("second"), Full("first")]));

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.Events.CountAsync(Stop), await context.Deliveries.CountAsync(Stop)).ShouldBe((1, 2));
    }

    private static async Task InsertAsync(IDbContextFactory<NotifyDbContext> contexts, IEventRows rows, List<NewEvent> events)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        await using var transaction = await context.Database.BeginTransactionAsync(Stop);
        await rows.InsertAsync(context, events, Now, Stop);
        await transaction.CommitAsync(Stop);
    }

    // Every stored property but the identities and the place in an index, as the model names them: a column that a writer forgets shows.
    private static Dictionary<string, object?> Values(NotifyDbContext context, object entity) =>
        context.Model.FindEntityType(entity.GetType())!.GetProperties()
        .Where(p => p.Name is not ("Id" or "Key" or "EventRowId" or DeliveryParts.Column))
        .ToDictionary(p => p.Name, p => p.PropertyInfo!.GetValue(entity));

    private static NewEvent Full(string key) => new(
        new IncomingEvent
        {
            Key = Key(key), Source = "tests", EventId = "e-1 ünï", Type = "sas-event-vul", Time = Now.AddMinutes(-1), ReceivedAt = Now,
                Severity = Severity.High,
            Title = "Title", Asset = "Asset", GroupId = "7", AlertType = "vul", ItemLevel = "high", EventType = "Webshell",
            SubType = "cve", Necessity = "asap",
            Json = """{"id":"标题"}""", MatchCount = 2,
        },
        [new ChannelMatch(new ChannelKey(ChannelKind.Slack, 3), "slackNotify"),
            new ChannelMatch(new ChannelKey(ChannelKind.DingTalk, 4), "rule 1")]);

    private static NewEvent Bare(string key) => new(
        new IncomingEvent { Key = Key(key), Source = "tests", EventId = "e-2", Type = "x", Time = Now, ReceivedAt = Now,
        Severity = Severity.Informative, Json = "{}" }, []);

    // As an event's own: the store of some providers has it in fewer bytes.
    private static string Key(string of) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)));
}
