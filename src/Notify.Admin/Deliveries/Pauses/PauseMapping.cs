using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Channels;

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

internal sealed class ProblemMuteMapping : IEntityTypeConfiguration<ProblemMute>
{
    public void Configure(EntityTypeBuilder<ProblemMute> builder)
    {
        builder.ToTable("ProblemMutes").HasKey(m => m.Id);
        builder.Ignore(m => m.Channel);
        builder.Property(m => m.Problem).HasMaxLength(EventProblem.KeyLength);
        builder.Property(m => m.Title).HasMaxLength(ProblemMute.TitleLength);
        builder.Property(m => m.By).HasMaxLength(256);
        builder.HasIndex(m => new { m.ChannelKind, m.ChannelId, m.Problem }).IsUnique();
    }
}

internal sealed class MaintenanceWindowMapping : IEntityTypeConfiguration<MaintenanceWindow>
{
    public void Configure(EntityTypeBuilder<MaintenanceWindow> builder)
    {
        builder.ToTable("MaintenanceWindows").HasKey(w => w.Id);
        builder.Ignore(w => w.IsWeekly);
        builder.Property(w => w.Tag).HasMaxLength(ChannelTags.MostLength * 2);
        builder.Property(w => w.Reason).HasMaxLength(Pause.MaxReasonLength * 4);
        builder.Property(w => w.WeeklyIn).HasMaxLength(100);
        builder.Property(w => w.By).HasMaxLength(256);
    }
}
