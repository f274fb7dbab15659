using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Npgsql;

namespace Notify.Admin.Events;

/// <summary>Binary <c>COPY</c>, and of a few rows an array for each column. The events' ids are those that came with their keys
/// (<see cref="PostgresEventKeys"/>).</summary>
internal sealed class PostgresEventRows : IEventRows
{
    private const string EventColumns = """
        "Events" ("Id", "Key", "Source", "EventId", "Type", "Time", "ReceivedAt", "Severity", "Title", "Asset", "GroupId", "AlertType",
            "ItemLevel", "EventType", "SubType", "Necessity", "State", "ProblemMark", "TitleMark", "SourceId", "Inhibition", "InhibitedBy", "HeldBack", "Json", "MatchCount")
        """;

    private const string DeliveryColumns = """
        "Deliveries" ("EventRowId", "ChannelKind", "ChannelId", "State", "HoldReason", "MatchReason", "Code", "DueAt", "Severity", "CreatedAt",
            "ChangedAt", "HeldSince", "Attempts", "MayBeDuplicate")
        """;

    // As they stand above.
    private const int EventColumnCount = 25;
    private const int DeliveryColumnCount = 14;

    // Up to so many at once the ways to the server and back cost more than what a row is dearer as parts of arrays.
    private const int Few = 100;

    private static readonly string InsertEvents = InsertOf(EventColumns, EventColumnCount);
    private static readonly string InsertDeliveries = InsertOf(DeliveryColumns, DeliveryColumnCount);

    public async Task InsertAsync(NotifyDbContext context, IReadOnlyList<NewEvent> events, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await EnterAsync(connection, [.. events.Where(e => e.Row.Id == 0).Select(e => e.Row)], cancellationToken);
        var (rows, deliveries) = (events.Select(e => e.Row), events.SelectMany(e => e.Deliveries(e.Row.Id, now)).ToList());
        if (Math.Max(events.Count, deliveries.Count) > Few)
        {
            await PostgresCopy.SendAsync(connection, CopyOf(EventColumns), EventColumnCount, rows, AddEvent, cancellationToken);
            await PostgresCopy.SendAsync(
                connection, CopyOf(DeliveryColumns), DeliveryColumnCount, deliveries, AddDelivery, cancellationToken);
            return;
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(PostgresArrays.Of(InsertEvents, EventColumnCount, rows, AddEvent));
        if (deliveries.Count > 0)
        {
            batch.BatchCommands.Add(PostgresArrays.Of(InsertDeliveries, DeliveryColumnCount, deliveries, AddDelivery));
        }

        // The connection keeps them, and knows them by their text.
        await batch.PrepareAsync(cancellationToken);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string CopyOf(string columns) => $"COPY {columns} FROM STDIN (FORMAT BINARY)";

    private static string InsertOf(string columns, int count) =>
        $"INSERT INTO {columns} SELECT * FROM unnest({string.Join(", ", Enumerable.Range(1, count).Select(n => $"${n}"))})";

    // Of whoever did not ask for what is known.
    private static async Task EnterAsync(NpgsqlConnection connection, List<IncomingEvent> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var ids = await PostgresEventKeys.EnterAllAsync(connection, [.. rows.Select(row => row.Key)], cancellationToken);
        foreach (var row in rows)
        {
            row.Id = ids[row.Key];
        }
    }

    private static void AddEvent(IPostgresValues values, IncomingEvent row) => values
        .Add(row.Id).Add(row.Key).Add(row.Source).Add(row.EventId).Add(row.Type).Add(row.Time).Add(row.ReceivedAt).Add((int)row.Severity)
        .Add(row.Title).Add(row.Asset).Add(row.GroupId).Add(row.AlertType).Add(row.ItemLevel).Add(row.EventType).Add(row.SubType)
        .Add(row.Necessity).Add((int)row.State).Add(row.ProblemMark).Add(row.TitleMark).Add(row.SourceId).Add(row.Inhibition)
        .Add(row.InhibitedBy).Add(row.HeldBack).Add(row.Json).Add(row.MatchCount);

    private static void AddDelivery(IPostgresValues values, Delivery row) => values
        .Add(row.EventRowId).Add((int)row.ChannelKind).Add(row.ChannelId).Add((int)row.State).Add((int)row.HoldReason).Add(row.MatchReason)
        .Add(row.Code).Add(row.DueAt).Add((int)row.Severity).Add(row.CreatedAt).Add(row.ChangedAt).Add(row.HeldSince).Add(row.Attempts)
        .Add(row.MayBeDuplicate);
}
