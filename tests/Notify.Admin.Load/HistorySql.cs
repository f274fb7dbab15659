using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Load;

/// <summary>A history of many million events, written by the store itself.</summary>
internal static class HistorySql
{
    /// <summary>Of every tenth event.</summary>
    public const string Source = "scanner-3.example.com";

    /// <summary>In the title of one of the oldest events.</summary>
    public const string RareWord = "Zanzibar";

    private const int PerStatement = 100_000;
    private const int Days = 90;

    public static string IdOf(int number) => $"{number:D9}-3f2b7c1e";

    /// <inheritdoc cref="HistoryTexts.Passed"/>
    public static string PassTexts(DatabaseProvider provider) => provider == DatabaseProvider.Sqlite
        ? """INSERT INTO "EventTexts" ("rowid", "EventId", "Source", "Title") SELECT MAX("Id"), '', '', '' FROM "Events" """
        : """INSERT INTO "EventTexts" ("Id", "Text") SELECT MAX("Id"), '' FROM "Events" """;

    /// <summary>Events over the last 90 days with a delivery each; nearly all were sent.</summary>
    public static IEnumerable<string> Insert(DatabaseProvider provider, int count, int channels, DateTimeOffset now)
    {
        var (key, head) = provider == DatabaseProvider.Sqlite
            ? ("lower(hex(randomblob(32)))", "printf('%09d-3f2b7c1e', i)")
            : ("md5(CAST(i AS text)) || md5(CAST(-i AS text))", "to_char(i, 'FM000000000') || '-3f2b7c1e'");
        var start = now.AddDays(-Days).UtcTicks;
        var step = (now.UtcTicks - start) / count;
        var json = """{"specversion":"1.0","type":"sas-event-suspicious","data":{"item_level":"serious","event_type":"Webshell","groupId":100,"title":"Webshell found on web-01","asset":"web-01 (10.0.0.1)"}}"""
            .Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        for (var first = 1; first <= count; first += PerStatement)
        {
            var last = Math.Min(count, first + PerStatement - 1);
            var numbers = $"WITH RECURSIVE n(i) AS (SELECT CAST({first} AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {last})";
            var time = $"{start} + i * {step}";
            yield return $"""
                {numbers} INSERT INTO "Events" ("Id", "Key", "Source", "EventId", "Type", "Time", "ReceivedAt", "Severity", "Title", "Asset", "GroupId", "AlertType", "ItemLevel", "EventType", "Json", "MatchCount", "HeldBack", "State")
                SELECT i, {key}, 'scanner-' || (i % 10) || '.example.com', {head}, 'sas-event-suspicious', {time}, {time}, 1 + i % 5,
                    CASE WHEN i = 1000 THEN '{RareWord} ' ELSE '' END || 'Webshell found on web-' || (i % 5000), 'web-' || (i % 5000), CAST(100 + i % {channels} AS TEXT), 'suspicious', 'serious', 'Webshell', '{json}', 1, 0, 0
                FROM n
                """;
            yield return $"""
                {numbers} INSERT INTO "Deliveries" ("Id", "EventRowId", "ChannelKind", "ChannelId", "State", "HoldReason", "MatchReason", "DueAt", "Severity", "CreatedAt", "ChangedAt", "Attempts", "MayBeDuplicate")
                SELECT i, i, {(int)ChannelKind.DingTalk}, 1 + i % {channels},
                    CASE i % 1000 WHEN 1 THEN {(int)DeliveryState.Failed} WHEN 2 THEN {(int)DeliveryState.GivenUp} WHEN 3 THEN {(int)DeliveryState.Skipped} ELSE {(int)DeliveryState.Sent} END,
                    0, 'rule 1', {time}, 1 + i % 5, {time}, {time}, 1, {(provider == DatabaseProvider.Sqlite ? "0" : "FALSE")}
                FROM n
                """;
        }

        if (provider == DatabaseProvider.PostgreSql)
        {
            yield return """INSERT INTO "EventKeys" ("Key", "EventRowId") SELECT decode("Key", 'hex'), "Id" FROM "Events" """;
            yield return """SELECT setval('"RowIds"', (SELECT MAX("Id") FROM "Events"))""";
            yield return "ANALYZE";
        }
        else
        {
            // As if they had been taken in one after the other.
            yield return """INSERT INTO "EventKeys" ("Head", "EventRowId") SELECT substr("Key", 1, 12), "Id" FROM "Events" ORDER BY 1""";
            yield return """INSERT INTO "ServerSettings" ("Key", "Value") SELECT 'EventKeys.LastMerged', CAST(MAX("Id") AS TEXT) FROM "Events" """;
        }
    }
}
