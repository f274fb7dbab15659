using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;

namespace Notify.Admin.Data;

/// <summary>Says how long before an event the same came last (<see cref="EventLikeness"/>), for rules that ask for new ones. An event never
/// makes itself old: only those before it count.</summary>
internal sealed class EarlierEvents(IDbContextFactory<NotifyDbContext> contexts, TimeProvider time)
{
    // Of one statement: each is one look into each of two indexes.
    private const int MostQuestions = 5000;

    private const string Sqlite = """
        SELECT q.value ->> 'N' AS "N",
            (SELECT "ReceivedAt" FROM "Events" WHERE "ProblemMark" = q.value ->> 'Problem' AND "Id" < q.value ->> 'Below'
                ORDER BY "Id" DESC LIMIT 1) AS "Problem",
            (SELECT "ReceivedAt" FROM "Events" WHERE "TitleMark" = q.value ->> 'Title' AND "Id" < q.value ->> 'Below'
                ORDER BY "Id" DESC LIMIT 1) AS "Title"
        FROM json_each({0}) AS q
        """;

    private const string PostgreSql = """
        SELECT q."N",
            (SELECT e."ReceivedAt" FROM "Events" e WHERE e."ProblemMark" = q."Problem" AND e."Id" < q."Below"
                ORDER BY e."Id" DESC LIMIT 1) AS "Problem",
            (SELECT e."ReceivedAt" FROM "Events" e WHERE e."TitleMark" = q."Title" AND e."Id" < q."Below"
                ORDER BY e."Id" DESC LIMIT 1) AS "Title"
        FROM jsonb_to_recordset({0}::jsonb) AS q("N" integer, "Problem" bigint, "Title" bigint, "Below" bigint)
        """;

    private const string SqlServer = """
        SELECT [q].[N],
            (SELECT TOP 1 [e].[ReceivedAt] FROM [Events] AS [e] WHERE [e].[ProblemMark] = [q].[Problem] AND [e].[Id] < [q].[Below]
                ORDER BY [e].[Id] DESC) AS [Problem],
            (SELECT TOP 1 [e].[ReceivedAt] FROM [Events] AS [e] WHERE [e].[TitleMark] = [q].[Title] AND [e].[Id] < [q].[Below]
                ORDER BY [e].[Id] DESC) AS [Title]
        FROM OPENJSON({0})
            WITH ([N] int '$.N', [Problem] bigint '$.Problem', [Title] bigint '$.Title', [Below] bigint '$.Below') AS [q]
        """;

    /// <summary>The event as rules that look back so many days read it: a stored one as of when it came, another as if it came
    /// now.</summary>
    /// <param name="days">0: no rule asks, and nothing is looked for.</param>
    public async Task<EventRecord> KnowAsync(EventRecord record, int days, CancellationToken cancellationToken) =>
        (await KnowAsync([record], days, cancellationToken))[0];

    /// <summary>The same for several, each after those before it.</summary>
    public async Task<IReadOnlyList<EventRecord>> KnowAsync(
        IReadOnlyList<EventRecord> records, int days, CancellationToken cancellationToken)
    {
        if (days == 0)
        {
            return records;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        List<(EventRecord Record, DateTimeOffset At)> events = [];
        foreach (var record in records)
        {
            var stored = record.RowId == 0 ? null : await context.Events.Where(e => e.Id == record.RowId)
                .Select(e => (DateTimeOffset?)e.ReceivedAt).FirstOrDefaultAsync(cancellationToken);
            events.Add((record, stored ?? time.GetUtcNow()));
        }

        var seen = await FindAsync(context, events, _ => true, days, cancellationToken);
        return [.. records.Select((record, at) => record with { SeenAgo = seen[at] })];
    }

    /// <summary>How long before each event the same came last; null where it did not within the days, or the event is not wanted.</summary>
    /// <param name="events">With when they came: one after the other, and none between them left out.</param>
    /// <param name="isWanted">By position.</param>
    public async Task<TimeSpan?[]> FindAsync(IReadOnlyList<(EventRecord Record, DateTimeOffset At)> events, Func<int, bool> isWanted,
        int days, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(context, events, isWanted, days, cancellationToken);
    }

    /// <summary>The same inside the context's transaction.</summary>
    public static async Task<TimeSpan?[]> FindAsync(
        NotifyDbContext context, IReadOnlyList<(EventRecord Record, DateTimeOffset At)> events, Func<int, bool> isWanted, int days,
        CancellationToken cancellationToken)
    {
        var last = new DateTimeOffset?[events.Count];
        // What they know of each other is not asked of the store, where all that is left came before them.
        Dictionary<(bool IsProblem, long Mark), DateTimeOffset> among = [];
        List<Question> questions = [];
        for (var at = 0; at < events.Count; at++)
        {
            var (record, receivedAt) = events[at];
            var like = EventLikeness.Of(record, receivedAt);
            if (isWanted(at))
            {
                var same = like.Back(receivedAt, days).ToList();
                last[at] = same.SelectMany(Marks).Max(mark => among.TryGetValue(mark, out var moment) ? moment : (DateTimeOffset?)null);
                questions.AddRange(last[at] is not null ? [] : same
                    .Select(one => new Question(at, one.Problem, one.Title, record.RowId == 0 ? long.MaxValue : record.RowId)));
            }

            foreach (var mark in Marks(like))
            {
                among[mark] = receivedAt;
            }
        }

        var statement = context.Database.IsSqlite() ? Sqlite : context.Database.IsSqlServer() ? SqlServer : PostgreSql;
        foreach (var some in questions.Where(question => question is not { Problem: null, Title: null }).Chunk(MostQuestions))
        {
            var answers = await context.Database.SqlQueryRaw<Answer>(statement, RowsAsJson.Of(some)).ToListAsync(cancellationToken);
            foreach (var answer in answers)
            {
                foreach (var ticks in new[] { answer.Problem, answer.Title }.OfType<long>())
                {
                    var moment = new DateTimeOffset(ticks, TimeSpan.Zero);
                    last[answer.N] = moment < last[answer.N] ? last[answer.N] : moment;
                }
            }
        }

        return [.. last.Select((moment, at) => Ago(events[at].At - moment, days))];
    }

    private static IEnumerable<(bool IsProblem, long Mark)> Marks(EventLikeness like)
    {
        if (like.Problem is { } problem)
        {
            yield return (true, problem);
        }

        if (like.Title is { } title)
        {
            yield return (false, title);
        }
    }

    // A clock that was set back is no news.
    private static TimeSpan? Ago(TimeSpan? ago, int days) =>
        ago < TimeSpan.Zero ? TimeSpan.Zero : ago <= TimeSpan.FromDays(days) ? ago : null;

    /// <param name="N">The event's position.</param>
    /// <param name="Below">Of events with a lower id.</param>
    private sealed record Question(int N, long? Problem, long? Title, long Below);

    private sealed class Answer
    {
        public int N { get; init; }

        public long? Problem { get; init; }

        public long? Title { get; init; }
    }
}
