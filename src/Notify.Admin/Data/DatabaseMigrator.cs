using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Notify.Admin.Data;

/// <summary>Brings the schema up to date at start. Instances that start together take turns.</summary>
internal sealed class DatabaseMigrator(
    IDbContextFactory<NotifyDbContext> contexts, DatabaseOptions database, EventTextIndex texts, ILogger<DatabaseMigrator> logger)
{
    // Any number that no other user of the database's advisory locks is likely to choose.
    private const long PostgresLock = 0x4E6F_7469_6679;

    /// <exception cref="StartupException">The database cannot be reached or is not ours.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await CreateDatabaseAsync(context, cancellationToken);
            await context.Database.OpenConnectionAsync(cancellationToken);
            await TakeTurnAsync(context, cancellationToken);
            try
            {
                await CheckServerAsync(context, cancellationToken);
                await RefuseStrangersAsync(context, cancellationToken);
                var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
                if (pending.Count > 0)
                {
                    await context.Database.MigrateAsync(cancellationToken);
                    logger.LogInformation("Applied {Count} migrations to the {Provider} store", pending.Count, database.Provider);
                }

                await texts.CreateAsync(context, cancellationToken);
            }
            finally
            {
                await LeaveTurnAsync(context);
            }
        }
        catch (Exception e) when (e is not StartupException && (e as DbException ?? e.InnerException as DbException) is { } problem)
        {
            throw new StartupException(
                $"The {database.Provider} store cannot be opened: {problem.Message.ReplaceLineEndings(" ").TrimEnd(' ', '.')}. Check ConnectionStrings:Notify{(database.Provider == DatabaseProvider.Sqlite ? ", DataDirectory and the file itself" : " and that the server is up")}.", e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or TimeoutException)
        {
            // The text of a malformed connection string may stand in the exception: it is not repeated.
            throw new StartupException(
                $"The {database.Provider} store cannot be opened ({e.GetType().Name}). Check ConnectionStrings:Notify: its form, host, port, user and password.", e);
        }
    }

    /// <summary>A store of a version whose migrations this one does not have is left as it is: neither older builds from before the first
    /// release, whose steps were since made one, nor newer ones can be opened.</summary>
    private async Task RefuseStrangersAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (applied.Except(context.Database.GetMigrations()).FirstOrDefault() is { } unknown)
        {
            throw new StartupException(
                $"The {database.Provider} store was made by another version of Notify.Admin (its schema has '{unknown}', which this version does not know). "
                + "Nothing in it was changed. Start the version that made it, or give this one an empty store: "
                + (database.Provider == DatabaseProvider.Sqlite
                    ? "another DataDirectory." : "another database in ConnectionStrings:Notify."));
        }
    }

    // A database that this made has both; one that somebody made beforehand need not.
    private async Task CheckServerAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        if (database.Provider != DatabaseProvider.SqlServer)
        {
            return;
        }

        var settings = await context.Database.SqlQueryRaw<SqlServerSettings>(SqlServerSettings.Query).SingleAsync(cancellationToken);
        if (settings.Level < ProviderContextFactory.SqlServerLevel)
        {
            throw new StartupException(
                $"The SQL Server database has compatibility level {settings.Level}; Notify.Admin needs {ProviderContextFactory.SqlServerLevel} (SQL Server 2019) or more. Nothing in it was changed. Run: ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL = {ProviderContextFactory.SqlServerLevel}");
        }

        if (!settings.Snapshot)
        {
            logger.LogWarning(
                "READ_COMMITTED_SNAPSHOT is off in the SQL Server database: readers wait for writers. Run once, with nothing else connected: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE");
        }
    }

    private static async Task CreateDatabaseAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        var creator = context.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
        {
            return;
        }

        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (DbException e) when (StoreErrors.Of(e) is StoreError.DatabaseExists or StoreError.Duplicate)
        {
            // Another instance has created it at the same moment: PostgreSQL tells some of them by the catalogue's unique key.
        }
    }

    private async Task TakeTurnAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        switch (database.Provider)
        {
            case DatabaseProvider.Sqlite:
                // This process holds the data directory, so a migration lock that is still there was left by one that was killed.
                await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
                await RequireFullTextAsync(context, cancellationToken);
                break;
            case DatabaseProvider.PostgreSql:
                await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({PostgresLock})", cancellationToken);
                break;
            case DatabaseProvider.SqlServer:
                await context.Database.ExecuteSqlRawAsync(
                    "EXEC sys.sp_getapplock @Resource = 'Notify.Admin.Migrations', @LockMode = 'Exclusive', @LockOwner = 'Session'",
                    cancellationToken);
                break;
        }
    }

    // A connection keeps what it holds when it goes back into its pool (PostgresConnection).
    private async Task LeaveTurnAsync(NotifyDbContext context)
    {
        if (database.Provider == DatabaseProvider.PostgreSql && context.Database.GetDbConnection().State == ConnectionState.Open)
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({PostgresLock})", CancellationToken.None);
        }
    }

    // The bundled library has it; one put in its place by whoever packages the product may not.
    private static async Task RequireFullTextAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        var found = await context.Database.SqlQuery<long>($"""SELECT sqlite_compileoption_used('ENABLE_FTS5') AS "Value" """)
            .SingleAsync(cancellationToken);
        if (found == 0)
        {
            throw new StartupException("SQLite's library was built without FTS5, which searching for events needs. Use the library that comes with Notify.Admin.");
        }
    }

    private sealed class SqlServerSettings
    {
        public const string Query =
            "SELECT CAST(is_read_committed_snapshot_on AS bit) AS [Snapshot], CAST(compatibility_level AS int) AS [Level] FROM sys.databases WHERE database_id = DB_ID()";

        public bool Snapshot { get; init; }

        public int Level { get; init; }
    }
}
