using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>Lists passkeys, and remembers when one was used. Identity keeps everything else about them.</summary>
internal sealed class PasskeyStore(IDbContextFactory<NotifyDbContext> contexts, TimeProvider time)
{
    /// <summary>The column that Identity's entity does not have.</summary>
    public const string LastUsedAt = "LastUsedAt";

    /// <summary>The person's, newest first.</summary>
    public async Task<IReadOnlyList<PasskeyRow>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.UserPasskeys.AsNoTracking().Where(passkey => passkey.UserId == userId)
            .Select(passkey => new { Passkey = passkey, LastUsedAt = EF.Property<DateTimeOffset?>(passkey, LastUsedAt) })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderByDescending(row => row.Passkey.Data.CreatedAt).Select(row => new PasskeyRow(
                Base64Url.EncodeToString(row.Passkey.CredentialId), row.Passkey.Data.Name ?? "", row.Passkey.Data.CreatedAt,
                row.LastUsedAt)),
        ];
    }

    public async Task TouchAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.UserPasskeys.Where(passkey => passkey.CredentialId == credentialId)
            .ExecuteUpdateAsync(set => set.SetProperty(passkey => EF.Property<DateTimeOffset?>(passkey, LastUsedAt), now),
                cancellationToken);
    }
}
