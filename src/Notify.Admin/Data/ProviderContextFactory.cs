using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Gives every store a context for the configured provider.</summary>
internal sealed class ProviderContextFactory : IDbContextFactory<NotifyDbContext>
{
    // There may be a hundred connections, and the system caches the file as well; intake alone, with its random keys, profits from more.
    private const int Cache = 256;
    private const int IntakeCache = 16 * 1024;

    private readonly Func<NotifyDbContext> _create;
    private readonly Func<NotifyDbContext> _createForIntake;

    public ProviderContextFactory(DatabaseOptions database)
    {
        var turns = new SqliteWriteTurns();
        _create = database.Provider switch
        {
            DatabaseProvider.Sqlite => Sqlite(Read(database.ConnectionString), Cache, turns),
            DatabaseProvider.PostgreSql => Creator<PostgresNotifyDbContext>(
                new DbContextOptionsBuilder<PostgresNotifyDbContext>().UseNpgsql(database.ConnectionString).Options, o => new(o)),
            DatabaseProvider.SqlServer => Creator<SqlServerNotifyDbContext>(
                new DbContextOptionsBuilder<SqlServerNotifyDbContext>().UseSqlServer(database.ConnectionString).Options, o => new(o)),
        };
        // Another connection string is another pool: its connections keep the larger cache to themselves.
        _createForIntake = database.Provider == DatabaseProvider.Sqlite
            ? Sqlite(Read(database.ConnectionString, SqliteCacheMode.Private), IntakeCache, turns)
            : _create;
    }

    public NotifyDbContext CreateDbContext() => _create();

    /// <summary>For taking events in, one at a time.</summary>
    public NotifyDbContext CreateForIntake()
    {
        var context = _createForIntake();
        context.Database.AutoSavepointsEnabled = false;
        return context;
    }

    private static SqliteConnectionStringBuilder Read(string connectionString, SqliteCacheMode? cache = null)
    {
        try
        {
            var connection = new SqliteConnectionStringBuilder(connectionString);
            connection.Cache = cache ?? connection.Cache;
            return connection;
        }
        catch (ArgumentException e)
        {
            // Its text may stand in the exception: it is not repeated.
            throw new StartupException("ConnectionStrings:Notify cannot be read: check its form. For SQLite it is, for example: Data Source=data/notify.db", e);
        }
    }

    private static Func<NotifyDbContext> Sqlite(SqliteConnectionStringBuilder connection, int cache, SqliteWriteTurns turns)
    {
        SqliteNativeLibrary.Load();
        return Creator<SqliteNotifyDbContext>(
            new DbContextOptionsBuilder<SqliteNotifyDbContext>()
                // A parameter for each of a thousand values would make a statement of its own for each count of them.
                .UseSqlite(connection.ConnectionString, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
                .AddInterceptors(new SqlitePragmas(cache), turns)
                .Options,
            o => new(o));
    }

    private static Func<NotifyDbContext> Creator<TContext>(DbContextOptions<TContext> options, Func<DbContextOptions<TContext>, TContext> create)
        where TContext : NotifyDbContext => () => create(options);
}
