using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Channels;

namespace Notify.Admin.Events;

internal sealed class IncomingEventMapping : IEntityTypeConfiguration<IncomingEvent>
{
    public void Configure(EntityTypeBuilder<IncomingEvent> builder)
    {
        builder.ToTable("Events");
        builder.Property(e => e.Key).HasMaxLength(64);
        builder.Property(e => e.Source).HasMaxLength(1024);
        builder.Property(e => e.EventId).HasMaxLength(1024);
        builder.Property(e => e.Type).HasMaxLength(256);
        builder.Property(e => e.Title).HasMaxLength(512);
        builder.Property(e => e.Asset).HasMaxLength(512);
        builder.Property(e => e.GroupId).HasMaxLength(16);
        builder.Property(e => e.AlertType).HasMaxLength(32);
        builder.Property(e => e.ItemLevel).HasMaxLength(32);
        builder.Property(e => e.EventType).HasMaxLength(256);
        builder.Property(e => e.SubType).HasMaxLength(64);
        builder.Property(e => e.Necessity).HasMaxLength(32);
        builder.Property(e => e.EventIdHead).HasMaxLength(IncomingEvent.HeadLength);
        builder.Property(e => e.Inhibition).HasMaxLength(64);
        builder.Property(e => e.InhibitedBy).HasMaxLength(1024);
        builder.HasIndex(e => e.Key).IsUnique();
        // Finds an event by its id, or the beginning of it, among millions.
        builder.HasIndex(e => e.EventIdHead);
        // Finds where a time begins, and counts events and matches per hour without reading the rows.
        builder.HasIndex(e => new { e.ReceivedAt, e.MatchCount });
        // Find the last event that is about the same problem, or has the same title and asset: see EarlierEvents.
        builder.HasIndex(e => new { e.ProblemMark, e.Id }).HasFilter("\"ProblemMark\" IS NOT NULL");
        builder.HasIndex(e => new { e.TitleMark, e.Id }).HasFilter("\"TitleMark\" IS NOT NULL");
        // Counts and finds what sources could not map. It holds nothing of other events, which are nearly all.
        builder.HasIndex(e => new { e.SourceId, e.Id }).HasFilter($"\"Type\" = '{UnmappedEvent.Type}'");
    }
}
