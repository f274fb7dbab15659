using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Notify.Admin.Data;

/// <summary>The model on Sqlite; owns the migrations in <c>Migrations/Sqlite</c>.</summary>
public sealed class SqliteNotifyDbContext(DbContextOptions<SqliteNotifyDbContext> options) : NotifyDbContext(options);

/// <summary>Lets <c>dotnet ef</c> build the model without a server.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteNotifyDbContext>
{
    public SqliteNotifyDbContext CreateDbContext(string[] args)
    {
        SqliteNativeLibrary.Load();
        return new(new DbContextOptionsBuilder<SqliteNotifyDbContext>().UseSqlite("Data Source=design.db").Options);
    }
}
