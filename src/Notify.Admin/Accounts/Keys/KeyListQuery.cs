namespace Notify.Admin.Accounts;

/// <summary>Which API keys a list is narrowed to.</summary>
public enum KeyFilter
{
    All,
    Expired,
    NeverUsed,

    /// <summary>Of <see cref="ApiKeyScope.Ingest"/>.</summary>
    Ingest,

    /// <summary>Of <see cref="ApiKeyScope.Full"/>.</summary>
    Full,
}

/// <summary>What the list of API keys is sorted by.</summary>
public enum KeySort
{
    Name,
    Owner,
    LastUsed,
    Created,

    /// <summary>Ascending is what expires next; those that never do are last.</summary>
    Expires,
}

/// <summary>An API key of anybody, as the list of all shows it.</summary>
/// <param name="Owner">Their address.</param>
public sealed record OwnedApiKey(ApiKeyRow Key, string OwnerId, string Owner);
