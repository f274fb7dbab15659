using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>A backlog of one channel in PostgreSQL, and what the server has read of it.</summary>
internal static class WaitingRows
{
    /// <summary>Deliveries with these ids, of Slack's channel 1, of each severity as many.</summary>
    public static Task AddWaitingAsync(this TestDatabase database, int from, int to) => database.ExecuteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO "Deliveries" ("Id", "EventRowId", "ChannelKind", "ChannelId", "State", "HoldReason", "MatchReason", "DueAt", "Severity",
            "CreatedAt", "ChangedAt", "Attempts", "MayBeDuplicate")
        SELECT i, i, 1, 1, 1, 0, 'rule 1', 0, i % 6, 0, 0, 0, false FROM generate_series({from}, {to}) AS i
        """));

    /// <summary>How many rows of a table were read by any scan of it, as the server counts them.</summary>
    public static async Task<long> RowsReadAsync(this NotifyDbContext context, string table, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlAsync($"SELECT pg_stat_force_next_flush()", cancellationToken);
        return await context.Database.SqlQuery<long>(
            $"""SELECT seq_tup_read + COALESCE(idx_tup_fetch, 0) AS "Value" FROM pg_stat_user_tables WHERE relname = {table}""")
            .SingleAsync(cancellationToken);
    }
}
