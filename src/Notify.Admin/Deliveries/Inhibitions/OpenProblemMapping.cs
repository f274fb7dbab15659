using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

internal sealed class OpenProblemMapping : IEntityTypeConfiguration<OpenProblem>
{
    public void Configure(EntityTypeBuilder<OpenProblem> builder)
    {
        builder.ToTable("OpenProblems");
        builder.Property(p => p.Same).HasMaxLength(InhibitionSnapshot.SameLength);
        builder.Property(p => p.Problem).HasMaxLength(EventProblem.KeyLength);
        builder.Property(p => p.EventId).HasMaxLength(1024);
        builder.HasIndex(p => p.Same);
        builder.HasIndex(p => p.Problem);
        builder.HasIndex(p => p.Until);
    }
}
