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
            var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            if (pending.Count > 0)
            {
                await context.Database.MigrateAsync(cancellationToken);
                logger.LogInformation("Applied {Count} migrations to the {Provider} store", pending.Count, database.Provider);
            }

            await texts.CreateAsync(context, cancellationToken);
        }
        catch (Exception e) when ((e as DbException ?? e.InnerException as DbException) is { } problem)
        {
            throw new StartupException(
                $"The {database.Provider} store cannot be opened: {problem.Message.ReplaceLineEndings(" ")} Check ConnectionStrings:Notify{(database.Provider == DatabaseProvider.Sqlite ? ", DataDirectory and the file itself" : " and that the server is up")}.", e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or TimeoutException)
        {
            // The text of a malformed connection string may stand in the exception: it is not repeated.
            throw new StartupException(
                $"The {database.Provider} store cannot be opened ({e.GetType().Name}). Check ConnectionStrings:Notify: its form, host, port, user and password.", e);
        }
    }

    private async Task CreateDatabaseAsync(NotifyDbContext context, CancellationToken cancellationToken)
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
        catch (DbException) when (database.Provider == DatabaseProvider.PostgreSql)
        {
            // Another instance may have created it at the same moment; if not, the next step says what is wrong.
        }
    }

    private async Task TakeTurnAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        switch (database.Provider)
        {
            case DatabaseProvider.Sqlite:
                // This process holds the data directory, so a migration lock that is still there was left by one that was killed.
                await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
                break;
            case DatabaseProvider.PostgreSql:
                // Held by the connection, which closes with the context.
                await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({PostgresLock})", cancellationToken);
                break;
            case DatabaseProvider.SqlServer:
                await context.Database.ExecuteSqlRawAsync(
                    "EXEC sp_getapplock @Resource = 'Notify.Admin.Migrations', @LockMode = 'Exclusive', @LockOwner = 'Session'", cancellationToken);
                break;
        }
    }
}
