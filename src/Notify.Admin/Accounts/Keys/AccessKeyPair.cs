using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>A person's AccessKey pair for the Security Center API. The secret must be readable to verify signatures, so it is encrypted,
/// not hashed.</summary>
public sealed class AccessKeyPair
{
    public int Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>The public half that requests carry.</summary>
    public required string AccessKeyId { get; init; }

    public required ProtectedString Secret { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A signature nonce that has been used; kept for 30 minutes so that a request cannot be replayed on any instance.</summary>
public sealed class RequestNonce
{
    public required string AccessKeyId { get; init; }

    public required string Nonce { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
