using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>FTS5 with its trigram tokenizer, over the columns of the events' own table.</summary>
internal sealed class SqliteEventTexts : IEventTexts
{
    // An index over another table must be told what to forget, and only what it has.
    private const string Create = """
        CREATE VIRTUAL TABLE IF NOT EXISTS "EventTexts" USING fts5("EventId", "Source", "Title", content='Events', content_rowid='Id', tokenize='trigram');
        CREATE TRIGGER IF NOT EXISTS "EventTexts_Forget" AFTER DELETE ON "Events" WHEN EXISTS (SELECT 1 FROM "EventTexts_docsize" WHERE "id" = OLD."Id")
        BEGIN
            INSERT INTO "EventTexts" ("EventTexts", "rowid", "EventId", "Source", "Title") VALUES ('delete', OLD."Id", OLD."EventId", OLD."Source", OLD."Title");
        END;
        """;

    public Task CreateAsync(NotifyDbContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync(Create, cancellationToken);

    public Task<int> AddAsync(NotifyDbContext context, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            WITH "Next" AS (
                SELECT "Id", "EventId", "Source", "Title", "ReceivedAt" FROM "Events"
                WHERE "Id" > (SELECT COALESCE(MAX("id"), 0) FROM "EventTexts_docsize") ORDER BY "Id" LIMIT {most})
            INSERT INTO "EventTexts" ("rowid", "EventId", "Source", "Title")
            SELECT "Id", "EventId", "Source", "Title" FROM "Next"
            WHERE "Id" < COALESCE((SELECT MIN("Id") FROM "Next" WHERE "ReceivedAt" > {before.UtcTicks}), {long.MaxValue})
            """,
            cancellationToken);

    public Task<long> LastAsync(NotifyDbContext context, CancellationToken cancellationToken) =>
        context.Database.SqlQuery<long>($"""SELECT COALESCE(MAX("id"), 0) AS "Value" FROM "EventTexts_docsize" """)
            .SingleAsync(cancellationToken);

    public async Task<IReadOnlyList<long>?> FindAsync(NotifyDbContext context, string text, long last, int most, TimeSpan budget,
        CancellationToken cancellationToken)
    {
        var phrase = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var found = await context.Database
            .SqlQuery<long>($"""SELECT "rowid" AS "Value" FROM "EventTexts" WHERE "EventTexts" MATCH {phrase} LIMIT {most + 1}""")
            .ToListAsync(cancellationToken);
        return found.Count > most ? null : found;
    }
}
