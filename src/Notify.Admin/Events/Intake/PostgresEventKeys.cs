using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Npgsql;
using NpgsqlTypes;

namespace Notify.Admin.Events;

/// <summary>Enters the keys in their table, which is one for all partitions of the events: what its unique index refuses is known. Whoever
/// adds the same event at the same moment, in another group or on another instance, is waited for.</summary>
internal sealed class PostgresEventKeys : IEventKeys
{
    // Ids in the order of the events; entered in the order of the keys, so that two who add the same events do not wait for each other.
    private const string Enter = $"""
        INSERT INTO "EventKeys" ("Key", "EventRowId")
        SELECT key, id FROM (SELECT key, nextval('"{PartitionedTables.Ids}"') AS id FROM unnest($1) AS key) AS added ORDER BY key
        """;

    private const string Entered = """RETURNING "Key", "EventRowId" """;

    private const string EnterAll = $"{Enter} {Entered}";

    // Nothing else asks: a look before would be planned, and for a young table wrongly. The ids of what is known are lost.
    private const string EnterNew = $"""{Enter} ON CONFLICT ("Key") DO NOTHING {Entered}""";

    public async Task<KnownEvents> KnownAsync(NotifyDbContext context, IReadOnlyCollection<string> keys,
        CancellationToken cancellationToken)
    {
        var ids = await EnterAsync((NpgsqlConnection)context.Database.GetDbConnection(), keys, mayBeKnown: true, cancellationToken);
        return new KnownEvents(ids.Count == keys.Count ? [] : [.. keys.Where(key => !ids.ContainsKey(key))], ids);
    }

    /// <summary>Enters keys that nobody has asked about.</summary>
    /// <returns>The ids of their rows to come.</returns>
    /// <exception cref="PostgresException">One of them is there.</exception>
    public static Task<Dictionary<string, long>> EnterAllAsync(
        NpgsqlConnection connection, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        EnterAsync(connection, keys, mayBeKnown: false, cancellationToken);

    private static async Task<Dictionary<string, long>> EnterAsync(
        NpgsqlConnection connection, IReadOnlyCollection<string> keys, bool mayBeKnown, CancellationToken cancellationToken)
    {
        Dictionary<string, long> ids = new(keys.Count, StringComparer.Ordinal);
        await using var enter = new NpgsqlCommand(mayBeKnown ? EnterNew : EnterAll, connection)
        {
            Parameters =
            {
                new NpgsqlParameter
                {
                    Value = keys.Select(Convert.FromHexString).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
                },
            },
        };
        // The connection keeps it, and knows it by its text.
        await enter.PrepareAsync(cancellationToken);
        await using var reader = await enter.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(0)), reader.GetInt64(1));
        }

        return ids;
    }
}
