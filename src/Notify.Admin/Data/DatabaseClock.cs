using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>The time that all instances on one database share. SQLite has one process, so its clock is ours.</summary>
internal static class DatabaseClock
{
    /// <summary>SQL for it in UTC ticks.</summary>
    public const string Postgres = "((extract(epoch from clock_timestamp()) * 10000000)::bigint + 621355968000000000)";

    /// <inheritdoc cref="Postgres"/>
    public const string SqlServer = "(DATEDIFF_BIG(MICROSECOND, CAST('0001-01-01' AS datetime2), SYSUTCDATETIME()) * 10)";

    /// <summary>SQL for it in UTC ticks.</summary>
    /// <param name="ours">What stands for our own time where the database has none: a parameter.</param>
    public static string Ticks(DatabaseProvider provider, string ours) => provider switch
    {
        DatabaseProvider.Sqlite => ours,
        DatabaseProvider.PostgreSql => Postgres,
        DatabaseProvider.SqlServer => SqlServer,
    };

    public static async Task<DateTimeOffset> NowAsync(NotifyDbContext context, DatabaseProvider provider, TimeProvider time,
        CancellationToken cancellationToken) =>
        provider switch
        {
            DatabaseProvider.Sqlite => time.GetUtcNow(),
            DatabaseProvider.PostgreSql => await ReadAsync(context, $"SELECT {Postgres} AS \"Value\"", cancellationToken),
            DatabaseProvider.SqlServer => await ReadAsync(context, $"SELECT {SqlServer} AS \"Value\"", cancellationToken),
        };

    private static async Task<DateTimeOffset> ReadAsync(NotifyDbContext context, string sql, CancellationToken cancellationToken) =>
        new(await context.Database.SqlQueryRaw<long>(sql).SingleAsync(cancellationToken), TimeSpan.Zero);
}
