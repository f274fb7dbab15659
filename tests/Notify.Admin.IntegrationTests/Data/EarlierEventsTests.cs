using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

public sealed class EarlierEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 3, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Find_RandomEventsOfWeeks_IsWhatLookingAtEachSays(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var random = new Random(3);
        var events = Enumerable.Range(0, 400)
            .Select(number => Parsed($"e-{number}", random)).Zip(Moments(random, 400)).ToList();
        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Stop);
            await provider.EventRows().InsertAsync(
                context,
                [.. events.Select(one => new NewEvent(new PreparedEvent(one.First, one.Second).ToRow(one.Second, 0, default), []))],
                Now, Stop);
            await transaction.CommitAsync(Stop);
        }

        await using var reading = await contexts.CreateDbContextAsync(Stop);
        var stored = reading.Events.OrderBy(e => e.Id).AsEnumerable()
            .Select(e => (Record: EventPayload.ToRecord(e), At: e.ReceivedAt)).ToList();
        var earlier = new EarlierEvents(contexts, TimeProvider.System);
        foreach (var days in (int[])[1, 7, 90])
        {
            var expected = stored.Select((one, at) => Before(stored, at, days)).ToList();

            (await earlier.FindAsync(stored, _ => true, days, Stop)).ShouldBe(expected);
            // Of a part, the store knows the rest.
            (await earlier.FindAsync(stored[250..], at => at % 2 == 0, days, Stop))
                .ShouldBe(expected[250..].Select((ago, at) => at % 2 == 0 ? ago : null));
            (await earlier.KnowAsync(stored[399].Record, days, Stop)).SeenAgo.ShouldBe(expected[399]);
            expected.ShouldContain(ago => ago != null);
            expected.ShouldContain((TimeSpan?)null);
        }

        if (provider == DatabaseProvider.Sqlite)
        {
            (await QueryPlans.ScansAsync(contexts, () => earlier.FindAsync(stored[390..], _ => true, 90, Stop), Stop)).ShouldBeEmpty();
        }
    }

    private static TimeSpan? Before(List<(EventRecord Record, DateTimeOffset At)> all, int at, int days)
    {
        var (record, moment) = all[at];
        var fields = record.Fields;
        var last = all.Take(at).Where(one => (fields.Problem is not null && one.Record.Fields.Problem == fields.Problem)
            || (fields.Title is not null && one.Record.Fields.Title == fields.Title && one.Record.Fields.Asset == fields.Asset))
            .Select(one => (DateTimeOffset?)one.At).LastOrDefault();
        return moment - last is { } ago && ago <= TimeSpan.FromDays(days) ? ago : null;
    }

    // Some of them at one moment, as batches are.
    private static IEnumerable<DateTimeOffset> Moments(Random random, int count)
    {
        var at = Now.AddDays(-100);
        for (var number = 0; number < count; number++)
        {
            at += random.Next(3) == 0 ? TimeSpan.Zero : TimeSpan.FromHours(random.Next(1, 18));
            yield return at;
        }
    }

    private static ParsedEvent Parsed(string id, Random random)
    {
        var fields = new EventFields
        {
            Title = random.Next(5) == 0 ? null : $"title {random.Next(12)}",
            Asset = random.Next(5) == 0 ? null : $"asset {random.Next(4)}",
            Problem = random.Next(3) == 0 ? $"problem {random.Next(20)}" : null,
        };
        var json = System.Text.Json.JsonSerializer.Serialize(new
        {
            specversion = "1.0", id, source = "tests", type = "tool.alarm",
            data = new { title = fields.Title, asset = fields.Asset, problem = fields.Problem },
        });
        return new ParsedEvent(id, "tests", "tool.alarm", null, fields, json);
    }
}
