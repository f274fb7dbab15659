using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>Prepared inserts. SQLite has one writer, and the transaction already is it: so ids can be counted here.</summary>
internal sealed class SqliteEventRows : IEventRows
{
    private const string InsertEvent = """
        INSERT INTO "Events" ("Id", "Key", "Source", "EventId", "Type", "Time", "ReceivedAt", "Severity", "Title", "Asset", "GroupId", "AlertType",
            "ItemLevel", "EventType", "SubType", "Necessity", "State", "ProblemMark", "TitleMark", "SourceId", "Inhibition", "InhibitedBy", "HeldBack", "Json", "MatchCount")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string InsertDelivery = """
        INSERT INTO "Deliveries" ("EventRowId", "ChannelKind", "ChannelId", "State", "HoldReason", "MatchReason", "Code", "DueAt", "Severity", "CreatedAt",
            "ChangedAt", "HeldSince", "Attempts", "MayBeDuplicate")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    public Task InsertAsync(NotifyDbContext context, IReadOnlyList<NewEvent> events, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var id = SqliteStatement.LastId(context, "Events");
        using var insertEvent = SqliteStatement.On(context, InsertEvent);
        using var insertDelivery = SqliteStatement.On(context, InsertDelivery);
        foreach (var added in events)
        {
            var row = added.Row;
            row.Id = ++id;
            insertEvent.Add(id).Add(row.Key).Add(row.Source).Add(row.EventId).Add(row.Type).Add(row.Time).Add(row.ReceivedAt)
                .Add((long)row.Severity).Add(row.Title).Add(row.Asset).Add(row.GroupId).Add(row.AlertType).Add(row.ItemLevel)
                    .Add(row.EventType)
                .Add(row.SubType).Add(row.Necessity).Add((long)row.State).Add(row.ProblemMark).Add(row.TitleMark)
                .Add(row.SourceId).Add(row.Inhibition).Add(row.InhibitedBy).Add(row.HeldBack).Add(row.Json).Add(row.MatchCount).Execute();
            foreach (var delivery in added.Deliveries(id, now))
            {
                insertDelivery.Add(id).Add((long)delivery.ChannelKind).Add(delivery.ChannelId).Add((long)delivery.State)
                    .Add((long)delivery.HoldReason)
                    .Add(delivery.MatchReason).Add(delivery.Code).Add(delivery.DueAt).Add((long)delivery.Severity).Add(delivery.CreatedAt)
                    .Add(delivery.ChangedAt).Add(delivery.HeldSince).Add(delivery.Attempts).Add(delivery.MayBeDuplicate).Execute();
            }
        }

        return Task.CompletedTask;
    }
}
