using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notify.Admin.Sources;

internal sealed class SourcePollMapping : IEntityTypeConfiguration<SourcePoll>
{
    public void Configure(EntityTypeBuilder<SourcePoll> builder)
    {
        builder.ToTable("SourcePolls").HasKey(p => new { p.SourceId, p.Type });
        builder.Property(p => p.Type).HasMaxLength(32);
        builder.Property(p => p.Trouble).HasMaxLength(SourceMapping.LongestRefusal);
        builder.Property(p => p.PausedFor).HasMaxLength(64);
        builder.HasOne<Source>().WithMany().HasForeignKey(p => p.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}
