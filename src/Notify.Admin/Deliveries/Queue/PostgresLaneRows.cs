using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Npgsql;
using NpgsqlTypes;

namespace Notify.Admin.Deliveries;

/// <summary>What a worker begins or ends is one statement, with an array for each column. Its parts see what the others return: so it needs
/// neither a second one for the ids, nor a transaction but its own. Updates name their ids a second time: joined with the array alone,
/// PostgreSQL could not tell which partitions they need, and a range of ids it would sometimes read whole (of a young partition it has no
/// statistics).</summary>
internal sealed class PostgresLaneRows : ILaneRows
{
    // Whoever claims the lane waits for this, as for an update, and no new version of the row is written.
    private const string Fence = """SELECT FROM "ChannelLanes" WHERE "Id" = $1 AND "LeaseToken" = $2 FOR NO KEY UPDATE""";

    private const string SetDeliveries = """
        UPDATE "Deliveries" AS d SET "State" = v.state, "HoldReason" = v.reason, "Code" = v.code, "DueAt" = v.due, "ChangedAt" = v.changed,
            "Attempts" = v.attempts, "FirstAttemptAt" = v.first, "HeldSince" = v.held, "MostTogether" = v.together,
            "MayBeDuplicate" = v.duplicate,
        """;

    // A message is known by its short id until it has another; one that is tried again has it already.
    private const string BeginRows = $"""
        , fresh AS (
            INSERT INTO "Messages"
                ("ChannelKind", "ChannelId", "Purpose", "ShortId", "Preview", "Part", "Parts", "RequestedBy", "CreatedAt")
            SELECT v.* FROM lane, unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS v
            RETURNING "ShortId", "Id"
        ), begun AS (
            SELECT "ShortId" AS short, "Id" AS id FROM fresh UNION ALL SELECT v.* FROM lane, unnest($10, $11) AS v
        ), links AS (
            INSERT INTO "MessageDeliveries" ("MessageId", "DeliveryId")
            SELECT fresh."Id", v.id FROM fresh JOIN unnest($15, $14) AS v(short, id) ON v.short = fresh."ShortId"
        ), deliveries AS (
            {SetDeliveries} "MessageId" = begun.id
            FROM unnest($14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
                AS v(id, short, state, reason, code, due, changed, attempts, first, held, together, duplicate)
            JOIN begun ON begun.short = v.short
            WHERE d."Id" = v.id AND d."Id" = ANY ($14)
        ), attempts AS (
            INSERT INTO "Attempts" ("MessageId", "StartedAt", "DurationMilliseconds", "Outcome")
            SELECT begun.id, v.started, 0, v.outcome
            FROM begun JOIN unnest($12, $26, $13) AS v(short, started, outcome) ON v.short = begun.short
            RETURNING "MessageId", "Id"
        )
        SELECT begun.short, begun.id, attempts."Id" FROM begun JOIN attempts ON attempts."MessageId" = begun.id
        """;

    // The transaction has fenced the lane.
    private const string Begin = $"WITH lane AS (SELECT) {BeginRows}";

    // Nothing of it happens where the lane is another's, or its destination shut.
    private const string FenceAndBegin = $"""
        WITH lane AS (
            SELECT FROM "ChannelLanes" WHERE "Id" = $27 AND "LeaseToken" = $28
                AND EXISTS (SELECT FROM "PacingBudgets" WHERE "Fingerprint" = $29 AND ("PausedUntil" IS NULL OR "PausedUntil" <= $30))
            FOR NO KEY UPDATE
        ) {BeginRows}
        """;

    // Nothing of it happens where the lane is another's.
    private const string FenceAndEnd = $"""
        WITH lane AS (
            UPDATE "ChannelLanes" SET "Condition" = $25, "LastCode" = $26, "LastDetail" = $27, "SameCodeCount" = $28, "FailureCount" = $29,
                "RefusedCount" = $30, "BackoffUntil" = $31, "AttentionRevision" = $32, "FailingSince" = $33, "LastSuccessAt" = $34,
                "LastFailureAt" = $35, "IntervalFrom" = $36, "DrillAt" = $37, "LastDrillAt" = $38, "LastDrillAccepted" = $39,
                "SentCount" = "SentCount" + $40, "FailedCount" = "FailedCount" + $41, "GivenUpCount" = "GivenUpCount" + $42
            WHERE "Id" = $23 AND "LeaseToken" = $24
            RETURNING "Id"
        ), messages AS (
            UPDATE "Messages" AS m SET "AcceptedAt" = v.accepted, "VendorMessageId" = v.message, "VendorChannelId" = v.channel
            FROM lane, unnest($1, $2, $3, $4) AS v(id, accepted, message, channel)
            WHERE m."Id" = v.id AND m."Id" = ANY ($1)
        ), attempts AS (
            UPDATE "Attempts" AS a SET "DurationMilliseconds" = v.took, "Outcome" = v.outcome, "Code" = v.code, "Detail" = v.detail,
                "RawAnswer" = v.answer
            FROM lane, unnest($5, $6, $7, $8, $9, $10) AS v(id, took, outcome, code, detail, answer)
            WHERE a."Id" = v.id AND a."Id" = ANY ($5)
        ), deliveries AS (
            {SetDeliveries} "MessageId" = v.message
            FROM lane, unnest($11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
                AS v(id, message, state, reason, code, due, changed, attempts, first, held, together, duplicate)
            WHERE d."Id" = v.id AND d."Id" = ANY ($11)
        )
        SELECT FROM lane
        """;

    public bool IsOneStatement => true;

    public async Task FenceAsync(NotifyDbContext context, ChannelLane lane, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(Fence) { Parameters = { Number(lane.Id), Number(lane.LeaseToken) } };
        if (!await ReadAsync(context, command, _ => { }, cancellationToken))
        {
            throw new LeaseLostException();
        }
    }

    public Task<bool> TryBeginAsync(NotifyDbContext context, ChannelLane lane, string fingerprint, IReadOnlyList<Begun> begun,
        CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(FenceAndBegin);
        Add(command, begun);
        Add(command, Number(lane.Id), Number(lane.LeaseToken), Text(fingerprint),
            Number(begun[0].Attempt.StartedAt.UtcTicks));
        return BeginAsync(context, command, begun, cancellationToken);
    }

    public Task BeginAsync(NotifyDbContext context, IReadOnlyList<Begun> begun, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(Begin);
        Add(command, begun);
        return BeginAsync(context, command, begun, cancellationToken);
    }

    public async Task EndAsync(NotifyDbContext context, ChannelLane lane, IReadOnlyList<Begun> ended, IReadOnlyList<Delivery> deliveries,
        CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(FenceAndEnd);
        Add(command,
            Longs(ended, e => e.Message.Id),
            Longs(ended, e => e.Message.AcceptedAt?.UtcTicks),
            Texts(ended, e => e.Message.VendorMessageId),
            Texts(ended, e => e.Message.VendorChannelId),
            Longs(ended, e => e.Attempt.Id),
            Integers(ended, e => e.Attempt.DurationMilliseconds),
            Integers(ended, e => (int)e.Attempt.Outcome),
            Texts(ended, e => e.Attempt.Code),
            Texts(ended, e => e.Attempt.Detail),
            Texts(ended, e => e.Attempt.RawAnswer),
            Longs(deliveries, d => d.Id),
            Longs(deliveries, d => d.MessageId));
        Add(command, deliveries);
        Add(command, Number(lane.Id), Number(lane.LeaseToken), Integer((int)lane.Condition),
            Text(ForeignText.Line(lane.LastCode, ChannelLane.CodeLength)),
            Text(ForeignText.Line(lane.LastDetail, ChannelLane.DetailLength)),
            Integer(lane.SameCodeCount), Integer(lane.FailureCount), Integer(lane.RefusedCount), Number(lane.BackoffUntil?.UtcTicks),
            Integer(lane.AttentionRevision), Number(lane.FailingSince?.UtcTicks), Number(lane.LastSuccessAt?.UtcTicks),
            Number(lane.LastFailureAt?.UtcTicks), Number(lane.IntervalFrom?.UtcTicks), Number(lane.DrillAt?.UtcTicks),
            Number(lane.LastDrillAt?.UtcTicks), Parameter(lane.LastDrillAccepted, NpgsqlDbType.Boolean), Integer(In(DeliveryState.Sent)),
            Integer(In(DeliveryState.Failed)), Integer(In(DeliveryState.GivenUp)));
        if (!await ReadAsync(context, command, _ => { }, cancellationToken))
        {
            throw new LeaseLostException();
        }

        int In(DeliveryState state) => deliveries.Count(d => d.State == state);
    }

    private static Task<bool> BeginAsync(
        NotifyDbContext context, NpgsqlBatchCommand command, IReadOnlyList<Begun> begun, CancellationToken cancellationToken)
    {
        var byShortId = begun.ToDictionary(b => b.Message.ShortId);
        return ReadAsync(context, command, row => byShortId[row.GetString(0)].Name(row.GetInt64(1), row.GetInt64(2)), cancellationToken);
    }

    private static void Add(NpgsqlBatchCommand command, IReadOnlyList<Begun> begun)
    {
        var fresh = begun.Where(b => b.Outgoing.MessageId is null).Select(b => b.Message).ToList();
        var again = begun.Where(b => b.Outgoing.MessageId is not null).Select(b => b.Message).ToList();
        var deliveries = begun.SelectMany(b => b.Outgoing.Deliveries).ToList();
        Add(command,
            Integers(fresh, m => (int)m.ChannelKind),
            Integers(fresh, m => m.ChannelId),
            Integers(fresh, m => (int)m.Purpose),
            Texts(fresh, m => m.ShortId),
            Texts(fresh, m => m.Preview),
            Integers(fresh, m => m.Part),
            Integers(fresh, m => m.Parts),
            Texts(fresh, m => m.RequestedBy),
            Longs(fresh, m => m.CreatedAt.UtcTicks),
            Texts(again, m => m.ShortId),
            Longs(again, m => m.Id),
            Texts(begun, b => b.Message.ShortId),
            Integers(begun, b => (int)b.Attempt.Outcome),
            Longs(deliveries, d => d.Id),
            Texts([.. begun.SelectMany(b => b.Outgoing.Deliveries.Select(_ => b.Message.ShortId))], shortId => shortId));
        Add(command, deliveries);
        Add(command, Longs(begun, b => b.Attempt.StartedAt.UtcTicks));
    }

    // But for their ids and messages.
    private static void Add(NpgsqlBatchCommand command, IReadOnlyList<Delivery> deliveries) => Add(command,
        Integers(deliveries, d => (int)d.State),
        Integers(deliveries, d => (int)d.HoldReason),
        Texts(deliveries, d => d.Code),
        Longs(deliveries, d => d.DueAt.UtcTicks),
        Longs(deliveries, d => d.ChangedAt.UtcTicks),
        Integers(deliveries, d => d.Attempts),
        Longs(deliveries, d => d.FirstAttemptAt?.UtcTicks),
        Longs(deliveries, d => d.HeldSince?.UtcTicks),
        Integers(deliveries, d => d.MostTogether),
        Parameter(deliveries.Select(d => d.MayBeDuplicate).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean));

    private static void Add(NpgsqlBatchCommand command, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }
    }

    // A connection keeps what it has prepared, in its pool as well: the server parses and plans each statement once. Without a transaction
    // around it the statement is committed when the last answer has come.
    private static async Task<bool> ReadAsync(
        NotifyDbContext context, NpgsqlBatchCommand command, Action<NpgsqlDataReader> read, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)context.Database.GetDbConnection()) { BatchCommands = { command } };
            await batch.PrepareAsync(cancellationToken);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            var hasRows = reader.HasRows;
            while (await reader.ReadAsync(cancellationToken))
            {
                read(reader);
            }

            await reader.NextResultAsync(cancellationToken);
            return hasRows;
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    private static NpgsqlParameter Number(long? value) => Parameter(value, NpgsqlDbType.Bigint);

    private static NpgsqlParameter Integer(int? value) => Parameter(value, NpgsqlDbType.Integer);

    private static NpgsqlParameter Text(string? value) => Parameter(value, NpgsqlDbType.Text);

    private static NpgsqlParameter Integers<T>(IReadOnlyList<T> rows, Func<T, int?> column) =>
        Parameter(rows.Select(column).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);

    private static NpgsqlParameter Longs<T>(IReadOnlyList<T> rows, Func<T, long?> column) =>
        Parameter(rows.Select(column).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    private static NpgsqlParameter Texts<T>(IReadOnlyList<T> rows, Func<T, string?> column) =>
        Parameter(rows.Select(row => ForeignText.Storable(column(row))).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    private static NpgsqlParameter Parameter(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
