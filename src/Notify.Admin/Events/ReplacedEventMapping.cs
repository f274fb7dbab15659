using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Channels;

namespace Notify.Admin.Events;

internal sealed class ReplacedEventMapping : IEntityTypeConfiguration<ReplacedEvent>
{
    public void Configure(EntityTypeBuilder<ReplacedEvent> builder)
    {
        builder.ToTable("ReplacedEvents").HasKey(r => r.EventRowId);
        builder.Property(r => r.EventRowId).ValueGeneratedNever();
        builder.Property(r => r.By).HasMaxLength(256);
        builder.HasOne<IncomingEvent>().WithOne().HasForeignKey<ReplacedEvent>(r => r.EventRowId).OnDelete(DeleteBehavior.Cascade);
    }
}
