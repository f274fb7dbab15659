namespace Notify.Admin.Sources;

/// <summary>A mapping that a source was saved with.</summary>
public sealed class MappingVersion
{
    /// <summary>So many of a source are kept, the newest.</summary>
    public const int MostKept = 50;

    public const int LongestNote = 200;

    public long Id { get; init; }

    public int SourceId { get; set; }

    public DateTimeOffset At { get; init; }

    /// <summary>The name of who saved it.</summary>
    public required string By { get; init; }

    /// <summary>What they said about it.</summary>
    public string? Note { get; init; }

    /// <summary>Null for the kind's.</summary>
    public string? Mapping { get; init; }
}
