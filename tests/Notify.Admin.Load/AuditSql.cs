using Notify.Admin.Data;

namespace Notify.Admin.Load;

/// <summary>An audit trail of a year, written by the store itself. Its seals are numbered but made up: the chain is not checked
/// here.</summary>
internal static class AuditSql
{
    /// <summary>Who did every fortieth entry.</summary>
    public const string Person = "person-7@example.test";

    /// <summary>What every twelfth entry is about.</summary>
    public const string Action = "slack-integration.update";

    /// <summary>One entry in ten thousand.</summary>
    public const string RareAction = "person.two-factor-reset";

    /// <summary>In the subject's name of one of the oldest entries.</summary>
    public const string RareWord = "Zanzibar";

    private const int PerStatement = 25_000;

    private static readonly string[] Actions =
    [
        "person.log-in", "person.log-out", Action, "slack-integration.test", "dingtalk-chatbot.update", "dingtalk-chatbot.test",
            "function-access.apply", "function-access.read",
        "slack-workspace.renew", "setting.update", "delivery.send-again", "api-key.refused",
    ];

    public static IEnumerable<string> Insert(DatabaseProvider provider, int count, DateTimeOffset now)
    {
        var start = now.AddDays(-365).UtcTicks;
        var step = (now.UtcTicks - start) / count;
        var hash = provider == DatabaseProvider.Sqlite ? "lower(hex(randomblob(32)))" : "md5(CAST(i AS text)) || md5(CAST(-i AS text))";
        var action = $"CASE WHEN i % 10000 = 17 THEN '{RareAction}' ELSE CASE i % {Actions.Length} {string.Concat(Actions.Select((name, at) => $"WHEN {at} THEN '{name}' "))}END END";
        const string Changes = """[{"field":"name","before":"Alerts of the night","after":"Alerts of the night and the day"},{"field":"slackToken","before":"…41fa","after":"…92bc"}]""";
        var changes = Changes.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        for (var first = 1; first <= count; first += PerStatement)
        {
            var last = Math.Min(count, first + PerStatement - 1);
            // After what the start has written.
            yield return $"""
                WITH RECURSIVE n(i) AS (SELECT CAST({first} AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {last})
                INSERT INTO "AuditEntries" ("Id", "At", "ActorName", "Origin", "Action", "SubjectKind", "SubjectId", "SubjectName", "Result", "Count", "Changes", "Sequence", "Hash")
                SELECT 1000 + i, {start} + i * {step}, 'person-' || (i % 40) || '@example.test', '192.0.2.' || (i % 250) || ' browser', {action},
                    'slack-integration', CAST(i % 3000 AS TEXT), CASE WHEN i = 1000 THEN '{RareWord} ' ELSE '' END || 'Alerts of team ' || (i % 3000), 1 + i % 3 / 2, 1, '{changes}', 1000 + i, {hash}
                FROM n
                """;
        }

        yield return $"""UPDATE "AuditChain" SET "Sequence" = {count + 1000}""";
        if (provider == DatabaseProvider.PostgreSql)
        {
            yield return """SELECT setval(pg_get_serial_sequence('"AuditEntries"', 'Id'), (SELECT MAX("Id") FROM "AuditEntries"))""";
            yield return "ANALYZE";
        }
    }
}
