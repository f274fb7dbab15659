using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notify.Admin.Data;

internal sealed class NamedLeaseMapping : IEntityTypeConfiguration<NamedLease>
{
    public void Configure(EntityTypeBuilder<NamedLease> builder)
    {
        builder.ToTable("NamedLeases").HasKey(lease => lease.Name);
        builder.Property(lease => lease.Name).HasMaxLength(32);
    }
}
