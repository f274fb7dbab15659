using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>What a key may do.</summary>
public enum ApiKeyScope
{
    /// <summary><c>POST /api/events</c> only.</summary>
    Ingest = 1,

    /// <summary>Whatever its user's role may, read at each call.</summary>
    Full = 2,
}

/// <summary>A person's key for the HTTP API. Only its hash is stored; the key itself is shown once.</summary>
public sealed class ApiKey : IListed
{
    public int Id { get; init; }

    public required string UserId { get; init; }

    public required string Name { get; set; }

    public ApiKeyScope Scope { get; init; }

    /// <summary>SHA-256 of the key, as hex: the key is random and long, so a slow hash would add nothing.</summary>
    public required string Hash { get; init; }

    public required string LastFour { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <inheritdoc/>
    public string SortName { get => ListedText.ToSort(Name); private set => _ = value; }

    /// <inheritdoc/>
    public string SearchText { get => ListedText.ToSearch(Name); private set => _ = value; }
}
