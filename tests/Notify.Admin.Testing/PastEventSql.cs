namespace Notify.Admin.Testing;

/// <summary>Stored security alerts in bulk, written by the store itself.</summary>
public static class PastEventSql
{
    /// <summary>Alerts of all levels and categories over the five days before <paramref name="now"/>, with JSON of an ordinary
    /// size.</summary>
    /// <param name="groups">Asset groups they are spread over: the more, the more kinds of events that rules can tell apart.</param>
    public static string Insert(int count, int groups, DateTimeOffset now) =>
        $$"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{count}})
        INSERT INTO "Events" ("Key", "Source", "EventId", "Type", "Time", "ReceivedAt", "Severity", "AlertType", "ItemLevel", "EventType", "GroupId", "Json", "MatchCount", "State")
        SELECT 'k' || i, 'bulk', 'e' || i, 'sas_analysis_online-sas-operation-log-sas-event-suspicious', {{now.UtcTicks}}, {{now.UtcTicks}} - CAST(i AS BIGINT) * {{5 * TimeSpan.TicksPerDay / count}}, 2, 'suspicious',
            CASE i % 3 WHEN 0 THEN 'serious' WHEN 1 THEN 'suspicious' ELSE 'remind' END, 'Category ' || (i % 14), CAST(i % {{groups}} AS TEXT), '{{new string('x', 700)}}', 0, 0
        FROM n
        """;
}
