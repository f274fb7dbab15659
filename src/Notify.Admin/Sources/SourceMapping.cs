using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Data;

namespace Notify.Admin.Sources;

internal sealed class SourceMapping : IEntityTypeConfiguration<Source>, IEntityTypeConfiguration<KeptPayload>
{
    public const int LongestRefusal = 1000;

    public void Configure(EntityTypeBuilder<Source> builder)
    {
        builder.ToTable("Sources");
        builder.Property(s => s.Name).HasMaxLength(SourceDraft.LongestName);
        builder.Property(s => s.Kind).HasMaxLength(64);
        builder.Property(s => s.KeyHash).HasMaxLength(64);
        builder.Property(s => s.KeyLastFour).HasMaxLength(4);
        builder.Property(s => s.PreviousKeyHash).HasMaxLength(64);
        builder.Property(s => s.SignatureHeader).HasMaxLength(64);
        builder.Property(s => s.AllowedAddresses).HasMaxLength(AllowedAddresses.LongestText);
        builder.Property(s => s.Channels).HasMaxLength(4000);
        builder.Property(s => s.Polls).HasMaxLength(256);
        builder.Property(s => s.PollLanguage).HasMaxLength(8);
        builder.Property(s => s.LastRefusal).HasMaxLength(LongestRefusal);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.HasIndex(s => s.KeyHash).IsUnique();
        builder.IsListed();
    }

    public void Configure(EntityTypeBuilder<KeptPayload> builder)
    {
        builder.ToTable("KeptPayloads");
        builder.Property(p => p.ContentType).HasMaxLength(256);
        builder.HasOne<Source>().WithMany().HasForeignKey(p => p.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}
