using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

internal sealed class ChannelLinkMapping : IEntityTypeConfiguration<ChannelLink>
{
    public void Configure(EntityTypeBuilder<ChannelLink> builder)
    {
        builder.ToTable("ChannelLinks").HasKey(l => new { l.Kind, l.ChannelId });
        builder.Ignore(l => l.Key);
        builder.Property(l => l.Name).HasMaxLength(64);
        builder.Property(l => l.PublishedSecret).HasMaxLength(128);
        builder.Property(l => l.ReadCode).HasForeignLine(128);
        builder.HasOne<VendorAccount>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PublishRunMapping : IEntityTypeConfiguration<PublishRun>
{
    public void Configure(EntityTypeBuilder<PublishRun> builder)
    {
        builder.ToTable("PublishRuns");
        builder.Ignore(r => r.Key);
        builder.Property(r => r.WantedSecret).HasMaxLength(128);
        builder.Property(r => r.Name).HasMaxLength(64);
        builder.Property(r => r.By).HasMaxLength(256);
        builder.Property(r => r.Code).HasForeignLine(128);
        builder.Property(r => r.Detail).HasForeignLine(512);
        builder.Property(r => r.RequestId).HasForeignLine(128);
        builder.HasIndex(r => new { r.Kind, r.ChannelId, r.Id });
        builder.HasIndex(r => r.State);
        builder.HasIndex(r => r.Batch);
        builder.HasOne<VendorAccount>().WithMany().HasForeignKey(r => r.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
