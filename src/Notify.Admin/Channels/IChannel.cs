namespace Notify.Admin.Channels;

/// <summary>A kind of channel: finds its destinations, composes messages for the vendor and sends them. Tests, drills and deliveries
/// all go this way.</summary>
public interface IChannel
{
    ChannelKind Kind { get; }

    /// <summary>The channel's current destination, or null when it has been deleted.</summary>
    Task<Destination?> FindAsync(int id, CancellationToken cancellationToken);

    /// <summary>The same for the looks at lanes, which may be told what was read of the channel before.</summary>
    /// <param name="version">Of all channels, as it was read with the lane: nothing older is told.</param>
    Task<Destination?> FindAsync(int id, long version, CancellationToken cancellationToken) => FindAsync(id, cancellationToken);

    /// <summary>A channel of this kind that is not saved yet, with the pacing that it will have; it can be sent to by nobody.</summary>
    Destination Unsaved { get; }

    /// <summary>Id and name of every channel of this kind, ordered by name: for filters and lists.</summary>
    Task<IReadOnlyList<ChannelName>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The bodies to post. Every item is in exactly one of them; a digest that does not fit is continued.</summary>
    IReadOnlyList<ComposedMessage> Compose(Destination destination, ChannelMessage message);

    /// <summary>An event of the kind that the channel's first rule or switch asks for: what tests and drills tell while no event has
    /// matched.</summary>
    EventRecord Example(Destination destination, DateTimeOffset now);

    /// <summary>Posts one message. Never throws for anything the vendor or the network does; only for cancellation.</summary>
    Task<SendResult> SendAsync(Destination destination, ComposedMessage message, CancellationToken cancellationToken);

    /// <summary>What a vendor code means and how to mend it, in the current UI culture.</summary>
    CodeExplanation ExplainCode(string code, string? detail);

    /// <summary>What a vendor code of a failed attempt means for the channel.</summary>
    FailureKind FailureOf(string code);

    /// <summary>A <see cref="ChannelMatch.Reason"/> as a sentence in the current UI culture: "The switch for stopped scans is
    /// on".</summary>
    string DescribeMatch(string reason) => reason;
}

/// <summary>A channel as filters and lists name it.</summary>
public sealed record ChannelName(ChannelKey Key, string Name, bool IsOn)
{
    /// <summary>Why no event can reach it although it is on (no rule, every switch off), one sentence in the current UI culture; null when
    /// some can.</summary>
    public string? HearsNothing { get; init; }

    public DeliveryPolicy Policy { get; init; } = DeliveryPolicy.Off;

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What its messages show, as <see cref="MessageLayout"/> writes it.</summary>
    public string Layout { get; init; } = "";
}

/// <param name="Meaning">What happened, one sentence.</param>
/// <param name="Mend">What to do, one sentence.</param>
public sealed record CodeExplanation(string Meaning, string Mend);

/// <summary>What came of switching a channel on or off.</summary>
public enum SwitchOutcome
{
    Done,

    /// <summary>It was on, or off, already.</summary>
    WasSo,

    /// <summary>It has been deleted.</summary>
    Gone,
}
