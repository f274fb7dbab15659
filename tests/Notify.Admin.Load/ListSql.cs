using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Slack;

namespace Notify.Admin.Load;

/// <summary>Very many channels, written by the store itself as copies of one that the product saved; with tags, states, and what was sent
/// to them.</summary>
internal static class ListSql
{
    /// <summary>A tag of every fiftieth channel.</summary>
    public const string Tag = "team-7";

    /// <summary>In the name of one channel of each kind.</summary>
    public const string RareWord = "Zanzibar";

    /// <summary>Of the hundred thousandth and all others: the last, in an order by name.</summary>
    public const string CommonWord = "alerts";

    private const int PerStatement = 50_000;

    private const string Name = $"'Alerts of team ' || i || CASE WHEN i = 777 THEN ' {RareWord}' ELSE '' END";
    private const string Tags = "',' || CASE i % 3 WHEN 0 THEN 'prod' WHEN 1 THEN 'staging' ELSE 'office' END || ',team-' || (i % 50) || ','";

    /// <param name="model">Its first row of each kind is what the others are copied from.</param>
    public static IEnumerable<string> Channels(IModel model, int count)
    {
        Dictionary<string, string> listed = new()
        {
            ["Id"] = "i",
            ["Name"] = Name,
            ["SortName"] = $"lower({Name})",
            ["Tags"] = Tags,
            ["IsOn"] = "i % 20 <> 0",
        };
        Dictionary<string, string> slack = new(listed)
        {
            ["ChannelId"] = "'C' || (1000000000 + i)",
            ["ChannelName"] = "'alerts-' || i",
            ["SearchText"] = $"lower({Name} || ' C' || (1000000000 + i) || ' alerts-' || i || ' ' || {Tags})",
            ["SlackNotify"] = "i % 50 = 0",
            ["SlackCompleteAborted"] = "i % 2 = 0",
        };
        Dictionary<string, string> dingTalk = new(listed)
        {
            ["Fingerprint"] = "'robot-' || i",
            // A third hears everything of one asset group, a third what is grave of ten, and a third Webshells of all.
            ["GroupIdList"] = """'[' || CASE i % 3 WHEN 0 THEN '"' || (100 + i) || '"' WHEN 1 THEN '"' || (100 + i) || '","' || (101 + i) || '","' || (102 + i) || '"' ELSE '' END || ']'""",
            ["ConfigList"] = """CASE i % 3 WHEN 0 THEN "ConfigList" ELSE '[{{"type":"yundun_soar_notify_online_sas-event-suspicious","configItemList":[{{"key":"item_level","valueList":["serious"]}},{{"key":"event_type","valueList":["' || CASE WHEN i % 3 = 1 THEN 'all' WHEN i % 100 = 2 THEN 'Webshell' ELSE 'Unusual logon' END || '"]}}]}}]' END""",
            ["SearchText"] = $"lower({Name} || ' oapi.dingtalk.com …' || (i % 10000) || ' ' || {Tags})",
        };
        return [.. Copies(model, typeof(SlackIntegration), count, slack), .. Copies(model, typeof(DingTalkChatbot), count, dingTalk)];
    }

    /// <summary>What the lanes of every other channel stand at; one in five hundred needs attention, one in five hundred fails.</summary>
    public static IEnumerable<string> Lanes(int count, DateTimeOffset now)
    {
        foreach (var kind in (ChannelKind[])[ChannelKind.Slack, ChannelKind.DingTalk])
        {
            var first = ChannelLane.IdOf(new ChannelKey(kind, 0));
            yield return $"""
                WITH RECURSIVE n(i) AS (SELECT CAST(2 AS BIGINT) UNION ALL SELECT i + 2 FROM n WHERE i < {count - 1})
                INSERT INTO "ChannelLanes" ("Id", "ChannelKind", "ChannelId", "Wakes", "Condition", "LastCode", "SameCodeCount", "FailureCount", "RefusedCount", "FailingSince", "LastSuccessAt", "LastTestAt", "LastTestAccepted", "AttentionRevision", "SentCount", "FailedCount", "GivenUpCount", "SkippedCount", "HasRevisions")
                SELECT {first} + i, {(int)kind}, i, 0, CASE i % 500 WHEN 0 THEN {(int)ChannelCondition.NeedsAttention} WHEN 2 THEN {(int)ChannelCondition.Failing} ELSE {(int)ChannelCondition.Ok} END,
                    CASE i % 500 WHEN 0 THEN '{(kind == ChannelKind.Slack ? "not_in_channel" : "310000/sign")}' WHEN 2 THEN 'timeout' END, 1, 1, 0,
                    CASE WHEN i % 500 IN (0, 2) THEN {now.AddHours(-3).UtcTicks} + i END, {now.AddHours(-1).UtcTicks} - i, {now.AddDays(-9).UtcTicks} - i, i % 7 <> 0, 1, 5, 0, 0, 0, 1 = 0
                FROM n
                """;
        }
    }

    /// <summary>A message and an attempt for each delivery that was sent.</summary>
    public static IEnumerable<string> Messages()
    {
        yield return $"""
            INSERT INTO "Messages" ("Id", "ChannelKind", "ChannelId", "Purpose", "ShortId", "Preview", "Part", "Parts", "CreatedAt", "AcceptedAt")
            SELECT "Id", "ChannelKind", "ChannelId", {(int)MessagePurpose.Event}, 'D-' || "Id", 'What was sent', 1, 1, "CreatedAt", "CreatedAt" FROM "Deliveries" WHERE "State" = {(int)DeliveryState.Sent}
            """;
        yield return $"""
            INSERT INTO "Attempts" ("Id", "MessageId", "StartedAt", "DurationMilliseconds", "Outcome", "Code")
            SELECT "Id", "Id", "CreatedAt", 120, {(int)AttemptOutcome.Accepted}, '0' FROM "Messages"
            """;
    }

    /// <summary>Afterwards the store knows its tables, and what is held of the channels is old.</summary>
    public static IEnumerable<string> Finish(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.PostgreSql)
        {
            yield return """SELECT setval(pg_get_serial_sequence('"SlackIntegrations"', 'Id'), (SELECT MAX("Id") FROM "SlackIntegrations")), setval(pg_get_serial_sequence('"DingTalkChatbots"', 'Id'), (SELECT MAX("Id") FROM "DingTalkChatbots"))""";
        }

        yield return $"""UPDATE "ChangeVersions" SET "Version" = "Version" + 1 WHERE "Area" = '{ChangeAreas.Channels}'""";
        yield return "ANALYZE";
    }

    private static IEnumerable<string> Copies(IModel model, Type entity, int count, Dictionary<string, string> own)
    {
        var type = model.FindEntityType(entity)!;
        var columns = type.GetProperties().Select(property => property.GetColumnName()).ToList();
        var table = type.GetTableName();
        for (var first = 2; first <= count; first += PerStatement)
        {
            var last = Math.Min(count, first + PerStatement - 1);
            yield return $"""
                WITH RECURSIVE n(i) AS (SELECT CAST({first} AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {last})
                INSERT INTO "{table}" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
                SELECT {string.Join(", ", columns.Select(column => own.TryGetValue(column, out var value) ? value : $"\"{column}\""))}
                FROM n, "{table}" WHERE "Id" = 1
                """;
        }
    }
}
