using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Npgsql;
using NpgsqlTypes;

namespace Notify.Admin.Deliveries;

/// <summary>One statement a table, with an array for each column. Updates name their ids a second time: joined with the array alone,
/// PostgreSQL could not tell which partitions they need, and a range of ids it would sometimes read whole (of a young partition it has no
/// statistics).</summary>
internal sealed class PostgresLaneRows : ILaneRows
{
    // Whoever claims the lane waits for this, as for an update, and no new version of the row is written.
    private const string Fence = """SELECT FROM "ChannelLanes" WHERE "Id" = $1 AND "LeaseToken" = $2 FOR NO KEY UPDATE""";

    private const string InsertMessages = """
        INSERT INTO "Messages" ("ChannelKind", "ChannelId", "Purpose", "ShortId", "Preview", "Part", "Parts", "RequestedBy", "CreatedAt", "AcceptedAt",
            "VendorMessageId", "VendorChannelId")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        RETURNING "ShortId", "Id"
        """;

    private const string InsertAttempts = """
        INSERT INTO "Attempts" ("MessageId", "StartedAt", "DurationMilliseconds", "Outcome", "Code", "Detail", "RawAnswer")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
        RETURNING "MessageId", "Id"
        """;

    private const string InsertLinks = """INSERT INTO "MessageDeliveries" ("MessageId", "DeliveryId") SELECT * FROM unnest($1, $2)""";

    private const string UpdateMessages = """
        UPDATE "Messages" AS m SET "AcceptedAt" = v.accepted, "VendorMessageId" = v.message, "VendorChannelId" = v.channel
        FROM unnest($1, $2, $3, $4) AS v(id, accepted, message, channel)
        WHERE m."Id" = v.id AND m."Id" = ANY ($1)
        """;

    private const string UpdateAttempts = """
        UPDATE "Attempts" AS a SET "DurationMilliseconds" = v.took, "Outcome" = v.outcome, "Code" = v.code, "Detail" = v.detail, "RawAnswer" = v.answer
        FROM unnest($1, $2, $3, $4, $5, $6) AS v(id, took, outcome, code, detail, answer)
        WHERE a."Id" = v.id AND a."Id" = ANY ($1)
        """;

    private const string UpdateDeliveries = """
        UPDATE "Deliveries" AS d SET "State" = v.state, "HoldReason" = v.reason, "Code" = v.code, "DueAt" = v.due, "ChangedAt" = v.changed,
            "Attempts" = v.attempts, "FirstAttemptAt" = v.first, "HeldSince" = v.held, "MessageId" = v.message, "MostTogether" = v.together,
            "MayBeDuplicate" = v.duplicate
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            AS v(id, state, reason, code, due, changed, attempts, first, held, message, together, duplicate)
        WHERE d."Id" = v.id AND d."Id" = ANY ($1)
        """;

    public async Task FenceAsync(NotifyDbContext context, ChannelLane lane, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(Connection(context));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Fence) { Parameters = { Number(lane.Id), Number(lane.LeaseToken) } });
        await using var reader = await ReadAsync(batch, cancellationToken);
        if (!reader.HasRows)
        {
            throw new LeaseLostException();
        }
    }

    public async Task AddAsync(NotifyDbContext context, IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(Connection(context));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertMessages)
        {
            Parameters =
            {
                Integers(messages, m => (int)m.ChannelKind),
                Integers(messages, m => m.ChannelId),
                Integers(messages, m => (int)m.Purpose),
                Texts(messages, m => m.ShortId),
                Texts(messages, m => m.Preview),
                Integers(messages, m => m.Part),
                Integers(messages, m => m.Parts),
                Texts(messages, m => m.RequestedBy),
                Longs(messages, m => m.CreatedAt.UtcTicks),
                Longs(messages, m => m.AcceptedAt?.UtcTicks),
                Texts(messages, m => m.VendorMessageId),
                Texts(messages, m => m.VendorChannelId),
            },
        });
        var byShortId = messages.ToDictionary(m => m.ShortId);
        await using var reader = await ReadAsync(batch, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            byShortId[reader.GetString(0)].Id = reader.GetInt64(1);
        }
    }

    public async Task BeginAsync(NotifyDbContext context, IReadOnlyList<Begun> begun, CancellationToken cancellationToken)
    {
        var attempts = begun.Select(b => b.Attempt).ToList();
        var links = begun.Where(b => b.Outgoing.MessageId is null)
            .SelectMany(b => b.Outgoing.Deliveries.Select(d => (Message: b.Message.Id, Delivery: d.Id))).ToList();
        await using var batch = new NpgsqlBatch(Connection(context));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertAttempts)
        {
            Parameters =
            {
                Longs(attempts, a => a.MessageId),
                Longs(attempts, a => a.StartedAt.UtcTicks),
                Integers(attempts, a => a.DurationMilliseconds),
                Integers(attempts, a => (int)a.Outcome),
                Texts(attempts, a => a.Code),
                Texts(attempts, a => a.Detail),
                Texts(attempts, a => a.RawAnswer),
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertLinks) { Parameters = { Longs(links, l => l.Message),
            Longs(links, l => l.Delivery) } });
        batch.BatchCommands.Add(Update([.. begun.SelectMany(b => b.Outgoing.Deliveries)]));
        var byMessage = attempts.ToDictionary(a => a.MessageId);
        await using var reader = await ReadAsync(batch, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            byMessage[reader.GetInt64(0)].Id = reader.GetInt64(1);
        }
    }

    public async Task EndAsync(NotifyDbContext context, IReadOnlyList<Begun> ended, IReadOnlyList<Delivery> deliveries,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(Connection(context));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(UpdateMessages)
        {
            Parameters =
            {
                Longs(ended, e => e.Message.Id),
                Longs(ended, e => e.Message.AcceptedAt?.UtcTicks),
                Texts(ended, e => e.Message.VendorMessageId),
                Texts(ended, e => e.Message.VendorChannelId),
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(UpdateAttempts)
        {
            Parameters =
            {
                Longs(ended, e => e.Attempt.Id),
                Integers(ended, e => e.Attempt.DurationMilliseconds),
                Integers(ended, e => (int)e.Attempt.Outcome),
                Texts(ended, e => e.Attempt.Code),
                Texts(ended, e => e.Attempt.Detail),
                Texts(ended, e => e.Attempt.RawAnswer),
            },
        });
        batch.BatchCommands.Add(Update(deliveries));
        await batch.PrepareAsync(cancellationToken);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    // A connection keeps what it has prepared, in its pool as well: the server parses and plans each statement once.
    private static async Task<NpgsqlDataReader> ReadAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        await batch.PrepareAsync(cancellationToken);
        return await batch.ExecuteReaderAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Update(IReadOnlyList<Delivery> deliveries) => new(UpdateDeliveries)
    {
        Parameters =
        {
            Longs(deliveries, d => d.Id),
            Integers(deliveries, d => (int)d.State),
            Integers(deliveries, d => (int)d.HoldReason),
            Texts(deliveries, d => d.Code),
            Longs(deliveries, d => d.DueAt.UtcTicks),
            Longs(deliveries, d => d.ChangedAt.UtcTicks),
            Integers(deliveries, d => d.Attempts),
            Longs(deliveries, d => d.FirstAttemptAt?.UtcTicks),
            Longs(deliveries, d => d.HeldSince?.UtcTicks),
            Longs(deliveries, d => d.MessageId),
            Integers(deliveries, d => d.MostTogether),
            new NpgsqlParameter { Value = deliveries.Select(d => d.MayBeDuplicate).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean },
        },
    };

    private static NpgsqlParameter Number(long? value) =>
        new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static NpgsqlParameter Integers<T>(IReadOnlyList<T> rows, Func<T, int?> column) =>
        new() { Value = rows.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

    private static NpgsqlParameter Longs<T>(IReadOnlyList<T> rows, Func<T, long?> column) =>
        new() { Value = rows.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static NpgsqlParameter Texts<T>(IReadOnlyList<T> rows, Func<T, string?> column) =>
        new() { Value = rows.Select(row => ForeignText.Storable(column(row))).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlConnection Connection(NotifyDbContext context) => (NpgsqlConnection)context.Database.GetDbConnection();
}
