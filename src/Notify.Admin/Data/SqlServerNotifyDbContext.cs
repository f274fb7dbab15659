using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Notify.Admin.Data;

/// <summary>The model on SqlServer; owns the migrations in <c>Migrations/SqlServer</c>.</summary>
public sealed class SqlServerNotifyDbContext(DbContextOptions<SqlServerNotifyDbContext> options) : NotifyDbContext(options);

/// <summary>Lets <c>dotnet ef</c> build the model without a server.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerNotifyDbContext>
{
    public SqlServerNotifyDbContext CreateDbContext(string[] args)
    {
        return new(new DbContextOptionsBuilder<SqlServerNotifyDbContext>().UseSqlServer("Server=localhost").Options);
    }
}
