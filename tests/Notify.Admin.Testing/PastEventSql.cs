using Notify.Admin.Data;

namespace Notify.Admin.Testing;

/// <summary>Stored security alerts in bulk, written by the store itself.</summary>
public static class PastEventSql
{
    /// <summary>Alerts of all levels and categories over the five days before <paramref name="now"/>, with JSON of an ordinary
    /// size.</summary>
    /// <param name="groups">Asset groups they are spread over: the more, the more kinds of events that rules can tell apart.</param>
    public static string Insert(DatabaseProvider provider, int count, int groups, DateTimeOffset now) =>
        $$"""
        {{provider.Numbers(count)}}
        INSERT INTO "Events" ("Key", "Source", "EventId", "Type", "Time", "ReceivedAt", "Severity", "AlertType", "ItemLevel", "EventType", "GroupId", "Json", "MatchCount", "HeldBack", "State")
        SELECT CONCAT('k', i), 'bulk', CONCAT('e', i), 'sas_analysis_online-sas-operation-log-sas-event-suspicious', {{now.UtcTicks}}, {{now.UtcTicks}} - CAST(i AS BIGINT) * {{5 * TimeSpan.TicksPerDay / count}}, 2, 'suspicious',
            CASE i % 3 WHEN 0 THEN 'serious' WHEN 1 THEN 'suspicious' ELSE 'remind' END, CONCAT('Category ', i % 14), CONCAT('', i % {{groups}}), '{{new string('x', 700)}}', 0, 0, 0
        FROM n
        """;
}
