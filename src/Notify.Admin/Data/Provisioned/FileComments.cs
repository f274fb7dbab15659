namespace Notify.Admin.Data;

/// <summary>What people wrote beside the keys of configuration files, kept for the export; one row.</summary>
public sealed class FileComments
{
    public const int TheOnly = 1;

    public int Id { get; init; } = TheOnly;

    /// <summary>By the paths that they stand at.</summary>
    public required string Json { get; set; }
}
