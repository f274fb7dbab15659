using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;

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
        Partition(builder.Entity<IncomingEvent>().Property(e => e.Id));
        Partition(builder.Entity<Delivery>().Property(d => d.Id));
        Partition(builder.Entity<Message>().Property(m => m.Id));
        Partition(builder.Entity<Attempt>().Property(a => a.Id));
        builder.Entity<MessageDelivery>().IsPartitionedBy(nameof(MessageDelivery.DeliveryId));
        // A key is unique in all partitions, so it has a table of its own.
        builder.Entity<IncomingEvent>().Metadata.RemoveIndex(builder.Entity<IncomingEvent>().HasIndex(e => e.Key).Metadata);
        builder.Entity<StoredEventKey>(key =>
        {
            key.ToTable("EventKeys").HasKey(k => k.Key);
            key.Property(k => k.Key).HasMaxLength(StoredEventKey.Length);
            key.HasOne<IncomingEvent>().WithMany().HasForeignKey(k => k.EventRowId).OnDelete(DeleteBehavior.Cascade);
        });

        void Partition(PropertyBuilder<long> id)
        {
            NpgsqlPropertyBuilderExtensions.UseSequence(id, PartitionedTables.Ids);
            builder.Entity(id.Metadata.DeclaringType.ClrType).IsPartitionedBy(id.Metadata.Name);
        }
    }
}

/// <summary>Lets <c>dotnet ef</c> build the model without a server.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresNotifyDbContext>
{
    public PostgresNotifyDbContext CreateDbContext(string[] args)
    {
        return new(new DbContextOptionsBuilder<PostgresNotifyDbContext>().UseNpgsql("Host=localhost")
            .ReplaceService<IMigrationsSqlGenerator, PartitionedSqlGenerator>().Options);
    }
}
