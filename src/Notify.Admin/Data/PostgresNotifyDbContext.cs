using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Notify.Admin.Data;

/// <summary>The model on PostgreSql; owns the migrations in <c>Migrations/Postgres</c>.</summary>
public sealed class PostgresNotifyDbContext(DbContextOptions<PostgresNotifyDbContext> options) : NotifyDbContext(options);

/// <summary>Lets <c>dotnet ef</c> build the model without a server.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresNotifyDbContext>
{
    public PostgresNotifyDbContext CreateDbContext(string[] args)
    {
        return new(new DbContextOptionsBuilder<PostgresNotifyDbContext>().UseNpgsql("Host=localhost").Options);
    }
}
