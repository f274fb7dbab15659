using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notify.Admin.Deliveries;

internal sealed class PauseMapping : IEntityTypeConfiguration<Pause>
{
    public void Configure(EntityTypeBuilder<Pause> builder)
    {
        builder.ToTable("Pauses").HasKey(p => p.Id);
        builder.Ignore(p => p.Channel);
        // A character as people see it may take several code units.
        builder.Property(p => p.Reason).HasMaxLength(Pause.MaxReasonLength * 4);
        builder.Property(p => p.By).HasMaxLength(256);
        builder.HasIndex(p => new { p.ChannelKind, p.ChannelId }).IsUnique();
    }
}
