using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Events;

/// <summary>Prepared inserts. SQLite has one writer, and the transaction already is it: so ids can be counted here.</summary>
internal sealed class SqliteEventRows : IEventRows
{
    private static readonly SqliteInsert Events = new("""
        INSERT INTO "Events" ("Id", "Key", "Source", "EventId", "Type", "Time", "ReceivedAt", "Severity", "Title", "Asset", "GroupId", "AlertType",
            "ItemLevel", "EventType", "SubType", "Necessity", "State", "ProblemMark", "TitleMark", "SourceId", "Inhibition", "InhibitedBy", "HeldBack", "Json", "MatchCount")
        """, 25);

    private static readonly SqliteInsert Deliveries = new($"""
        INSERT INTO "Deliveries" ("EventRowId", "ChannelKind", "ChannelId", "State", "HoldReason", "MatchReason", "Code", "DueAt", "Severity", "CreatedAt",
            "ChangedAt", "HeldSince", "Attempts", "MayBeDuplicate", "{DeliveryParts.Column}")
        """, 15);

    private readonly SqliteDeliveryParts _parts = new();

    public Task InsertAsync(NotifyDbContext context, IReadOnlyList<NewEvent> events, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var id = SqliteStatement.LastId(context, "Events");
        List<Delivery> deliveries = new(events.Count);
        foreach (var added in events)
        {
            added.Row.Id = ++id;
            deliveries.AddRange(added.Deliveries(id, now));
        }

        Events.Insert(context, events, static (insert, added) => Bind(insert, added.Row));
        Deliveries.Insert(context, deliveries, Bind);
        _parts.Added(context, deliveries.Count);
        return Task.CompletedTask;
    }

    private static void Bind(SqliteStatement insert, IncomingEvent row) => insert
        .Add(row.Id).Add(row.Key).Add(row.Source).Add(row.EventId).Add(row.Type).Add(row.Time).Add(row.ReceivedAt)
        .Add((long)row.Severity).Add(row.Title).Add(row.Asset).Add(row.GroupId).Add(row.AlertType).Add(row.ItemLevel).Add(row.EventType)
        .Add(row.SubType).Add(row.Necessity).Add((long)row.State).Add(row.ProblemMark).Add(row.TitleMark).Add(row.SourceId)
        .Add(row.Inhibition).Add(row.InhibitedBy).Add(row.HeldBack).Add(row.Json).Add(row.MatchCount);

    private static void Bind(SqliteStatement insert, Delivery row) => insert
        .Add(row.EventRowId).Add((long)row.ChannelKind).Add(row.ChannelId).Add((long)row.State).Add((long)row.HoldReason)
        .Add(row.MatchReason).Add(row.Code).Add(row.DueAt).Add((long)row.Severity).Add(row.CreatedAt).Add(row.ChangedAt)
        .Add(row.HeldSince).Add(row.Attempts).Add(row.MayBeDuplicate).Add(true);
}
