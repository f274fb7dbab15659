using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.Load;

/// <summary>What it costs PostgreSQL to forget events with a delivery, a message and an attempt each: by rows, without the pauses between
/// them, and with their partition. And what they take on its disk.</summary>
internal static class RetentionLoad
{
    private const int MostByRows = 100_000;

    public static async Task RunAsync(LoadOptions options)
    {
        await MeasureAsync("by rows, without pauses", Math.Min(options.Events, MostByRows), options, async (database, contexts) =>
        {
            var rows = new RetentionStore(contexts, TimeProvider.System);
            RetentionCursor? cursor = RetentionCursor.Start;
            var deleted = 0;
            while (cursor is { } from)
            {
                (var some, cursor) = await rows.DeleteEventsAsync(DateTimeOffset.UtcNow, from, [], CancellationToken.None);
                deleted += some;
            }

            return deleted;
        });
        await MeasureAsync("with their partition", options.Events, options, async (database, contexts) =>
        {
            var parts = new PastPartitions(contexts, database.Options, new RetentionStore(contexts, TimeProvider.System),
                TimeProvider.System, NullLogger<PastPartitions>.Instance);
            var (deleted, _) = (await parts.LetGoAsync(DateTimeOffset.UtcNow, TimeSpan.Zero, CancellationToken.None)).GetValueOrDefault();
            return deleted;
        });
    }

    private static async Task MeasureAsync(string what, int count, LoadOptions options,
        Func<TestDatabase, ProviderContextFactory, Task<int>> forget)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        var contexts = (ProviderContextFactory)await database.MigrateAsync(CancellationToken.None);
        await using var context = contexts.CreateDbContext();
        context.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        foreach (var statement in HistorySql.Insert(DatabaseProvider.PostgreSql, count, options.Channels, DateTimeOffset.UtcNow.AddDays(-1))
            .Concat(ListSql.Messages())
            .Append("""INSERT INTO "MessageDeliveries" ("MessageId", "DeliveryId") SELECT "Id", "Id" FROM "Messages" """))
        {
            await context.Database.ExecuteSqlRawAsync(statement);
        }

        // Two more are full: the last that is stays.
        var maker = new PartitionMaker(contexts, TimeProvider.System, NullLogger<PartitionMaker>.Instance) { LeastIds = 2 };
        for (var part = 1; part <= 3; part++)
        {
            await maker.RunAsync(TimeSpan.Zero, CancellationToken.None);
            await database.ExecuteAsync($"""SELECT setval('"RowIds"', {count + (part * 10)})""");
        }

        await context.Database.ExecuteSqlRawAsync("VACUUM ANALYZE");
        foreach (var table in (string[])["Events", "EventKeys", "Deliveries", "Messages", "MessageDeliveries", "Attempts"])
        {
            var bytes = await NumberAsync(context,
                $"""SELECT COALESCE(SUM(pg_total_relation_size(relid)), 0)::bigint AS "Value" FROM pg_partition_tree('"{table}"')""");
            bytes = bytes == 0 ? await NumberAsync(context, $"""SELECT pg_total_relation_size('"{table}"') AS "Value" """) : bytes;
            Console.WriteLine($"{table,-20} {(double)bytes / count,8:N0} bytes an event");
        }

        var before = await LogAsync(context);
        var began = Stopwatch.GetTimestamp();
        var deleted = await forget(database, contexts);
        var took = Stopwatch.GetElapsedTime(began);
        var log = await LogAsync(context) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {deleted:N0} events in {took.TotalSeconds:N1} s, {took.TotalMicroseconds / deleted:N1} µs and {(double)log / deleted:N0} bytes of the server's log each"));
    }

    private static Task<long> LogAsync(NotifyDbContext context) =>
        NumberAsync(context, """SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint AS "Value" """);

    private static Task<long> NumberAsync(NotifyDbContext context, string query) =>
        context.Database.SqlQueryRaw<long>(query).SingleAsync();
}
