namespace Notify.Admin.Accounts;

/// <summary>A code that stands in for the authenticator app once. Its row goes with its use.</summary>
public sealed class RecoveryCode
{
    public int Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>SHA-256, as hex: the code has 80 random bits, so a slow hash would add nothing.</summary>
    public required string Hash { get; init; }
}
