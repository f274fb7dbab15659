using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Gives every store a context for the configured provider.</summary>
internal sealed class ProviderContextFactory : IDbContextFactory<NotifyDbContext>
{
    private readonly Func<NotifyDbContext> _create;

    public ProviderContextFactory(DatabaseOptions database)
    {
        _create = database.Provider switch
        {
            DatabaseProvider.Sqlite => Sqlite(database),
            DatabaseProvider.PostgreSql => Creator<PostgresNotifyDbContext>(
                new DbContextOptionsBuilder<PostgresNotifyDbContext>().UseNpgsql(database.ConnectionString).Options, o => new(o)),
            DatabaseProvider.SqlServer => Creator<SqlServerNotifyDbContext>(
                new DbContextOptionsBuilder<SqlServerNotifyDbContext>().UseSqlServer(database.ConnectionString).Options, o => new(o)),
        };
    }

    public NotifyDbContext CreateDbContext() => _create();

    private static Func<NotifyDbContext> Sqlite(DatabaseOptions database)
    {
        SqliteNativeLibrary.Load();
        return Creator<SqliteNotifyDbContext>(
            new DbContextOptionsBuilder<SqliteNotifyDbContext>()
                .UseSqlite(database.ConnectionString)
                .AddInterceptors(new SqlitePragmas())
                .Options,
            o => new(o));
    }

    private static Func<NotifyDbContext> Creator<TContext>(DbContextOptions<TContext> options, Func<DbContextOptions<TContext>, TContext> create)
        where TContext : NotifyDbContext => () => create(options);
}
