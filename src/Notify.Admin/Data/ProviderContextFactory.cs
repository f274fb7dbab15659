using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Notify.Admin.Data;

/// <summary>Gives every store a context for the configured provider.</summary>
internal sealed class ProviderContextFactory : IDbContextFactory<NotifyDbContext>
{
    // There may be many connections, and the system caches the file as well; intake alone, which looks random keys up, profits from more.
    private const int Cache = 256;
    private const int IntakeCache = 16 * 1024;
    private const int IntakeTimeout = 5;
    private const int LaneCache = 16 * 1024;

    // A context is made of many parts, and a connection of SQLite's of more: used ones are kept for the next, so many at most.
    private const int KeptContexts = 32;

    /// <summary>The oldest SQL Server: 2019. Statements are made for it, and the start refuses a database that is set lower.</summary>
    public const int SqlServerLevel = 150;

    private static readonly StorableText Storable = new();
    private static readonly ProvisionedGuard Guard = new();
    private static readonly KeptCommands Commands = new();

    private readonly IInterceptor[] _also;

    private readonly Func<NotifyDbContext> _create;
    private readonly Func<NotifyDbContext> _createUnpooled;
    private readonly Func<NotifyDbContext> _createForIntake;
    private readonly Func<NotifyDbContext> _createForLanes;
    private readonly SqliteWriteTurns _turns = new();

    /// <param name="also">Whatever watches the statements besides.</param>
    public ProviderContextFactory(DatabaseOptions database, params IEnumerable<IInterceptor> also)
    {
        _also = [.. also];
        (_create, _createUnpooled) = database.Provider switch
        {
            DatabaseProvider.Sqlite => Sqlite(Read(database.ConnectionString), Cache),
            DatabaseProvider.PostgreSql => Pool(new DbContextOptionsBuilder<PostgresNotifyDbContext>()
                .UseNpgsql(PostgresConnection.Read(database.ConnectionString))
                .ReplaceService<IMigrationsSqlGenerator, PartitionedSqlGenerator>().AddInterceptors(new KeptPlans()),
                options => new PostgresNotifyDbContext(options)),
            DatabaseProvider.SqlServer =>
                Pool(new DbContextOptionsBuilder<SqlServerNotifyDbContext>()
                    .UseSqlServer(database.ConnectionString, server => server
                        .UseCompatibilityLevel(SqlServerLevel).ExecutionStrategy(dependencies => new SqlServerRetries(dependencies))),
                    options => new SqlServerNotifyDbContext(options)),
        };
        // Another connection string is another pool: its connections keep the larger cache to themselves.
        _createForIntake = database.Provider == DatabaseProvider.Sqlite
            ? Sqlite(Read(database.ConnectionString, SqliteCacheMode.Private), IntakeCache, isTemporaryInMemory: true)
                .Pooled : _create;
        _createForLanes = database.Provider == DatabaseProvider.Sqlite ? SqliteForLanes(Read(database.ConnectionString)) : _create;
    }

    /// <summary>Whether somebody who cannot wait long waits to write, with SQLite: whoever is writing makes it short.</summary>
    public bool IsWriterAwaited => _turns.IsAwaited;

    public NotifyDbContext CreateDbContext()
    {
        if (SharedTransaction.Current is { } shared)
        {
            // Another's connection must not go back into the pool with it.
            var joined = _createUnpooled();
            joined.IsJoined = true;
            joined.Database.SetDbConnection(shared.Connection);
            joined.Database.UseTransaction(shared.Transaction);
            return joined;
        }

        var context = _create();
        context.IsPatient = false;
        return context;
    }

    /// <summary>For taking events in, one at a time.</summary>
    public NotifyDbContext CreateForIntake()
    {
        var context = _createForIntake();
        context.Database.AutoSavepointsEnabled = false;
        return context;
    }

    /// <summary>For the workers of all lanes together, to be kept: its connection has a cache for what they write and look at.</summary>
    public NotifyDbContext CreateForLanes()
    {
        var context = _createForLanes();
        context.IsPatient = true;
        context.Database.AutoSavepointsEnabled = false;
        return context;
    }

    private static SqliteConnectionStringBuilder Read(string connectionString, SqliteCacheMode? cache = null)
    {
        try
        {
            var connection = new SqliteConnectionStringBuilder(connectionString);
            connection.Cache = cache ?? connection.Cache;
            if (cache is not null)
            {
                // Whoever posts events waits ten seconds at most.
                connection.DefaultTimeout = IntakeTimeout;
            }

            return connection;
        }
        catch (ArgumentException e)
        {
            // Its text may stand in the exception: it is not repeated.
            throw new StartupException("ConnectionStrings:Notify cannot be read: check its form. For SQLite it is, for example: Data Source=data/notify.db", e);
        }
    }

    // Closed it is gone, with its cache: whoever gives it up has found it broken, or has no use for it any more.
    private Func<NotifyDbContext> SqliteForLanes(SqliteConnectionStringBuilder connection)
    {
        connection.Pooling = false;
        return Sqlite(connection, LaneCache, isTemporaryInMemory: true).Unpooled;
    }

    private (Func<NotifyDbContext> Pooled, Func<NotifyDbContext> Unpooled) Sqlite(
        SqliteConnectionStringBuilder connection, int cache, bool isTemporaryInMemory = false)
    {
        return Pool(
            new DbContextOptionsBuilder<SqliteNotifyDbContext>()
                // A parameter for each of a thousand values would make a statement of its own for each count of them.
                .UseSqlite(connection.ConnectionString, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
                .AddInterceptors(new SqlitePragmas(cache, isTemporaryInMemory), Commands, _turns),
            options => new SqliteNotifyDbContext(options));
    }

    private (Func<NotifyDbContext> Pooled, Func<NotifyDbContext> Unpooled) Pool<TContext>(
        DbContextOptionsBuilder<TContext> builder, Func<DbContextOptions<TContext>, TContext> create)
        where TContext : NotifyDbContext
    {
        // A test compares the migrations with the model: at a store's first start it would take longer than the steps.
        var options = builder.AddInterceptors([Storable, Guard, .. _also])
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)).Options;
        return (new PooledDbContextFactory<TContext>(options, KeptContexts).CreateDbContext, () => create(options));
    }
}
