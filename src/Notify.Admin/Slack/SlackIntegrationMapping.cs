using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Slack;

internal sealed class SlackIntegrationMapping : IEntityTypeConfiguration<SlackIntegration>
{
    public void Configure(EntityTypeBuilder<SlackIntegration> builder)
    {
        builder.ToTable("SlackIntegrations");
        builder.Property(s => s.Name).HasMaxLength(64);
        builder.Property(s => s.ChannelId).HasMaxLength(64);
        builder.Property(s => s.ChannelName).HasForeignLine(128);
        builder.Property(s => s.ChangedBy).HasMaxLength(256);
        builder.Property(s => s.MentionIds).HasMaxLength(SlackIntegrationFormModel.MaxMentionIds);
        builder.Property(s => s.Layout).HasMaxLength(MessageLayout.MaxLength);
        builder.Property(s => s.RuleSets).HasMaxLength(RuleSetIds.ColumnLength);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.Property(channel => channel.Tags).HasMaxLength(ChannelTags.ColumnLength);
        builder.IsListed();
        builder.HasIndex(s => s.ChannelId).IsUnique();
    }
}
