using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Rules;

namespace Notify.Admin.Inhibitions;

internal sealed class InhibitionMapping : IEntityTypeConfiguration<Inhibition>
{
    public void Configure(EntityTypeBuilder<Inhibition> builder)
    {
        builder.ToTable("Inhibitions");
        builder.Property(i => i.Name).HasMaxLength(Inhibition.LongestName);
        builder.Property(i => i.Label).HasMaxLength(OwnRuleList.LongestValue);
        builder.Property(i => i.ChangedBy).HasMaxLength(256);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasIndex(i => i.Name).IsUnique();
    }
}
