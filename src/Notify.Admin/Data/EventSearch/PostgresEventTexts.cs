using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Npgsql;

namespace Notify.Admin.Data;

/// <summary>A table of lower-case texts with a <c>pg_trgm</c> index. Not on the events' own table, where it would slow intake
/// down.</summary>
internal sealed class PostgresEventTexts : IEventTexts
{
    // Any number that no other user of the database's advisory locks is likely to choose.
    private const long Turn = 0x4E6F_7454_6578;

    // A text that so many of the newest rows hold is found soonest by looking at them one by one.
    private const int NewestRows = 2000;
    private const int Often = 10;

    // Its partitions are those of the events, and go with them.
    // Every search reads the pending list from end to end: at its usual 4 MiB for longer than all the rest.
    private const string Create = """
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE TABLE IF NOT EXISTS "EventTexts" ("Id" bigint PRIMARY KEY, "Text" text NOT NULL) PARTITION BY RANGE ("Id");
        CREATE INDEX IF NOT EXISTS "IX_EventTexts_Text" ON "EventTexts" USING gin ("Text" gin_trgm_ops) WITH (gin_pending_list_limit = 256);
        DO $$
        DECLARE part record;
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = '"EventTexts"'::regclass) THEN
                FOR part IN SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) AS bound FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
                    WHERE i.inhparent = '"Events"'::regclass
                LOOP
                    EXECUTE format('CREATE TABLE %I PARTITION OF "EventTexts" %s', replace(part.relname, 'Events_', 'EventTexts_'), part.bound);
                END LOOP;
                CREATE TRIGGER "EventTexts_Forget" AFTER DELETE ON "Events" REFERENCING OLD TABLE AS gone
                    FOR EACH STATEMENT EXECUTE FUNCTION "DeleteDependants"('EventTexts', 'Id');
            END IF;
        END $$;
        """;

    public Task CreateAsync(NotifyDbContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync(Create, cancellationToken);

    public async Task<int> AddAsync(NotifyDbContext context, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Instances take turns: each begins where the last one ended.
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", cancellationToken);
        var added = await context.Database.ExecuteSqlAsync(
            $"""
            WITH "Next" AS (
                SELECT "Id", "EventId", "Source", "Title", "ReceivedAt" FROM "Events"
                WHERE "Id" > (SELECT COALESCE(MAX("Id"), 0) FROM "EventTexts") ORDER BY "Id" LIMIT {most})
            INSERT INTO "EventTexts" ("Id", "Text")
            SELECT "Id", lower("EventId" || chr(10) || "Source" || chr(10) || COALESCE("Title", '')) FROM "Next"
            WHERE "Id" < COALESCE((SELECT MIN("Id") FROM "Next" WHERE "ReceivedAt" > {before.UtcTicks}), {long.MaxValue})
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    public Task<long> LastAsync(NotifyDbContext context, CancellationToken cancellationToken) =>
        context.Database.SqlQuery<long>($"""SELECT COALESCE(MAX("Id"), 0) AS "Value" FROM "EventTexts" """).SingleAsync(cancellationToken);

    // By the index of ids, from its first: without statistics of a young partition the server would read all of it, and sort. With a
    // million events that takes a processor for a third of a second, and intake waits for it.
    public async Task<bool> AnyAsync(NotifyDbContext context, IQueryable<IncomingEvent> events, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)",
            cancellationToken);
        return await events.AnyAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<long>?> FindAsync(NotifyDbContext context, string text, long last, int most, TimeSpan budget,
        CancellationToken cancellationToken)
    {
        var escaped = text.ToLowerInvariant().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        var pattern = $"%{escaped}%";
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            var timeout = Math.Max(1, (int)budget.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            // However the planner guesses: the index or nothing. Compiling would cost more than it saves.
            await context.Database.ExecuteSqlAsync(
                $"""
                SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true),
                    set_config('jit', 'off', true), set_config('statement_timeout', {timeout}, true)
                """, cancellationToken);
            // As an expression, so that the text's index is not read for it.
            var often = await context.Database.SqlQuery<long>(
                $"""
                SELECT COUNT(*) AS "Value" FROM (
                    SELECT 1 FROM "EventTexts" WHERE "Id" > {last - NewestRows} AND "Text" || '' LIKE {pattern} LIMIT {Often}) AS "Newest"
                """).SingleAsync(cancellationToken);
            if (often == Often)
            {
                return null;
            }

            var found = await context.Database
                .SqlQuery<long>($"""SELECT "Id" AS "Value" FROM "EventTexts" WHERE "Text" LIKE {pattern} LIMIT {most + 1}""")
                .ToListAsync(cancellationToken);
            return found.Count > most ? null : found;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.QueryCanceled && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
