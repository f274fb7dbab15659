using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notify.Admin.Audit;

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.Property(e => e.UserId).HasMaxLength(450);
        builder.Property(e => e.ActorName).HasMaxLength(256);
        builder.Property(e => e.Origin).HasMaxLength(128);
        builder.Property(e => e.Action).HasMaxLength(64);
        builder.Property(e => e.SubjectKind).HasMaxLength(64);
        builder.Property(e => e.SubjectId).HasMaxLength(450);
        builder.Property(e => e.SubjectName).HasMaxLength(256);
        builder.Property(e => e.Hash).HasMaxLength(64);
        builder.Property(e => e.RepeatKey).HasMaxLength(64);
        // Sealing a row whose repeats are counted at the same moment has to fail.
        builder.Property(e => e.Count).HasDefaultValue(1).IsConcurrencyToken();
        builder.HasIndex(e => e.Sequence).IsUnique();
        builder.HasIndex(e => e.RepeatKey).IsUnique();

        // Each answers one filter, or two at once, in the order of a list.
        builder.HasIndex(e => e.At);
        builder.HasIndex(e => new { e.Action, e.Id });
        builder.HasIndex(e => new { e.ActorName, e.Id });
        builder.HasIndex(e => new { e.ActorName, e.Action, e.Id });
        builder.HasIndex(e => new { e.SubjectKind, e.SubjectId, e.Id });
    }
}

internal sealed class AuditChainMapping : IEntityTypeConfiguration<AuditChain>
{
    public void Configure(EntityTypeBuilder<AuditChain> builder)
    {
        builder.ToTable("AuditChain");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Hash).HasMaxLength(64);
        builder.HasData(new AuditChain { Id = AuditChain.OnlyId, Sequence = 0, Hash = AuditChain.Beginning });
    }
}
