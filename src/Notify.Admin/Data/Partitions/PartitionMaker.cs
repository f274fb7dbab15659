using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Makes PostgreSQL's partitions ahead. Of each table the last has no upper end, so that no insert ever fails for want of one; it
/// is closed at an id long before ids come there, when it is still empty, at the same id in all tables.</summary>
internal sealed class PartitionMaker(IDbContextFactory<NotifyDbContext> contexts, TimeProvider time, ILogger<PartitionMaker> logger)
{
    // Writers queue behind who waits for a whole table, so nobody waits long: the next run tries again.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int Tries = 5;

    private const string Closing = "Closing";

    /// <summary>A partition has at least so many ids, about a million events with what becomes of them: fewer rows are deleted soon
    /// enough one by one, and each partition costs every query that cannot leave it out.</summary>
    public long LeastIds { get; init; } = 4_000_000;

    /// <summary>Closes what is to be closed by now, so that a partition has about as much as comes in <paramref name="period"/>.</summary>
    /// <returns>False while somebody else is at it.</returns>
    public async Task<bool> RunAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        await using var turn = await PostgresPartitionTurn.TakeAsync(contexts, cancellationToken);
        if (turn is null)
        {
            return false;
        }

        var tables = await turn.PartitionsAsync(cancellationToken);
        // One that was killed may have closed some tables and not the others.
        var bounds = tables.SelectMany(table => table.Select(partition => partition.Range.From)).Distinct().Order().ToList();
        var last = await turn.ReadAsync<long>($"""SELECT last_value FROM "{PartitionedTables.Ids}" """, cancellationToken);
        var size = Math.Max(LeastIds, last - await FirstSinceAsync(turn, time.GetUtcNow() - period, last, cancellationToken));
        if (IsDue(last, bounds[^1], size))
        {
            bounds.Add(Math.Max(last, bounds[^1]) + size);
        }

        // What comes while a table is closed, and while somebody keeps its lock from that, must be short of the bound.
        var near = last + (size / 4);
        foreach (var table in tables)
        {
            var open = table.Last();
            foreach (var bound in bounds.Where(bound => bound > open.Range.From))
            {
                if (await CloseAsync(turn, open, bound, bound <= near, cancellationToken))
                {
                    open = open with { Name = Partition.NameOf(open.Table, bound), Range = open.Range with { From = bound } };
                }
            }
        }

        return true;
    }

    // Rates may have grown since the bound was chosen: a quarter of a partition is left for that. A small store stays whole.
    private bool IsDue(long last, long open, long size) =>
        open == IdRange.All.From ? last >= LeastIds / 2 : last >= open - (size / 4);

    private static async Task<long> FirstSinceAsync(
        PostgresPartitionTurn turn, DateTimeOffset since, long last, CancellationToken cancellationToken)
    {
        var first = await turn.ReadAsync<long>(string.Create(CultureInfo.InvariantCulture,
            $"""SELECT "Id" FROM "Events" WHERE "ReceivedAt" >= {since.UtcTicks} ORDER BY "ReceivedAt", "Id" LIMIT 1"""), cancellationToken);
        return first == 0 ? last : first;
    }

    private async Task<bool> CloseAsync(
        PostgresPartitionTurn turn, Partition open, long bound, bool isNear, CancellationToken cancellationToken)
    {
        var (table, name, closed) = (open.Table, open.Name, open.Range with { Below = bound });
        var key = await turn.ReadAsync<string>($"""SELECT pg_get_partkeydef('"{table}"'::regclass)""", cancellationToken);
        key = key!["RANGE (".Length..^1];
        var isProven = !await turn.ReadAsync<bool>($"""SELECT EXISTS (SELECT FROM "{name}")""", cancellationToken);
        if (!isProven && (isNear
            || await turn.ReadAsync<bool>($"""SELECT EXISTS (SELECT FROM "{name}" WHERE {key} >= {bound})""", cancellationToken)))
        {
            logger.LogWarning("The partition {Partition} has rows, soon or already beyond {Bound}: it stays open to the next bound",
                name, bound);
            await ForgetAsync(turn, name, cancellationToken);
            return false;
        }

        var next = Partition.NameOf(table, bound);
        if ((await turn.DetachedAsync(cancellationToken)).Contains((table, next)))
        {
            // Prepared by one that was killed.
            await turn.RunAsync($"""DROP TABLE "{next}" """, cancellationToken);
        }

        // Both or neither.
        await turn.RunAsync(
            $"""
            CREATE TABLE "{next}" (
                LIKE "{name}" INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING INDEXES INCLUDING STORAGE INCLUDING STATISTICS)
                {PartitionedTables.StorageOf(table)};
            {Partition.Marking(next)}
            """, cancellationToken);
        for (var tries = 0; tries < Tries; tries++)
        {
            // What is in it is looked through before, beside those who write, and not while the table is locked.
            isProven = isProven || await ProveAsync(turn, name, $"{key} >= {closed.From} AND {key} < {bound}", cancellationToken);
            if (isProven && await turn.TryAsync(Patience,
                [
                    $"""LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE""",
                    $"""ALTER TABLE "{table}" DETACH PARTITION "{name}" """,
                    $"""ALTER TABLE "{table}" ATTACH PARTITION "{name}" {Partition.BoundOf(closed)}""",
                    $"""ALTER TABLE "{name}" DROP CONSTRAINT IF EXISTS "{Closing}" """,
                    $"""ALTER TABLE "{table}" ATTACH PARTITION "{next}" {Partition.BoundOf(IdRange.All with { From = bound })}""",
                    Partition.Unmarking(next),
                ], cancellationToken))
            {
                logger.LogInformation("Closed the partition {Partition} at {Bound}", name, bound);
                return true;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        logger.LogWarning("{Table} is in use by a long transaction: its partition {Partition} is closed later", table, name);
        await ForgetAsync(turn, name, cancellationToken);
        return false;
    }

    // The proof refuses whatever comes beyond the bound: it must not outlast the closing. What is in use the next run sees to.
    private async Task ForgetAsync(PostgresPartitionTurn turn, string name, CancellationToken cancellationToken)
    {
        var isThere = $"""
            SELECT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"{name}"'::regclass AND conname = '{Closing}')
            """;
        for (var tries = 0; tries < Tries && await turn.ReadAsync<bool>(isThere, cancellationToken); tries++)
        {
            if (!await turn.TryAsync(Patience, [$"""ALTER TABLE "{name}" DROP CONSTRAINT "{Closing}" """], cancellationToken))
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private static async Task<bool> ProveAsync(PostgresPartitionTurn turn, string name, string rows, CancellationToken cancellationToken)
    {
        if (!await turn.TryAsync(Patience,
            [$"""ALTER TABLE "{name}" DROP CONSTRAINT IF EXISTS "{Closing}", ADD CONSTRAINT "{Closing}" CHECK ({rows}) NOT VALID"""],
            cancellationToken))
        {
            return false;
        }

        await turn.RunAsync($"""ALTER TABLE "{name}" VALIDATE CONSTRAINT "{Closing}" """, cancellationToken);
        return true;
    }
}
