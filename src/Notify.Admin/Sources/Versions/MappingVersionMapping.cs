using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notify.Admin.Sources;

internal sealed class MappingVersionMapping : IEntityTypeConfiguration<MappingVersion>
{
    public void Configure(EntityTypeBuilder<MappingVersion> builder)
    {
        builder.ToTable("MappingVersions");
        builder.Property(v => v.By).HasMaxLength(256);
        builder.Property(v => v.Note).HasMaxLength(MappingVersion.LongestNote);
        builder.HasOne<Source>().WithMany().HasForeignKey(v => v.SourceId).OnDelete(DeleteBehavior.Cascade);
    }
}
