using Notify.Admin.Background;
using Notify.Admin.Data;

namespace Notify.Admin.StoredSecrets;

/// <summary>After the key ring has got a new key, encrypts stored secrets with it, a few at a time, so that an old key can one day be taken
/// out of the ring. Whoever saves a secret meanwhile wins. Instances may do it at the same time.</summary>
internal sealed class SecretRenewal(
    StoredSecretStore store, SecretProtector protector, Fingerprints fingerprints, WorkRegister works, TimeProvider time,
    ILogger<SecretRenewal> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private const int AtOnce = 50;

    private static readonly WorkSchedule Schedule = new("secret-renewal", TimeSpan.FromMinutes(10)) { AtStart = true };
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private Guid _done;

    /// <summary>Renews what is not encrypted with the current key.</summary>
    /// <returns>How many were renewed.</returns>
    public async Task<int> RenewAsync(CancellationToken cancellationToken)
    {
        var current = protector.CurrentKey();
        var renewed = 0;
        await fingerprints.RenewAsync(cancellationToken);
        foreach (var batch in (await store.ListAsync(cancellationToken)).Where(secret => SecretProtector.KeyOf(secret.Value) != current)
            .Chunk(AtOnce))
        {
            if (renewed > 0)
            {
                await Task.Delay(Pause, Time, cancellationToken);
            }

            foreach (var secret in batch)
            {
                // What cannot be read any more is left as it is: a key that comes back opens it again.
                if (TryRead(secret.Value) is { } text
                    && await store.TryReplaceAsync(secret, new ProtectedString(protector.Protect(text).Ciphertext, secret.Value.LastFour),
                    cancellationToken))
                {
                    renewed++;
                }
            }
        }

        return renewed;
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        // Rounds end once one finds nothing left to encrypt with the current key.
        if (protector.CurrentKey() is var current && current != _done)
        {
            var renewed = await RenewAsync(stopping);
            _done = renewed == 0 ? current : _done;
            if (renewed > 0)
            {
                Logger.LogInformation("Encrypted {Count} stored secrets with the current key of the key ring", renewed);
            }
        }
    }

    private string? TryRead(ProtectedString secret)
    {
        try
        {
            return protector.Unprotect(secret);
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }
}
