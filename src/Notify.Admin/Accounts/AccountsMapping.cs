using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.LivePages;

namespace Notify.Admin.Accounts;

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.Property(k => k.UserId).HasMaxLength(450);
        builder.Property(k => k.Name).HasMaxLength(64);
        builder.Property(k => k.Hash).HasMaxLength(64);
        builder.Property(k => k.LastFour).HasMaxLength(4);
        builder.HasIndex(k => k.Hash).IsUnique();
        builder.IsListed();
        builder.HasOne<AdminUser>().WithMany().HasForeignKey(k => k.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccessKeyPairMapping : IEntityTypeConfiguration<AccessKeyPair>
{
    public void Configure(EntityTypeBuilder<AccessKeyPair> builder)
    {
        builder.ToTable("AccessKeyPairs");
        builder.Property(k => k.UserId).HasMaxLength(450);
        builder.Property(k => k.AccessKeyId).HasMaxLength(64);
        builder.HasIndex(k => k.AccessKeyId).IsUnique();
        builder.HasOne<AdminUser>().WithMany().HasForeignKey(k => k.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RequestNonceMapping : IEntityTypeConfiguration<RequestNonce>
{
    public void Configure(EntityTypeBuilder<RequestNonce> builder)
    {
        builder.ToTable("RequestNonces").HasKey(n => new { n.AccessKeyId, n.Nonce });
        builder.Property(n => n.AccessKeyId).HasMaxLength(64);
        builder.Property(n => n.Nonce).HasMaxLength(128);
        builder.HasIndex(n => n.ExpiresAt);
    }
}

internal sealed class FormDraftMapping : IEntityTypeConfiguration<FormDraft>
{
    public void Configure(EntityTypeBuilder<FormDraft> builder)
    {
        builder.ToTable("FormDrafts").HasKey(d => new { d.UserId, d.FormKey });
        builder.Property(d => d.FormKey).HasMaxLength(64);
        builder.HasOne<AdminUser>().WithMany().HasForeignKey(d => d.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PersonChoiceMapping : IEntityTypeConfiguration<PersonChoice>
{
    public void Configure(EntityTypeBuilder<PersonChoice> builder)
    {
        builder.ToTable("PersonChoices").HasKey(c => new { c.UserId, c.Name });
        builder.Property(c => c.Name).HasMaxLength(PersonChoiceService.LongestName);
        builder.Property(c => c.Value).HasMaxLength(PersonChoiceService.LongestValue);
        builder.HasOne<AdminUser>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AdminUserMapping : IEntityTypeConfiguration<AdminUser>
{
    public void Configure(EntityTypeBuilder<AdminUser> builder)
    {
        builder.Property(u => u.LastCodeStep).HasDefaultValue(0L);
        builder.Property(u => u.Language).HasMaxLength(16);
        builder.Property(u => u.TimeZone).HasMaxLength(64);
        builder.Property(u => u.Theme).HasMaxLength(16);
    }
}

internal sealed class RecoveryCodeMapping : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.Property(c => c.UserId).HasMaxLength(450);
        builder.Property(c => c.Hash).HasMaxLength(64);
        builder.HasIndex(c => new { c.UserId, c.Hash }).IsUnique();
        builder.HasOne<AdminUser>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PasskeyMapping : IEntityTypeConfiguration<IdentityUserPasskey<string>>
{
    // The longest that the standard allows: https://www.w3.org/TR/webauthn-3/#credential-id
    private const int LongestCredentialId = 1023;

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<string>> builder)
    {
        builder.ToTable("AspNetUserPasskeys").HasKey(p => p.CredentialId);
        builder.Property(p => p.CredentialId).HasMaxLength(LongestCredentialId);
        builder.Property(p => p.UserId).HasMaxLength(450).IsRequired();
        builder.Property<DateTimeOffset?>(PasskeyStore.LastUsedAt);
        builder.OwnsOne(p => p.Data).ToJson();
        builder.HasOne<AdminUser>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class UserSessionMapping : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("UserSessions");
        builder.Property(s => s.Id).HasMaxLength(32);
        builder.Property(s => s.UserId).HasMaxLength(450);
        builder.Property(s => s.Stamp).HasMaxLength(64);
        builder.Property(s => s.Method).HasMaxLength(32);
        builder.Property(s => s.Address).HasMaxLength(64);
        builder.Property(s => s.Browser).HasMaxLength(64);
        builder.HasOne<AdminUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
