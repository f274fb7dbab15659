using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>The statements that lease lanes, per provider. Leases run on the database's clock, which all instances share; SQLite has
/// one process, so its clock is ours and handed in. Everything else about lanes is ordinary EF.</summary>
internal static class LaneSql
{
    private const string InPool =
        """("ChannelKind" = {4} AND CASE WHEN "Condition" = 0 AND "LastSuccessAt" IS NOT NULL THEN 1 ELSE 0 END = {5})""";

    /// <summary>Leases up to <c>{3}</c> due lanes that nobody holds and returns them: one statement, so no two instances can take one lane.
    /// <c>{0}</c> token, <c>{1}</c> our now (due times), <c>{2}</c> lease in ticks, <c>{4}</c> the vendor, <c>{5}</c> 1 for those that are
    /// well (<see cref="LaneSlots.IsWell"/>) and 0 for others.</summary>
    public static string Claim(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => $$"""
            UPDATE "ChannelLanes" SET "LeaseToken" = {0}, "LeaseUntil" = {1} + {2}
            WHERE "Id" IN (
                SELECT "Id" FROM "ChannelLanes"
                WHERE "DueAt" <= {1} AND "LeaseToken" IS NULL AND {{InPool}}
                ORDER BY "DueAt" LIMIT {3})
            RETURNING *
            """,
        DatabaseProvider.PostgreSql => $$"""
            UPDATE "ChannelLanes" SET "LeaseToken" = {0}, "LeaseUntil" = {{DatabaseClock.Postgres}} + {2}
            WHERE "Id" IN (
                SELECT "Id" FROM "ChannelLanes"
                WHERE "DueAt" <= {1} AND ("LeaseUntil" IS NULL OR "LeaseUntil" < {{DatabaseClock.Postgres}}) AND {{InPool}}
                ORDER BY "DueAt" LIMIT {3}
                FOR UPDATE SKIP LOCKED)
            RETURNING *
            """,
        DatabaseProvider.SqlServer => $$"""
            WITH due AS (
                SELECT TOP ({3}) * FROM "ChannelLanes" WITH (UPDLOCK, ROWLOCK, READPAST)
                WHERE "DueAt" <= {1} AND ("LeaseUntil" IS NULL OR "LeaseUntil" < {{DatabaseClock.SqlServer}}) AND {{InPool}}
                ORDER BY "DueAt")
            UPDATE due SET "LeaseToken" = {0}, "LeaseUntil" = {{DatabaseClock.SqlServer}} + {2}
            OUTPUT inserted.*
            """,
    };

    /// <summary>Moves the end of the leases with token <c>{0}</c> to <c>{1}</c> ticks from now; <c>{2}</c> is our now.</summary>
    public static string Renew(DatabaseProvider provider) =>
        $$"""UPDATE "ChannelLanes" SET "LeaseUntil" = {{DatabaseClock.Ticks(provider, "{2}")}} + {1} WHERE "LeaseToken" = {0}""";

    /// <summary>The same of the lane <c>{3}</c> alone.</summary>
    public static string Confirm(DatabaseProvider provider) => $$"""{{Renew(provider)}} AND "Id" = {3}""";
}
