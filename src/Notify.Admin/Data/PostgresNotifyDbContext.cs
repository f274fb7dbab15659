using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Notify.Admin.Channels;

namespace Notify.Admin.Data;

/// <summary>The model on PostgreSql; owns the migrations in <c>Migrations/Postgres</c>.</summary>
public sealed class PostgresNotifyDbContext(DbContextOptions<PostgresNotifyDbContext> options) : NotifyDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Ordinal, so that a range of the index is a prefix.
        builder.Entity<IncomingEvent>().Property(e => e.EventIdHead)
            .HasComputedColumnSql($"left(\"EventId\", {IncomingEvent.HeadLength})", stored: true).UseCollation("C");
    }
}

/// <summary>Lets <c>dotnet ef</c> build the model without a server.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresNotifyDbContext>
{
    public PostgresNotifyDbContext CreateDbContext(string[] args)
    {
        return new(new DbContextOptionsBuilder<PostgresNotifyDbContext>().UseNpgsql("Host=localhost").Options);
    }
}
