namespace Notify.Admin.Data;

/// <summary>Background work that one instance at a time does.</summary>
public sealed class NamedLease : ILeased
{
    public required string Name { get; init; }

    public long? LeaseToken { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }
}
