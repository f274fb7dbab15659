using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notify.Admin.Deliveries;

internal sealed class ChannelLaneMapping : IEntityTypeConfiguration<ChannelLane>
{
    public void Configure(EntityTypeBuilder<ChannelLane> builder)
    {
        builder.ToTable("ChannelLanes").HasKey(l => l.Id);
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Ignore(l => l.Channel);
        builder.Property(l => l.LastCode).HasMaxLength(64);
        builder.Property(l => l.LastDetail).HasMaxLength(1024);
        builder.Property(l => l.LastTestCode).HasMaxLength(64);
        builder.HasIndex(l => l.DueAt);
    }
}

internal sealed class PacingSlotMapping : IEntityTypeConfiguration<PacingSlot>
{
    public void Configure(EntityTypeBuilder<PacingSlot> builder)
    {
        builder.ToTable("PacingSlots");
        builder.Property(s => s.Fingerprint).HasMaxLength(64);
        builder.HasIndex(s => new { s.Fingerprint, s.At });
    }
}

internal sealed class PacingBudgetMapping : IEntityTypeConfiguration<PacingBudget>
{
    public void Configure(EntityTypeBuilder<PacingBudget> builder)
    {
        builder.ToTable("PacingBudgets").HasKey(p => p.Fingerprint);
        builder.Property(p => p.Fingerprint).HasMaxLength(64);
    }
}
