namespace Notify.Admin.Data;

/// <summary>A configuration file of the directory that the product applies by itself, as it was last looked at.</summary>
public sealed class ProvisionedFile
{
    public const int LongestName = 200;

    /// <summary>Without its folder.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of what it held, as hex: it is looked at again when this is another.</summary>
    public required string Hash { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>What it names may be changed here, too.</summary>
    public bool IsEditable { get; set; }

    /// <summary>The first thing that is wrong with it, for people; null where it was applied.</summary>
    public string? Problem { get; set; }

    /// <summary>How many things are wrong with it.</summary>
    public int Problems { get; set; }
}

/// <summary>That a thing comes from such a file, named as the audit trail names it.</summary>
public sealed class ProvisionedObject
{
    public required string SubjectKind { get; init; }

    public required string SubjectId { get; init; }

    public required string File { get; set; }

    public bool IsEditable { get; set; }
}
