using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>An AccessKey pair for verifying one request's signature.</summary>
/// <param name="Secret">In the clear: for the signature check only.</param>
/// <param name="Actor">Its role is the person's role now.</param>
public sealed record AccessKey(int Id, string AccessKeyId, string Secret, Actor Actor)
{
    /// <summary>Printing an AccessKey never prints its secret.</summary>
    public override string ToString() => AccessKeyId;
}

/// <param name="Key">Set when accepted.</param>
/// <param name="RetryAfter">Set when throttled.</param>
public sealed record AccessKeyResult(KeyVerdict Verdict, AccessKey? Key = null, TimeSpan RetryAfter = default);

/// <summary>Looks AccessKey pairs up for signed requests. The caller verifies the signature, then calls <see cref="RefuseAsync"/> or
/// <see cref="TryUseNonceAsync"/>.</summary>
internal sealed class AccessKeyService(
    IKeyDirectory directory, KeyCache<KnownAccessKey> cache, KeyLimits limits, KeyUse use, SecretProtector protector, TimeProvider time)
{
    private const int LongestId = 64;

    /// <param name="address">From <see cref="ClientAddress"/>.</param>
    public async ValueTask<AccessKeyResult> FindAsync(string accessKeyId, string address, CancellationToken cancellationToken)
    {
        if (!limits.AdmitAddress(address, out var wait))
        {
            return new AccessKeyResult(KeyVerdict.Throttled, RetryAfter: wait);
        }

        if (!limits.MayGuess(address, out wait))
        {
            await directory.AddRefusalAsync(Refusal(null, null, address, "too many wrong keys"));
            return new AccessKeyResult(KeyVerdict.Throttled, RetryAfter: wait);
        }

        var known = accessKeyId.Length is 0 or > LongestId
            ? null
            : await cache.GetAsync(accessKeyId, token => directory.FindAccessKeyAsync(accessKeyId, token), cancellationToken);
        var reason = known switch
        {
            null => "unknown key",
            { IsRevoked: true } => "revoked",
            { Owner.IsDisabled: true } => "person disabled",
            { ExpiresAt: { } end } when end <= time.GetUtcNow() => "expired",
            _ => null,
        };
        if (reason is not null)
        {
            cache.Forget(accessKeyId);
            await RecordRefusalAsync(known, accessKeyId, address, reason);
            return new AccessKeyResult(KeyVerdict.Refused);
        }

        if (!limits.AdmitKey('a', known!.Id, out wait))
        {
            return new AccessKeyResult(KeyVerdict.Throttled, RetryAfter: wait);
        }

        try
        {
            return new AccessKeyResult(KeyVerdict.Accepted, new AccessKey(known.Id, known.AccessKeyId, protector.Unprotect(known.Secret),
                new Actor(known.Owner.UserId, known.Owner.Name, known.Owner.Role, $"{address} access key")));
        }
        catch (SecretUnreadableException)
        {
            // The key ring is lost: nothing can prove this pair any more, and its owner creates a new one.
            await RecordRefusalAsync(known, accessKeyId, address, "secret unreadable");
            return new AccessKeyResult(KeyVerdict.Refused);
        }
    }

    /// <summary>Counts and records a request whose signature was wrong or whose nonce had been used.</summary>
    /// <param name="reason">Language-free: <c>wrong signature</c>, <c>nonce used</c>.</param>
    public async Task RefuseAsync(AccessKey key, string address, string reason)
    {
        var known = new KnownAccessKey(key.Id, key.AccessKeyId, new ProtectedString("", ""), null, false,
            new KeyOwner(key.Actor.UserId ?? "", key.Actor.Name, key.Actor.Role, false));
        await RecordRefusalAsync(known, key.AccessKeyId, address, reason);
    }

    /// <summary>Takes the nonce of a request whose signature is right. It cannot be used again on any instance for 30 minutes.</summary>
    /// <returns>False when it has been used: the request is a replay.</returns>
    public async Task<bool> TryUseNonceAsync(AccessKey key, string nonce, CancellationToken cancellationToken)
    {
        if (!await directory.TryAddNonceAsync(key.AccessKeyId, nonce, cancellationToken))
        {
            return false;
        }

        use.MarkAccessKey(key.Id);
        return true;
    }

    private async Task RecordRefusalAsync(KnownAccessKey? known, string accessKeyId, string address, string reason)
    {
        limits.CountFailure(address);
        await directory.AddRefusalAsync(Refusal(known, known?.AccessKeyId ?? Shortened(accessKeyId), address, reason));
    }

    private static RefusedKey Refusal(KnownAccessKey? known, string? name, string address, string reason) => new(
        new Actor(known?.Owner.UserId, known?.Owner.Name ?? "anonymous", null, $"{address} access key"),
        "access-key", known?.Id, name, reason, ClientAddress.Network(address));

    // Somebody may have sent the secret by mistake: of an id that is not ours, only the beginning is kept.
    private static string? Shortened(string accessKeyId) => accessKeyId.Length <= 8 ? null : $"{accessKeyId[..4]}…";
}
