using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Data;

/// <summary>The model on Sqlite; owns the migrations in <c>Migrations/Sqlite</c>.</summary>
public sealed class SqliteNotifyDbContext(DbContextOptions<SqliteNotifyDbContext> options) : NotifyDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // SqliteEventKeys keeps the keys apart.
        var events = builder.Entity<IncomingEvent>().Metadata;
        events.RemoveIndex(events.FindIndex(events.FindProperty(nameof(IncomingEvent.Key))!)!);
        // The index by channel has two parts: see SqliteDeliveryParts. What does not name the column stands in the large one.
        var deliveries = builder.Entity<Delivery>();
        deliveries.Metadata.RemoveIndex(deliveries.HasIndex(d => new { d.ChannelKind, d.ChannelId, d.State, d.Id }).Metadata);
        deliveries.Property<bool>(DeliveryParts.Column).HasDefaultValue(false);
        deliveries.HasIndex(DeliveryParts.Column, nameof(Delivery.ChannelKind), nameof(Delivery.ChannelId), nameof(Delivery.State),
            nameof(Delivery.Id));
        builder.Entity<IncomingEvent>().Property(e => e.EventIdHead)
            .HasComputedColumnSql($"substr(\"EventId\", 1, {IncomingEvent.HeadLength})", stored: false);
    }
}

/// <summary>Lets <c>dotnet ef</c> build the model without a server.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteNotifyDbContext>
{
    public SqliteNotifyDbContext CreateDbContext(string[] args)
    {
        return new(new DbContextOptionsBuilder<SqliteNotifyDbContext>().UseSqlite("Data Source=design.db").Options);
    }
}
