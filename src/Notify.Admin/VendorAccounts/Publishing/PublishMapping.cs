using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

internal sealed class ChatbotLinkMapping : IEntityTypeConfiguration<ChatbotLink>
{
    public void Configure(EntityTypeBuilder<ChatbotLink> builder)
    {
        builder.ToTable("ChatbotLinks").HasKey(l => l.ChatbotId);
        builder.Property(l => l.ChatbotId).ValueGeneratedNever();
        builder.Property(l => l.Name).HasMaxLength(64);
        builder.Property(l => l.PublishedRobot).HasMaxLength(128);
        builder.Property(l => l.ReadCode).HasForeignLine(128);
        builder.HasOne<VendorAccount>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PublishRunMapping : IEntityTypeConfiguration<PublishRun>
{
    public void Configure(EntityTypeBuilder<PublishRun> builder)
    {
        builder.ToTable("PublishRuns");
        builder.Property(r => r.WantedRobot).HasMaxLength(128);
        builder.Property(r => r.By).HasMaxLength(256);
        builder.Property(r => r.Code).HasForeignLine(128);
        builder.Property(r => r.Detail).HasForeignLine(512);
        builder.Property(r => r.RequestId).HasForeignLine(128);
        builder.HasIndex(r => new { r.ChatbotId, r.Id });
        builder.HasIndex(r => r.State);
        builder.HasOne<VendorAccount>().WithMany().HasForeignKey(r => r.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
