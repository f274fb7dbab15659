using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>Where keys are looked up; implemented by the feature that owns people and keys.</summary>
public interface IKeyDirectory
{
    /// <param name="hash">SHA-256 of the key, as upper-case hex.</param>
    Task<KnownApiKey?> FindApiKeyAsync(string hash, CancellationToken cancellationToken);

    Task<KnownAccessKey?> FindAccessKeyAsync(string accessKeyId, CancellationToken cancellationToken);

    /// <summary>Remembers a nonce for 30 minutes.</summary>
    /// <returns>False when it has been used before, on any instance.</returns>
    Task<bool> TryAddNonceAsync(string accessKeyId, string nonce, CancellationToken cancellationToken);

    Task RemoveOldNoncesAsync(CancellationToken cancellationToken);

    /// <summary>Records when keys were last used, by row id.</summary>
    Task SaveLastUsedAsync(
        IReadOnlyDictionary<int, DateTimeOffset> apiKeys, IReadOnlyDictionary<int, DateTimeOffset> accessKeys,
        CancellationToken cancellationToken);

    /// <summary>Records that a key was refused, or counts it where the same was recorded in this minute; to the end, also when the caller
    /// has gone.</summary>
    Task AddRefusalAsync(RefusedKey refusal);
}

/// <summary>A key that was refused.</summary>
/// <param name="Actor">The key's owner without a role; anonymous where the key is unknown.</param>
/// <param name="Kind">As the audit trail calls it: <c>api-key</c> or <c>access-key</c>.</param>
/// <param name="Reason">Language-free: <c>expired</c>, <c>wrong signature</c>.</param>
/// <param name="Network">Where from, as limits count it.</param>
public sealed record RefusedKey(Actor Actor, string Kind, int? KeyId, string? KeyName, string Reason, string Network);

/// <summary>The person a key belongs to, as they are now.</summary>
/// <param name="Role">One of the roles; null where the person has none.</param>
public sealed record KeyOwner(string UserId, string Name, string? Role, bool IsDisabled);

/// <summary>An API key with its owner.</summary>
/// <param name="IsFull">False: only <c>POST /api/events</c>.</param>
public sealed record KnownApiKey(int Id, string Name, bool IsFull, DateTimeOffset? ExpiresAt, bool IsRevoked, KeyOwner Owner);

/// <summary>An AccessKey pair with its owner.</summary>
public sealed record KnownAccessKey(int Id, string AccessKeyId, ProtectedString Secret, DateTimeOffset? ExpiresAt, bool IsRevoked,
    KeyOwner Owner);
