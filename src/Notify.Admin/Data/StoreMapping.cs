using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notify.Admin.Data;

internal sealed class ChangeVersionMapping : IEntityTypeConfiguration<ChangeVersion>
{
    public void Configure(EntityTypeBuilder<ChangeVersion> builder)
    {
        builder.ToTable("ChangeVersions").HasKey(v => v.Area);
        builder.Property(v => v.Area).HasMaxLength(32);
        builder.HasData(ChangeAreas.All.Select(area => new ChangeVersion { Area = area, Version = 1 }));
    }
}

internal sealed class ServerSettingMapping : IEntityTypeConfiguration<ServerSetting>
{
    public void Configure(EntityTypeBuilder<ServerSetting> builder)
    {
        builder.ToTable("ServerSettings").HasKey(s => s.Key);
        builder.Property(s => s.Key).HasMaxLength(128);
        builder.Property(s => s.Value).HasMaxLength(4000);
    }
}

internal sealed class StoredKeyMapping : IEntityTypeConfiguration<StoredKey>
{
    public void Configure(EntityTypeBuilder<StoredKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.Property(k => k.FriendlyName).HasMaxLength(256);
    }
}
