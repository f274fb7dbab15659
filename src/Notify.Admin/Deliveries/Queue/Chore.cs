namespace Notify.Admin.Deliveries;

/// <summary>Background work that one instance at a time does.</summary>
public sealed class Chore
{
    public required string Name { get; init; }

    /// <summary>Nobody else begins before this.</summary>
    public DateTimeOffset TakenUntil { get; set; }
}
