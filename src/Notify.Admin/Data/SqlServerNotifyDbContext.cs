using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Notify.Admin.Channels;

namespace Notify.Admin.Data;

/// <summary>The model on SqlServer; owns the migrations in <c>Migrations/SqlServer</c>.</summary>
public sealed class SqlServerNotifyDbContext(DbContextOptions<SqlServerNotifyDbContext> options) : NotifyDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Ordinal, so that a range of the index is a prefix.
        builder.Entity<IncomingEvent>().Property(e => e.EventIdHead)
            .HasComputedColumnSql($"LEFT([EventId], {IncomingEvent.HeadLength}) COLLATE Latin1_General_100_BIN2", stored: true);
    }
}

/// <summary>Lets <c>dotnet ef</c> build the model without a server.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerNotifyDbContext>
{
    public SqlServerNotifyDbContext CreateDbContext(string[] args)
    {
        return new(new DbContextOptionsBuilder<SqlServerNotifyDbContext>().UseSqlServer("Server=localhost").Options);
    }
}
