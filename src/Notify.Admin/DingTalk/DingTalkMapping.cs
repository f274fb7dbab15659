using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.DingTalk;

internal sealed class DingTalkChatbotMapping : IEntityTypeConfiguration<DingTalkChatbot>
{
    public void Configure(EntityTypeBuilder<DingTalkChatbot> builder)
    {
        builder.ToTable("DingTalkChatbots");
        builder.Property(c => c.Name).HasMaxLength(64);
        builder.Property(c => c.WebhookBase).HasMaxLength(512);
        builder.Property(c => c.Fingerprint).HasMaxLength(64);
        builder.Property(c => c.Keyword).HasMaxLength(64);
        builder.Property(c => c.MentionMobiles).HasMaxLength(1024);
        builder.Property(c => c.ChangedBy).HasMaxLength(256);
        builder.Property(c => c.Layout).HasMaxLength(MessageLayout.MaxLength);
        builder.Property(c => c.RuleSets).HasMaxLength(RuleSetIds.ColumnLength);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Ignore(c => c.Host);
        builder.Property(channel => channel.Tags).HasMaxLength(ChannelTags.ColumnLength);
        builder.IsListed();
        builder.HasIndex(c => c.Fingerprint);
    }
}

internal sealed class AssetGroupMapping : IEntityTypeConfiguration<AssetGroup>
{
    public void Configure(EntityTypeBuilder<AssetGroup> builder)
    {
        builder.ToTable("AssetGroups");
        builder.Property(g => g.Id).ValueGeneratedNever();
        builder.Property(g => g.Name).HasMaxLength(128);
    }
}
