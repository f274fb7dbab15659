using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>The two statements that lease lanes, per provider. Leases run on the database's clock, which all instances share; SQLite has one
/// process, so its clock is ours and handed in. Everything else about lanes is ordinary EF.</summary>
internal static class LaneSql
{
    /// <summary>Leases up to <c>{3}</c> due lanes that nobody holds and returns them: one statement, so no two instances can take one lane.
    /// <c>{0}</c> token, <c>{1}</c> our now (due times), <c>{2}</c> lease in ticks.</summary>
    public static string Claim(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => """
            UPDATE "ChannelLanes" SET "LeaseToken" = {0}, "LeaseUntil" = {1} + {2}
            WHERE "Id" IN (
                SELECT "Id" FROM "ChannelLanes"
                WHERE "DueAt" <= {1} AND "LeaseToken" IS NULL
                ORDER BY "DueAt" LIMIT {3})
            RETURNING *
            """,
        DatabaseProvider.PostgreSql => $$"""
            UPDATE "ChannelLanes" SET "LeaseToken" = {0}, "LeaseUntil" = {{PostgresNow}} + {2}
            WHERE "Id" IN (
                SELECT "Id" FROM "ChannelLanes"
                WHERE "DueAt" <= {1} AND ("LeaseUntil" IS NULL OR "LeaseUntil" < {{PostgresNow}})
                ORDER BY "DueAt" LIMIT {3}
                FOR UPDATE SKIP LOCKED)
            RETURNING *
            """,
        DatabaseProvider.SqlServer => $$"""
            WITH due AS (
                SELECT TOP ({3}) * FROM "ChannelLanes" WITH (UPDLOCK, ROWLOCK, READPAST)
                WHERE "DueAt" <= {1} AND ("LeaseUntil" IS NULL OR "LeaseUntil" < {{SqlServerNow}})
                ORDER BY "DueAt")
            UPDATE due SET "LeaseToken" = {0}, "LeaseUntil" = {{SqlServerNow}} + {2}
            OUTPUT inserted.*
            """,
    };

    /// <summary>Moves the end of the leases with token <c>{0}</c> to <c>{1}</c> ticks from now; <c>{2}</c> is our now.</summary>
    public static string Renew(DatabaseProvider provider) =>
        $$"""UPDATE "ChannelLanes" SET "LeaseUntil" = {{Now(provider, "{2}")}} + {1} WHERE "LeaseToken" = {0}""";

    private const string PostgresNow = "((extract(epoch from clock_timestamp()) * 10000000)::bigint + 621355968000000000)";
    private const string SqlServerNow = "(DATEDIFF_BIG(MICROSECOND, CAST('0001-01-01' AS datetime2), SYSUTCDATETIME()) * 10)";

    private static string Now(DatabaseProvider provider, string ours) => provider switch
    {
        DatabaseProvider.Sqlite => ours,
        DatabaseProvider.PostgreSql => PostgresNow,
        DatabaseProvider.SqlServer => SqlServerNow,
    };
}
