using System.Globalization;
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
        foreach (var stored in await ListAsync(context, cancellationToken))
        {
            // What cannot be read is left as it is: a key that comes back opens it again.
            if (SecretProtector.KeyOf(ProtectedString.FromColumn(stored.Value)) != protector.CurrentKey() && TryRead(stored) is { } key)
            {
                var renewed = protector.Protect(Convert.ToHexString(key)).ToColumn();
                await context.ServerSettings.Where(s => s.Key == stored.Key && s.Value == stored.Value)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, renewed), cancellationToken);
            }
        }
    }

    public void Dispose() => _loading.Dispose();

    private async Task<byte[]> LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            return _key ??= await ReadOrMakeAsync(cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    // A start without the certificate of the key ring cannot read the key: it gets another one beside it, and the older is taken up again
    // once it can be read. Whatever cannot be read at one instance stays for the others.
    private async Task<byte[]> ReadOrMakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var stored = await ListAsync(context, cancellationToken);
            if (stored.Select(TryRead).FirstOrDefault(known => known is not null) is { } found)
            {
                return found;
            }

            var key = RandomNumberGenerator.GetBytes(32);
            var name = Enumerable.Range(1, stored.Count + 1).Select(NameOf).First(free => stored.All(row => row.Key != free));
            context.ServerSettings.Add(new ServerSetting { Key = name, Value = protector.Protect(Convert.ToHexString(key)).ToColumn() });
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return key;
            }
            catch (DbUpdateException e) when (StoreErrors.IsDuplicate(e))
            {
                // Another instance was first: its key is read.
            }
        }
    }

    /// <summary>The oldest first.</summary>
    private static async Task<IReadOnlyList<ServerSetting>> ListAsync(NotifyDbContext context, CancellationToken cancellationToken) =>
    [
        .. (await context.ServerSettings.AsNoTracking().Where(s => EF.Functions.Like(s.Key, $"{SettingKey}%"))
            .ToListAsync(cancellationToken)).OrderBy(row => row.Key.Length).ThenBy(row => row.Key, StringComparer.Ordinal),
    ];

    private static string NameOf(int number) => number == 1 ? SettingKey
        : string.Create(CultureInfo.InvariantCulture, $"{SettingKey}-{number}");

    private byte[]? TryRead(ServerSetting stored)
    {
        try
        {
            return Convert.FromHexString(protector.Unprotect(ProtectedString.FromColumn(stored.Value)));
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }
}
