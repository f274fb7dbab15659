using Microsoft.EntityFrameworkCore;
using Notify.Admin.Background;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Lets PostgreSQL's partitions go when all that is in them is past its time, instead of deleting their rows. What must be kept is
/// the same as for rows (<see cref="RetentionStore"/>): a partition that holds any of it stays, and is left to that.</summary>
internal sealed class PastPartitions(
    IDbContextFactory<NotifyDbContext> contexts, DatabaseOptions database, RetentionStore rows, TimeProvider time,
    ILogger<PastPartitions> logger)
{
    private const string Events = "Events";
    private const string Deliveries = "Deliveries";
    private const string Links = "MessageDeliveries";
    private const string Messages = "Messages";

    private const int TurnTries = 60;
    private static readonly TimeSpan TurnPause = TimeSpan.FromMilliseconds(500);

    // Rows that go with an event or a message, in tables that are whole; so many at once.
    private const int MostRows = 5000;

    // Deliveries first: nothing else may go before it is certain that none was opened meanwhile. Events last: who comes after one that was
    // killed reads from them what there was. Between them all others.
    private static readonly string[] First = [Deliveries, Links, "Attempts"];

    private static readonly string IsOpen = $"\"State\" < {(int)OpenStates.FirstFinal}";

    /// <summary>How much a partition is to hold, by when it came.</summary>
    public static TimeSpan PeriodOf(int days) => TimeSpan.FromDays(days) / 10;

    /// <summary>So long may rows wait for the rest of their partition to be past its time, too.</summary>
    public static TimeSpan WaitOf(int days) => TimeSpan.FromDays(days) / 8;

    /// <summary>Lets go of the partitions that only have what came before.</summary>
    /// <param name="wait">Whose last event is past its time so soon, waits for that.</param>
    /// <returns>How many events went, and those that wait for their partition to go: they are not to be deleted one by one. Null while
    /// somebody else changes partitions.</returns>
    public async Task<(int Deleted, IReadOnlyList<IdRange> Waiting)?> LetGoAsync(
        DateTimeOffset before, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (database.Provider != DatabaseProvider.PostgreSql)
        {
            return (0, []);
        }

        await using var turn = await TakeTurnAsync(cancellationToken);
        if (turn is null)
        {
            return null;
        }

        var deleted = await FinishAsync(turn, cancellationToken);
        if (!await turn.OwnsAsync(cancellationToken))
        {
            // Made by another user, and this one may change rows only.
            return (deleted, []);
        }

        var tables = await turn.PartitionsAsync(cancellationToken);
        // Of one that was killed. It may be kept by now; and if somebody takes it apart one day, that is not for this to drop.
        foreach (var marked in tables.SelectMany(table => table).Where(p => p.IsToGo))
        {
            await turn.RunAsync(Partition.Unmarking(marked.Name), cancellationToken);
        }

        var last = await turn.ReadAsync<long>($"""SELECT last_value FROM "{PartitionedTables.Ids}" """, cancellationToken);
        List<IdRange> waiting = [];
        // Not the newest that is full: somebody may have taken an id of it whose row is not stored yet.
        foreach (var range in tables[Events].Select(p => p.Range).Where(range => range.Below <= last).SkipLast(1)
            .Where(range => tables.All(table => IsApart(table, range))))
        {
            var newest = await NewestAsync(turn, range, cancellationToken);
            if (newest >= before)
            {
                if (newest - before <= wait)
                {
                    waiting.Add(range);
                }

                continue;
            }

            deleted += await DeleteStraddlingAsync(range, before, cancellationToken);
            if (await WhyKeptAsync(turn, range, cancellationToken) is { } why)
            {
                logger.LogInformation("Events {Range} are past their time and deleted one by one: {Why}", range, why);
                continue;
            }

            deleted += await LetGoAsync(turn, tables, range, cancellationToken);
        }

        return (deleted, waiting);
    }

    // Whoever makes partitions ahead has it for a moment each minute, which may be the very moment of each sweep.
    private async Task<PostgresPartitionTurn?> TakeTurnAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var turn = await PostgresPartitionTurn.TakeAsync(contexts, cancellationToken);
            if (turn is not null || tries == TurnTries)
            {
                return turn;
            }

            await Task.Delay(TurnPause, time, cancellationToken);
        }
    }

    private async Task<int> LetGoAsync(
        PostgresPartitionTurn turn, ILookup<string, Partition> tables, IdRange range, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var (table, name, _, _, _) in tables.SelectMany(table => table).Where(p => p.Range == range).OrderBy(p => Order(p.Table)))
        {
            await turn.RunAsync(Partition.Marking(name), cancellationToken);
            // Waits for those who read the table now, and nobody waits for it.
            await turn.RunAsync($"""ALTER TABLE "{table}" DETACH PARTITION "{name}" CONCURRENTLY""", cancellationToken);
            if (await EndAsync(turn, table, name, range, cancellationToken) is not { } ended)
            {
                return deleted;
            }

            deleted += ended;
        }

        logger.LogInformation("Let go of the partitions of events {Range}", range);
        return deleted;
    }

    // What one that was killed has begun.
    private async Task<int> FinishAsync(PostgresPartitionTurn turn, CancellationToken cancellationToken)
    {
        var tables = await turn.PartitionsAsync(cancellationToken);
        foreach (var leaving in tables.SelectMany(table => table).Where(p => p.IsLeaving))
        {
            await turn.RunAsync($"""ALTER TABLE "{leaving.Table}" DETACH PARTITION "{leaving.Name}" FINALIZE""", cancellationToken);
        }

        var deleted = 0;
        foreach (var (table, name) in (await turn.DetachedAsync(cancellationToken)).OrderBy(d => Order(d.Table)))
        {
            var range = tables[Events].FirstOrDefault(p => name == Partition.NameOf(table, p.Range.From))?.Range ?? default;
            deleted += await EndAsync(turn, table, name, range, cancellationToken) ?? 0;
        }

        return deleted;
    }

    /// <summary>Deletes what hangs on the rows of a partition that is one no more, and then the partition.</summary>
    /// <param name="range">Only needed while the events of this range are there.</param>
    /// <returns>How many events it had; null where it was put back.</returns>
    private async Task<int?> EndAsync(
        PostgresPartitionTurn turn, string table, string name, IdRange range, CancellationToken cancellationToken)
    {
        var deleted = 0;
        switch (table)
        {
            case Deliveries when await HasOpenAsync(turn, name, cancellationToken):
                // Somebody had it sent again a moment ago.
                await turn.RunAsync(
                    $"""ALTER TABLE "{table}" ATTACH PARTITION "{name}" {Partition.BoundOf(range)}; {Partition.Unmarking(name)}""",
                    cancellationToken);
                return null;
            case Links:
                // Messages of later partitions that carried nothing else.
                await turn.RunAsync(
                    $"""
                    DELETE FROM "{Messages}" AS m WHERE m."Id" IN (SELECT "MessageId" FROM "{name}" WHERE "MessageId" >= {range.Below})
                        AND NOT EXISTS (SELECT FROM "{Links}" AS l WHERE l."MessageId" = m."Id")
                    """, cancellationToken);
                break;
            case Messages:
                await DeleteAsync(turn, "Attempts", "MessageId", name, cancellationToken);
                await DeleteAsync(turn, "ProblemMessages", "MessageId", name, cancellationToken);
                await DeleteAsync(turn, "Acknowledgements", "MessageId", name, cancellationToken);
                break;
            case Events:
                deleted = (int)await turn.ReadAsync<long>($"""SELECT COUNT(*) FROM "{name}" """, cancellationToken);
                await DeleteAsync(turn, "EventKeys", "EventRowId", name, cancellationToken);
                await DeleteAsync(turn, "ReplacedEvents", "EventRowId", name, cancellationToken);
                break;
        }

        await turn.RunAsync($"""DROP TABLE "{name}" """, cancellationToken);
        return deleted;
    }

    private static Task<bool> HasOpenAsync(PostgresPartitionTurn turn, string name, CancellationToken cancellationToken) =>
        turn.ReadAsync<bool>($"""SELECT EXISTS (SELECT FROM "{name}" WHERE {IsOpen})""", cancellationToken);

    // All that hangs on one of its ids: they are its own alone.
    private async Task DeleteAsync(PostgresPartitionTurn turn, string table, string column, string of, CancellationToken cancellationToken)
    {
        var first = await turn.ReadAsync<long>($"""SELECT MIN("Id") FROM "{of}" """, cancellationToken);
        var last = await turn.ReadAsync<long>($"""SELECT MAX("Id") FROM "{of}" """, cancellationToken);
        while (true)
        {
            var began = time.GetTimestamp();
            // In order, so that each look begins where the last one ended.
            var next = await turn.ReadAsync<long>(
                $"""
                WITH batch AS (
                    SELECT "{column}" AS id FROM "{table}" WHERE "{column}" >= {first} AND "{column}" <= {last} ORDER BY 1 LIMIT {MostRows}),
                gone AS (DELETE FROM "{table}" WHERE "{column}" >= {first} AND "{column}" <= (SELECT MAX(id) FROM batch))
                SELECT MAX(id) FROM batch
                """, cancellationToken);
            if (next == 0)
            {
                return;
            }

            first = next + 1;
            await time.RestAsync(began, cancellationToken);
        }
    }

    // Its rows are a partition of the table, or that has gone already.
    private static bool IsApart(IEnumerable<Partition> table, IdRange range) =>
        table.Where(p => p.Range.From < range.Below && p.Range.Below > range.From).All(p => p.Range == range);

    private static async Task<DateTimeOffset> NewestAsync(PostgresPartitionTurn turn, IdRange range, CancellationToken cancellationToken)
    {
        var within = $"\"Id\" >= {range.From} AND \"Id\" < {range.Below}";
        return new DateTimeOffset(await turn.ReadAsync<long>(
            $"""
            SELECT GREATEST((SELECT MAX("ReceivedAt") FROM "{Events}" WHERE {within}),
                (SELECT "CreatedAt" FROM "{Messages}" WHERE {within} ORDER BY "Id" DESC LIMIT 1))
            """, cancellationToken), TimeSpan.Zero);
    }

    // Events whose deliveries are not all in the same partition: they came while it was filled, and are few.
    private async Task<int> DeleteStraddlingAsync(IdRange range, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var later = await context.Deliveries.Where(d => d.Id >= range.Below && d.EventRowId >= range.From && d.EventRowId < range.Below)
            .Select(d => d.EventRowId).Distinct().ToListAsync(cancellationToken);
        var earlier = await context.Deliveries.Where(d => d.Id >= range.From && d.Id < range.Below && d.EventRowId < range.From)
            .Select(d => d.EventRowId).Distinct().ToListAsync(cancellationToken);
        var deleted = 0;
        foreach (var batch in later.Concat(earlier).Chunk(RetentionStore.BatchSize))
        {
            var past = context.Events.Where(e => batch.Contains(e.Id) && e.ReceivedAt < before).Select(e => e.Id);
            deleted += await rows.DeleteAsync(await past.ToArrayAsync(cancellationToken), cancellationToken);
        }

        return deleted;
    }

    // What would be missed: it is kept itself, or what is kept needs it.
    private static Task<string?> WhyKeptAsync(PostgresPartitionTurn turn, IdRange range, CancellationToken cancellationToken)
    {
        var (from, below) = (range.From, range.Below);
        return turn.ReadAsync<string>(
            $"""
            SELECT CASE
                WHEN EXISTS (SELECT FROM "{Deliveries}" WHERE "Id" >= {from} AND "Id" < {below} AND {IsOpen})
                    OR EXISTS (SELECT FROM "{Deliveries}" WHERE "EventRowId" >= {from} AND "EventRowId" < {below} AND "Id" >= {below})
                    THEN 'a delivery is open'
                WHEN EXISTS (SELECT FROM "{Deliveries}" WHERE "Id" >= {from} AND "Id" < {below} AND "EventRowId" < {from})
                    THEN 'a delivery of an earlier event, which is kept'
                WHEN EXISTS (SELECT FROM "{Links}" WHERE "MessageId" >= {from} AND "MessageId" < {below}
                        AND ("DeliveryId" < {from} OR "DeliveryId" >= {below}))
                    THEN 'a message also carries what is kept'
                WHEN EXISTS (SELECT FROM "Attempts" AS a WHERE a."Id" >= {from} AND a."Id" < {below} AND a."MessageId" < {from}
                        AND EXISTS (SELECT FROM "{Messages}" AS m WHERE m."Id" = a."MessageId"))
                    THEN 'an attempt at a message that is kept'
            END
            """, cancellationToken);
    }

    private static int Order(string table) =>
        table == Events ? int.MaxValue : Array.IndexOf(First, table) is >= 0 and var at ? at : First.Length;
}
