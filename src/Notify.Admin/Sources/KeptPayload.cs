namespace Notify.Admin.Sources;

/// <summary>One of a source's last payloads, without secrets, for whoever maps them.</summary>
public sealed class KeptPayload
{
    public long Id { get; init; }

    public int SourceId { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public string? ContentType { get; init; }

    /// <summary>A JSON object of the headers that mappings may read.</summary>
    public required string Headers { get; init; }

    public required string Body { get; init; }

    /// <summary>Whether the end of the body was left out.</summary>
    public bool IsCut { get; init; }

    public int Accepted { get; init; }

    public int Duplicates { get; init; }

    public int Unmapped { get; init; }

    /// <summary>What was wrong with it, as <see cref="StoredReasons"/> writes it; null where nothing was.</summary>
    public string? Problems { get; init; }
}
