using Notify.Admin.Api;

namespace Notify.Admin.Sources;

/// <param name="Key">In its address: shown once, it cannot be read again. Null when refused.</param>
internal sealed record NewSource(IReadOnlyList<FieldProblem> Problems, Source? Source = null, string? Key = null)
{
    /// <summary>Printing it does not print the key.</summary>
    public override string ToString() => Source?.Name ?? "refused";
}

/// <param name="Source">Null where there is none with that id.</param>
/// <param name="IsOutdated">Somebody else changed it first, and it was to be changed as it stood before.</param>
internal sealed record SourceChange(IReadOnlyList<FieldProblem> Problems, Source? Source = null, bool IsOutdated = false);

internal enum SourceDeletion
{
    Done = 1,

    /// <summary>It is not there.</summary>
    Gone = 2,

    /// <summary>It is another than the caller has read.</summary>
    Outdated = 3,
}
