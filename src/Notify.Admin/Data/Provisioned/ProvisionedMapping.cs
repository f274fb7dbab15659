using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notify.Admin.Data;

internal sealed class ProvisionedFileMapping : IEntityTypeConfiguration<ProvisionedFile>
{
    public void Configure(EntityTypeBuilder<ProvisionedFile> builder)
    {
        builder.ToTable("ProvisionedFiles").HasKey(file => file.Name);
        builder.Property(file => file.Name).HasMaxLength(ProvisionedFile.LongestName);
        builder.Property(file => file.Hash).HasMaxLength(64);
        builder.Property(file => file.Problem).HasForeignLine(1000);
    }
}

internal sealed class FileCommentsMapping : IEntityTypeConfiguration<FileComments>
{
    public void Configure(EntityTypeBuilder<FileComments> builder)
    {
        builder.ToTable("FileComments");
        builder.Property(comments => comments.Id).ValueGeneratedNever();
    }
}

internal sealed class ProvisionedObjectMapping : IEntityTypeConfiguration<ProvisionedObject>
{
    public void Configure(EntityTypeBuilder<ProvisionedObject> builder)
    {
        builder.ToTable("ProvisionedObjects").HasKey(mark => new { mark.SubjectKind, mark.SubjectId });
        builder.Property(mark => mark.SubjectKind).HasMaxLength(64);
        builder.Property(mark => mark.SubjectId).HasMaxLength(64);
        builder.Property(mark => mark.File).HasMaxLength(ProvisionedFile.LongestName);
    }
}
