using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>Prepared statements. SQLite has one writer, and the transaction already is it: so ids can be counted here.</summary>
internal sealed class SqliteLaneRows : ILaneRows
{
    private const string InsertMessage = """
        INSERT INTO "Messages" ("Id", "ChannelKind", "ChannelId", "Purpose", "ShortId", "Preview", "Part", "Parts", "RequestedBy", "CreatedAt", "AcceptedAt",
            "VendorMessageId", "VendorChannelId")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string InsertAttempt = """
        INSERT INTO "Attempts" ("Id", "MessageId", "StartedAt", "DurationMilliseconds", "Outcome", "Code", "Detail", "RawAnswer") VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string InsertLink = """INSERT INTO "MessageDeliveries" ("MessageId", "DeliveryId") VALUES (?, ?)""";

    private const string UpdateMessage =
        """UPDATE "Messages" SET "AcceptedAt" = ?, "VendorMessageId" = ?, "VendorChannelId" = ? WHERE "Id" = ?""";

    private const string UpdateAttempt = """
        UPDATE "Attempts" SET "DurationMilliseconds" = ?, "Outcome" = ?, "Code" = ?, "Detail" = ?, "RawAnswer" = ? WHERE "Id" = ?
        """;

    private const string UpdateDelivery = """
        UPDATE "Deliveries" SET "State" = ?, "HoldReason" = ?, "Code" = ?, "DueAt" = ?, "ChangedAt" = ?, "Attempts" = ?, "FirstAttemptAt" = ?, "HeldSince" = ?,
            "MessageId" = ?, "MostTogether" = ?, "MayBeDuplicate" = ?
        WHERE "Id" = ?
        """;

    // The transaction is the only writer: nothing has to be locked.
    private const string IsHeld = """SELECT 1 FROM "ChannelLanes" WHERE "Id" = ? AND "LeaseToken" = ?""";

    private const string UpdateLane = """
        UPDATE "ChannelLanes" SET "Condition" = ?, "LastCode" = ?, "LastDetail" = ?, "SameCodeCount" = ?, "FailureCount" = ?, "RefusedCount" = ?,
            "BackoffUntil" = ?, "AttentionRevision" = ?, "FailingSince" = ?, "LastSuccessAt" = ?, "LastFailureAt" = ?, "IntervalFrom" = ?, "DrillAt" = ?,
            "LastDrillAt" = ?, "LastDrillAccepted" = ?, "SentCount" = "SentCount" + ?, "FailedCount" = "FailedCount" + ?,
            "GivenUpCount" = "GivenUpCount" + ?
        WHERE "Id" = ?
        """;

    public Task FenceAsync(NotifyDbContext context, ChannelLane lane, CancellationToken cancellationToken)
    {
        using var isHeld = SqliteStatement.On(context, IsHeld);
        return isHeld.Add(lane.Id).Add(lane.LeaseToken).Any() ? Task.CompletedTask : throw new LeaseLostException();
    }

    public Task BeginAsync(NotifyDbContext context, IReadOnlyList<Begun> begun, CancellationToken cancellationToken)
    {
        var (messageId, attemptId) = (SqliteStatement.LastId(context, "Messages"), SqliteStatement.LastId(context, "Attempts"));
        using var insertMessage = SqliteStatement.On(context, InsertMessage);
        using var insertAttempt = SqliteStatement.On(context, InsertAttempt);
        using var insertLink = SqliteStatement.On(context, InsertLink);
        foreach (var one in begun)
        {
            var (outgoing, message, attempt) = one;
            var isNew = outgoing.MessageId is null;
            one.Name(isNew ? ++messageId : message.Id, ++attemptId);
            if (isNew)
            {
                insertMessage.Add(message.Id).Add((long)message.ChannelKind).Add(message.ChannelId).Add((long)message.Purpose)
                    .Add(message.ShortId).Add(message.Preview).Add(message.Part).Add(message.Parts).Add(message.RequestedBy)
                    .Add(message.CreatedAt).Add(message.AcceptedAt).Add(message.VendorMessageId).Add(message.VendorChannelId).Execute();
                foreach (var delivery in outgoing.Deliveries)
                {
                    insertLink.Add(message.Id).Add(delivery.Id).Execute();
                }
            }

            insertAttempt.Add(attempt.Id).Add(attempt.MessageId).Add(attempt.StartedAt).Add(attempt.DurationMilliseconds)
                .Add((long)attempt.Outcome).Add(attempt.Code).Add(attempt.Detail).Add(attempt.RawAnswer).Execute();
        }

        Update(context, begun.SelectMany(b => b.Outgoing.Deliveries));
        return Task.CompletedTask;
    }

    public async Task EndAsync(NotifyDbContext context, ChannelLane lane, IReadOnlyList<Begun> ended, IReadOnlyList<Delivery> deliveries,
        CancellationToken cancellationToken)
    {
        await FenceAsync(context, lane, cancellationToken);
        using var updateMessage = SqliteStatement.On(context, UpdateMessage);
        using var updateAttempt = SqliteStatement.On(context, UpdateAttempt);
        foreach (var (_, message, attempt) in ended)
        {
            updateMessage.Add(message.AcceptedAt).Add(message.VendorMessageId).Add(message.VendorChannelId).Add(message.Id).Execute();
            updateAttempt.Add(attempt.DurationMilliseconds).Add((long)attempt.Outcome).Add(attempt.Code).Add(attempt.Detail)
                .Add(attempt.RawAnswer).Add(attempt.Id).Execute();
        }

        Update(context, deliveries);
        EndLane(context, lane, deliveries);
    }

    private static void EndLane(NotifyDbContext context, ChannelLane lane, IReadOnlyList<Delivery> ended)
    {
        using var update = SqliteStatement.On(context, UpdateLane);
        update.Add((long)lane.Condition).Add(ForeignText.Line(lane.LastCode, ChannelLane.CodeLength))
            .Add(ForeignText.Line(lane.LastDetail, ChannelLane.DetailLength)).Add(lane.SameCodeCount).Add(lane.FailureCount)
            .Add(lane.RefusedCount).Add(lane.BackoffUntil).Add(lane.AttentionRevision).Add(lane.FailingSince).Add(lane.LastSuccessAt)
            .Add(lane.LastFailureAt).Add(lane.IntervalFrom).Add(lane.DrillAt).Add(lane.LastDrillAt)
            .Add(lane.LastDrillAccepted is { } accepted ? accepted ? 1 : 0 : (long?)null)
            .Add(ended.Count(d => d.State == DeliveryState.Sent)).Add(ended.Count(d => d.State == DeliveryState.Failed))
            .Add(ended.Count(d => d.State == DeliveryState.GivenUp)).Add(lane.Id).Execute();
    }

    private static void Update(NotifyDbContext context, IEnumerable<Delivery> deliveries)
    {
        using var update = SqliteStatement.On(context, UpdateDelivery);
        foreach (var delivery in deliveries)
        {
            update.Add((long)delivery.State).Add((long)delivery.HoldReason).Add(delivery.Code).Add(delivery.DueAt).Add(delivery.ChangedAt)
                .Add(delivery.Attempts)
                .Add(delivery.FirstAttemptAt).Add(delivery.HeldSince).Add(delivery.MessageId).Add(delivery.MostTogether)
                .Add(delivery.MayBeDuplicate).Add(delivery.Id).Execute();
        }
    }
}
