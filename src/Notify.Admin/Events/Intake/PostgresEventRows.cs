using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Npgsql;
using NpgsqlTypes;

namespace Notify.Admin.Events;

/// <summary>Binary <c>COPY</c>, with the events' ids taken from their sequence as their keys are entered.</summary>
internal sealed class PostgresEventRows : IEventRows
{
    private const string CopyEvents = """
        COPY "Events" ("Id", "Key", "Source", "EventId", "Type", "Time", "ReceivedAt", "Severity", "Title", "Asset", "GroupId", "AlertType",
            "ItemLevel", "EventType", "SubType", "Necessity", "State", "ProblemMark", "TitleMark", "SourceId", "Inhibition", "InhibitedBy", "HeldBack", "Json", "MatchCount") FROM STDIN (FORMAT BINARY)
        """;

    // In their order, which is that of the ids.
    private const string InsertKeys = $"""
        INSERT INTO "EventKeys" ("Key", "EventRowId") SELECT key, nextval('"{PartitionedTables.Ids}"') FROM unnest($1) AS key
        RETURNING "EventRowId"
        """;

    private const string CopyDeliveries = """
        COPY "Deliveries" ("EventRowId", "ChannelKind", "ChannelId", "State", "HoldReason", "MatchReason", "Code", "DueAt", "Severity", "CreatedAt",
            "ChangedAt", "HeldSince", "Attempts", "MayBeDuplicate") FROM STDIN (FORMAT BINARY)
        """;

    public async Task InsertAsync(NotifyDbContext context, IReadOnlyList<NewEvent> events, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        var ids = await InsertKeysAsync(connection, events, cancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync(CopyEvents, cancellationToken))
        {
            for (var i = 0; i < events.Count; i++)
            {
                await WriteAsync(copy, ids[i], events[i].Row, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await using (var copy = await connection.BeginBinaryImportAsync(CopyDeliveries, cancellationToken))
        {
            for (var i = 0; i < events.Count; i++)
            {
                foreach (var delivery in events[i].Deliveries(ids[i], now))
                {
                    await WriteAsync(copy, delivery, cancellationToken);
                }
            }

            await copy.CompleteAsync(cancellationToken);
        }
    }

    private static async Task<List<long>> InsertKeysAsync(
        NpgsqlConnection connection, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        List<long> ids = new(events.Count);
        await using var insert = new NpgsqlCommand(InsertKeys, connection)
        {
            Parameters =
            {
                new NpgsqlParameter
                {
                    Value = events.Select(e => Convert.FromHexString(e.Row.Key)).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
                },
            },
        };
        await using var reader = await insert.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, long id, IncomingEvent row, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(id, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(row.Key, NpgsqlDbType.Varchar, cancellationToken);
        await TextAsync(copy, row.Source, cancellationToken);
        await TextAsync(copy, row.EventId, cancellationToken);
        await TextAsync(copy, row.Type, cancellationToken);
        await copy.WriteAsync(row.Time.UtcTicks, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(row.ReceivedAt.UtcTicks, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync((int)row.Severity, NpgsqlDbType.Integer, cancellationToken);
        await TextAsync(copy, row.Title, cancellationToken);
        await TextAsync(copy, row.Asset, cancellationToken);
        await TextAsync(copy, row.GroupId, cancellationToken);
        await TextAsync(copy, row.AlertType, cancellationToken);
        await TextAsync(copy, row.ItemLevel, cancellationToken);
        await TextAsync(copy, row.EventType, cancellationToken);
        await TextAsync(copy, row.SubType, cancellationToken);
        await TextAsync(copy, row.Necessity, cancellationToken);
        await copy.WriteAsync((int)row.State, NpgsqlDbType.Integer, cancellationToken);
        await LongAsync(copy, row.ProblemMark, cancellationToken);
        await LongAsync(copy, row.TitleMark, cancellationToken);
        await (row.SourceId is { } source ? copy.WriteAsync(source, NpgsqlDbType.Integer, cancellationToken)
            : copy.WriteNullAsync(cancellationToken));
        await TextAsync(copy, row.Inhibition, cancellationToken);
        await TextAsync(copy, row.InhibitedBy, cancellationToken);
        await copy.WriteAsync(row.HeldBack, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(ForeignText.Storable(row.Json), NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(row.MatchCount, NpgsqlDbType.Integer, cancellationToken);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, Delivery row, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(row.EventRowId, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync((int)row.ChannelKind, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(row.ChannelId, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync((int)row.State, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync((int)row.HoldReason, NpgsqlDbType.Integer, cancellationToken);
        await TextAsync(copy, row.MatchReason, cancellationToken);
        await TextAsync(copy, row.Code, cancellationToken);
        await copy.WriteAsync(row.DueAt.UtcTicks, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync((int)row.Severity, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(row.CreatedAt.UtcTicks, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(row.ChangedAt.UtcTicks, NpgsqlDbType.Bigint, cancellationToken);
        await LongAsync(copy, row.HeldSince?.UtcTicks, cancellationToken);
        await copy.WriteAsync(row.Attempts, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(row.MayBeDuplicate, NpgsqlDbType.Boolean, cancellationToken);
    }

    private static Task LongAsync(NpgsqlBinaryImporter copy, long? number, CancellationToken cancellationToken) =>
        number is { } value ? copy.WriteAsync(value, NpgsqlDbType.Bigint, cancellationToken) : copy.WriteNullAsync(cancellationToken);

    private static Task TextAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken cancellationToken) =>
        text is null ? copy.WriteNullAsync(cancellationToken)
            : copy.WriteAsync(ForeignText.Storable(text), NpgsqlDbType.Varchar, cancellationToken);
}
