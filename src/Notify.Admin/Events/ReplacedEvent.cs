namespace Notify.Admin.Events;

/// <summary>Says of a stored event that others stand in its place: of a payload that could not be mapped, what it became later. Written in
/// the transaction that stores those, so an event is replaced once, whoever tries and however it ends.</summary>
public sealed class ReplacedEvent
{
    /// <summary>So many of the others are named.</summary>
    public const int MostIds = 20;

    public long EventRowId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The name of who had it done.</summary>
    public required string By { get; init; }

    /// <summary>How many events stand in its place; none where its source leaves out what it tells of.</summary>
    public int Count { get; init; }

    /// <summary>CloudEvents ids of the first of them, as a JSON array.</summary>
    public required string EventIds { get; init; }
}
