using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Keyed fingerprints: equal for equal secrets, and useless to whoever reads them without the key. The key is made once, and
/// stored protected, so that all instances make the same fingerprints.</summary>
internal sealed class Fingerprints(IDbContextFactory<NotifyDbContext> contexts, SecretProtector protector) : IDisposable
{
    private const string SettingKey = "fingerprint-key";

    private readonly SemaphoreSlim _loading = new(1, 1);
    private byte[]? _key;

    /// <returns>64 hexadecimal characters.</returns>
    public async ValueTask<string> OfAsync(string identity, CancellationToken cancellationToken)
    {
        var key = _key ?? await LoadAsync(cancellationToken);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(identity)));
    }

    /// <summary>Encrypts the key with the key ring's current one.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await context.ServerSettings.Where(s => s.Key == SettingKey).Select(s => s.Value)
            .SingleOrDefaultAsync(cancellationToken);
        if (stored is not null && ProtectedString.FromColumn(stored) is var secret
            && SecretProtector.KeyOf(secret) != protector.CurrentKey())
        {
            var renewed = protector.Protect(Convert.ToHexString(await ReadAsync(cancellationToken) ?? await MakeAsync(cancellationToken)))
                .ToColumn();
            await context.ServerSettings.Where(s => s.Key == SettingKey && s.Value == stored)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, renewed), cancellationToken);
        }
    }

    public void Dispose() => _loading.Dispose();

    private async Task<byte[]> LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            return _key ??= await ReadAsync(cancellationToken) ?? await MakeAsync(cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await context.ServerSettings.Where(s => s.Key == SettingKey).Select(s => s.Value)
            .SingleOrDefaultAsync(cancellationToken);
        if (stored is null)
        {
            return null;
        }

        try
        {
            return Convert.FromHexString(protector.Unprotect(ProtectedString.FromColumn(stored)));
        }
        catch (SecretUnreadableException)
        {
            // With the key ring every secret is lost too: each is entered again, and gets a new fingerprint then.
            await context.ServerSettings.Where(s => s.Key == SettingKey && s.Value == stored).ExecuteDeleteAsync(cancellationToken);
            return null;
        }
    }

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ServerSettings.Add(new ServerSetting { Key = SettingKey, Value = protector.Protect(Convert.ToHexString(key)).ToColumn() });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return key;
        }
        catch (DbUpdateException e) when (StoreErrors.IsDuplicate(e))
        {
            // Another instance was first.
            return await ReadAsync(cancellationToken)
                ?? throw new InvalidOperationException("The key for fingerprints can be neither read nor stored.");
        }
    }
}
