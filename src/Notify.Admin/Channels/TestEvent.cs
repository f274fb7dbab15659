namespace Notify.Admin.Channels;

/// <summary>Which event the message of a test tells: a test shows what real messages need only when it is composed like one.</summary>
public readonly record struct TestChoice
{
    /// <summary>The newest event that matched the channel, else an example.</summary>
    public static readonly TestChoice Newest;

    /// <summary>An example of the kind that the channel's first rule or switch asks for.</summary>
    public static readonly TestChoice Example = new() { IsExample = true };

    public bool IsExample { get; private init; }

    /// <summary>The row of a stored event; null where none was chosen.</summary>
    public long? RowId { get; private init; }

    /// <summary>An event that is in no store; null where none was given.</summary>
    public EventRecord? Event { get; private init; }

    /// <summary>An event that is in no store.</summary>
    public static TestChoice Of(EventRecord record) => new() { Event = record };

    /// <summary>A stored event; an example where it has been deleted since.</summary>
    public static TestChoice Stored(long rowId) => new() { RowId = rowId };
}

/// <summary>A stored event that a test may tell.</summary>
/// <param name="Title">Its title, or what it is called without one.</param>
/// <param name="Matched">It matched the channel; otherwise it is among the newest of all.</param>
public sealed record TestEvent(long RowId, string Title, Severity Severity, DateTimeOffset ReceivedAt, bool Matched);
