using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Data;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

internal sealed class SlackWorkspaceMapping : IEntityTypeConfiguration<SlackWorkspace>
{
    public void Configure(EntityTypeBuilder<SlackWorkspace> builder)
    {
        builder.ToTable("SlackWorkspaces");
        builder.Property(w => w.Name).HasMaxLength(64);
        builder.Property(w => w.TeamId).HasMaxLength(64);
        builder.Property(w => w.TeamName).HasForeignLine(256);
        builder.Property(w => w.Url).HasMaxLength(512);
        builder.Property(w => w.EnterpriseId).HasMaxLength(64);
        builder.Property(w => w.BotUserId).HasMaxLength(64);
        builder.Property(w => w.BotUserName).HasForeignLine(256);
        builder.Property(w => w.Scopes).HasForeignLine(4000);
        builder.Property(w => w.CheckCode).HasForeignLine(128);
        builder.Property(w => w.ConfigUserId).HasMaxLength(64);
        builder.Property(w => w.ConfigUserName).HasForeignLine(256);
        builder.Property(w => w.ConfigScopes).HasForeignLine(4000);
        builder.Property(w => w.PairReason).HasForeignLine(128);
        builder.Property(w => w.RotationCode).HasForeignLine(128);
        builder.Property(w => w.ChangedBy).HasMaxLength(256);
        builder.Property(w => w.Version).IsConcurrencyToken();
        builder.HasMany<SlackIntegration>().WithOne().HasForeignKey(integration => integration.WorkspaceId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SocketLinkMapping : IEntityTypeConfiguration<SocketLink>
{
    public void Configure(EntityTypeBuilder<SocketLink> builder)
    {
        builder.ToTable("SlackSocketLinks").HasKey(l => l.WorkspaceId);
        builder.Property(l => l.WorkspaceId).ValueGeneratedNever();
        builder.Property(l => l.Code).HasForeignLine(128);
        builder.Property(l => l.Detail).HasForeignLine(512);
        builder.HasOne<SlackWorkspace>().WithMany().HasForeignKey(l => l.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SlackPersonMapping : IEntityTypeConfiguration<SlackPerson>
{
    public void Configure(EntityTypeBuilder<SlackPerson> builder)
    {
        builder.ToTable("SlackPeople").HasKey(p => new { p.WorkspaceId, p.UserId });
        builder.Property(p => p.UserId).HasMaxLength(64);
        builder.Property(p => p.TeamId).HasMaxLength(64);
        builder.Property(p => p.Handle).HasForeignLine(256);
        builder.Property(p => p.RealName).HasForeignLine(256);
        builder.Property(p => p.DisplayName).HasForeignLine(256);
        builder.Property(p => p.Email).HasForeignLine(320);
        builder.HasOne<SlackWorkspace>().WithMany().HasForeignKey(p => p.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SlackTeamMapping : IEntityTypeConfiguration<SlackTeam>
{
    public void Configure(EntityTypeBuilder<SlackTeam> builder)
    {
        builder.ToTable("SlackTeams").HasKey(t => new { t.WorkspaceId, t.TeamId });
        builder.Property(t => t.TeamId).HasMaxLength(64);
        builder.Property(t => t.Name).HasMaxLength(256);
        builder.HasOne<SlackWorkspace>().WithMany().HasForeignKey(t => t.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DirectoryReadingMapping : IEntityTypeConfiguration<DirectoryReading>
{
    public void Configure(EntityTypeBuilder<DirectoryReading> builder)
    {
        builder.ToTable("SlackDirectoryReadings").HasKey(r => r.WorkspaceId);
        builder.Property(r => r.WorkspaceId).ValueGeneratedNever();
        builder.Property(r => r.TeamId).HasMaxLength(64);
        builder.Property(r => r.Cursor).HasMaxLength(DirectoryReading.MaxCursor);
        builder.Property(r => r.Code).HasForeignLine(128);
        builder.Property(r => r.Detail).HasForeignLine(512);
        builder.HasOne<SlackWorkspace>().WithMany().HasForeignKey(r => r.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }
}
