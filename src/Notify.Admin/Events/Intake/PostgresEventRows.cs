using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Npgsql;

namespace Notify.Admin.Events;

/// <summary>Binary <c>COPY</c>. The events' ids are those that came with their keys (<see cref="PostgresEventKeys"/>).</summary>
internal sealed class PostgresEventRows : IEventRows
{
    private const string CopyEvents = """
        COPY "Events" ("Id", "Key", "Source", "EventId", "Type", "Time", "ReceivedAt", "Severity", "Title", "Asset", "GroupId", "AlertType",
            "ItemLevel", "EventType", "SubType", "Necessity", "State", "ProblemMark", "TitleMark", "SourceId", "Inhibition", "InhibitedBy", "HeldBack", "Json", "MatchCount") FROM STDIN (FORMAT BINARY)
        """;

    private const string CopyDeliveries = """
        COPY "Deliveries" ("EventRowId", "ChannelKind", "ChannelId", "State", "HoldReason", "MatchReason", "Code", "DueAt", "Severity", "CreatedAt",
            "ChangedAt", "HeldSince", "Attempts", "MayBeDuplicate") FROM STDIN (FORMAT BINARY)
        """;

    // As they stand above.
    private const int EventColumns = 25;
    private const int DeliveryColumns = 14;

    public async Task InsertAsync(NotifyDbContext context, IReadOnlyList<NewEvent> events, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await EnterAsync(connection, [.. events.Where(e => e.Row.Id == 0).Select(e => e.Row)], cancellationToken);
        await PostgresCopy.SendAsync(connection, CopyEvents, EventColumns, events.Select(e => e.Row), AddEvent, cancellationToken);
        await PostgresCopy.SendAsync(connection, CopyDeliveries, DeliveryColumns, events.SelectMany(e => e.Deliveries(e.Row.Id, now)),
            AddDelivery, cancellationToken);
    }

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

    private static void AddEvent(PostgresCopy copy, IncomingEvent row) => copy
        .Add(row.Id).Add(row.Key).Add(row.Source).Add(row.EventId).Add(row.Type).Add(row.Time).Add(row.ReceivedAt).Add((int)row.Severity)
        .Add(row.Title).Add(row.Asset).Add(row.GroupId).Add(row.AlertType).Add(row.ItemLevel).Add(row.EventType).Add(row.SubType)
        .Add(row.Necessity).Add((int)row.State).Add(row.ProblemMark).Add(row.TitleMark).Add(row.SourceId).Add(row.Inhibition)
        .Add(row.InhibitedBy).Add(row.HeldBack).Add(row.Json).Add(row.MatchCount);

    private static void AddDelivery(PostgresCopy copy, Delivery row) => copy
        .Add(row.EventRowId).Add((int)row.ChannelKind).Add(row.ChannelId).Add((int)row.State).Add((int)row.HoldReason).Add(row.MatchReason)
        .Add(row.Code).Add(row.DueAt).Add((int)row.Severity).Add(row.CreatedAt).Add(row.ChangedAt).Add(row.HeldSince).Add(row.Attempts)
        .Add(row.MayBeDuplicate);
}
