using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

internal sealed class VendorAccountMapping : IEntityTypeConfiguration<VendorAccount>
{
    public void Configure(EntityTypeBuilder<VendorAccount> builder)
    {
        builder.ToTable("VendorAccounts");
        builder.Property(a => a.Name).HasMaxLength(VendorAccountFormModel.MaxNameLength);
        builder.Property(a => a.Endpoint).HasMaxLength(256);
        builder.Property(a => a.AccessKeyId).HasMaxLength(VendorAccountFormModel.MaxKeyLength);
        builder.Property(a => a.CheckCode).HasForeignLine(128);
        builder.Property(a => a.CheckDetail).HasForeignLine(512);
        builder.Property(a => a.CheckRequestId).HasForeignLine(128);
        builder.Property(a => a.ChangedBy).HasMaxLength(256);
        builder.Property(a => a.Version).IsConcurrencyToken();
    }
}
