using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;

namespace Notify.Admin.Testing;

/// <summary>What not every store has.</summary>
public enum StoreFeature
{
    /// <summary>An index of texts that follows behind intake.</summary>
    TextIndex,

    /// <summary>Tools that copy a store to another, and run where the tests do.</summary>
    CopyTools,
}

/// <summary>Where tests go below the model, the one place that tells the stores apart: a test asks, so that no store is taken for
/// another.</summary>
internal static class StoreParts
{
    public static bool Has(this DatabaseProvider provider, StoreFeature feature) => (provider, feature) switch
    {
        (DatabaseProvider.Sqlite or DatabaseProvider.PostgreSql, _) => true,
        (DatabaseProvider.SqlServer, StoreFeature.TextIndex or StoreFeature.CopyTools) => false,
    };

    /// <summary>What the product writes new events with.</summary>
    public static IEventRows EventRows(this DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteEventRows(),
        DatabaseProvider.PostgreSql => new PostgresEventRows(),
        DatabaseProvider.SqlServer => new SqlServerEventRows(),
    };

    /// <summary>What the product asks for events that are known.</summary>
    public static IEventKeys EventKeys(this DatabaseProvider provider, IDbContextFactory<NotifyDbContext> contexts) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteEventKeys(new PatientContexts((ProviderContextFactory)contexts)),
        DatabaseProvider.PostgreSql => new PostgresEventKeys(),
        DatabaseProvider.SqlServer => new SqlServerEventKeys(),
    };

    /// <summary>What the product's workers write with.</summary>
    public static ILaneRows LaneRows(this DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteLaneRows(),
        DatabaseProvider.PostgreSql => new PostgresLaneRows(),
        DatabaseProvider.SqlServer => new SqlServerLaneRows(),
    };

    /// <summary>The beginning of a statement that then has a table <c>n</c> whose column <c>i</c> counts from 1.</summary>
    public static string Numbers(this DatabaseProvider provider, int count) => provider switch
    {
        DatabaseProvider.Sqlite or DatabaseProvider.PostgreSql => string.Create(CultureInfo.InvariantCulture,
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"),
        // Its recursion ends at a hundred, unless a hint stands at the statement's end.
        DatabaseProvider.SqlServer => string.Create(CultureInfo.InvariantCulture, $"""
            WITH d(x) AS (SELECT x FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS v(x)),
            n(i) AS (
                SELECT TOP ({count}) ROW_NUMBER() OVER (ORDER BY (SELECT NULL))
                FROM d AS a CROSS JOIN d AS b CROSS JOIN d AS c CROSS JOIN d AS e CROSS JOIN d AS f CROSS JOIN d AS g)
            """),
    };

    /// <summary>Saves new rows whose ids the test has chosen.</summary>
    public static async Task SaveWithIdsAsync<T>(this NotifyDbContext context, CancellationToken cancellationToken)
    {
        if (!context.Database.IsSqlServer())
        {
            await context.SaveChangesAsync(cancellationToken);
            return;
        }

        // It holds for the connection.
        var table = context.Model.FindEntityType(typeof(T))!.GetTableName()!;
        await context.Database.OpenConnectionAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync(IdentityInsert(table, isOn: true), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync(IdentityInsert(table, isOn: false), cancellationToken);
        await context.Database.CloseConnectionAsync();
    }

    public static string RenameTable(this DatabaseProvider provider, string table, string to) => provider switch
    {
        DatabaseProvider.Sqlite or DatabaseProvider.PostgreSql => $"""ALTER TABLE "{table}" RENAME TO "{to}" """,
        DatabaseProvider.SqlServer => $"EXEC sp_rename N'[{table}]', N'{to}'",
    };

    private static string IdentityInsert(string table, bool isOn) => $"SET IDENTITY_INSERT [{table}] {(isOn ? "ON" : "OFF")}";
}
