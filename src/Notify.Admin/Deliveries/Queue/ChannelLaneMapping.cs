using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

internal sealed class ChannelLaneMapping : IEntityTypeConfiguration<ChannelLane>
{
    public void Configure(EntityTypeBuilder<ChannelLane> builder)
    {
        builder.ToTable("ChannelLanes").HasKey(l => l.Id);
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Ignore(l => l.Channel);
        builder.Property(l => l.LastCode).HasForeignLine(ChannelLane.CodeLength);
        builder.Property(l => l.LastDetail).HasForeignLine(ChannelLane.DetailLength);
        builder.Property(l => l.LastTestCode).HasForeignLine(64);
        builder.Property(l => l.DrillPlan).HasMaxLength(128);
        builder.HasIndex(l => l.DueAt);
    }
}

internal sealed class RepeatCounterMapping : IEntityTypeConfiguration<RepeatCounter>
{
    public void Configure(EntityTypeBuilder<RepeatCounter> builder)
    {
        builder.ToTable("RepeatCounters").HasKey(c => new { c.LaneId, c.Key });
        builder.Property(c => c.Key).HasMaxLength(64);
        builder.HasIndex(c => c.Since);
    }
}

internal sealed class ChannelOutageMapping : IEntityTypeConfiguration<ChannelOutage>
{
    public void Configure(EntityTypeBuilder<ChannelOutage> builder)
    {
        builder.ToTable("ChannelOutages").HasKey(o => o.LaneId);
        builder.Property(o => o.LaneId).ValueGeneratedNever();
        builder.Ignore(o => o.Told);
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
