namespace Notify.Admin.Events;

/// <summary>With PostgreSQL, that an event is known. Its index is unique over all partitions of the events, and nothing but new events are
/// entered here.</summary>
internal sealed class StoredEventKey
{
    /// <summary>Of a SHA-256.</summary>
    public const int Length = 32;

    public required byte[] Key { get; init; }

    public long EventRowId { get; init; }
}
