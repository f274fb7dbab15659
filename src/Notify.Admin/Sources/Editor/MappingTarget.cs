namespace Notify.Admin.Sources;

/// <summary>Where a picked path goes.</summary>
/// <param name="Name">For people.</param>
public sealed record MappingTarget(string Name, Action<string> Take)
{
    /// <summary>It wants the path in the whole payload.</summary>
    public bool IsWhole { get; init; }
}
