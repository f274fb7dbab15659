namespace Notify.Admin.Channels;

/// <summary>Why a message is sent.</summary>
public enum MessagePurpose
{
    /// <summary>One event.</summary>
    Event = 1,

    /// <summary>Several events in one message.</summary>
    Digest = 2,

    Test = 3,

    Drill = 4,

    /// <summary>An earlier message once more, changed where it stands: somebody has acknowledged what it tells of.</summary>
    Revision = 5,
}

/// <summary>One event to be told, with the delivery it fulfils.</summary>
/// <param name="ShortId">The delivery's short id, shown in the message so that a duplicate can be recognised.</param>
public sealed record MessageItem(long DeliveryId, string ShortId, EventRecord Event);

/// <summary>What to tell. A test or drill tells an event too, marked as what it is.</summary>
/// <param name="ShortId">Shown in the message: the delivery's short id, or that of the test or digest.</param>
public sealed record ChannelMessage(MessagePurpose Purpose, string ShortId, DateTimeOffset At, IReadOnlyList<MessageItem> Items)
{
    /// <summary>Who asked for a test or drill; shown in it.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>The message that this one follows, where the channel wants that; only with a single event.</summary>
    public EarlierMessage? Earlier { get; init; }

    /// <summary>The message that is to be changed into this one, whatever the channel wants of what follows; null for a message of its
    /// own.</summary>
    public EarlierMessage? Revised { get; init; }

    /// <summary>Who has taken on what it tells of; null until somebody has.</summary>
    public Acknowledged? Acknowledged { get; init; }

    /// <summary>That it is, or was, muted; null where nobody has.</summary>
    public Muted? Muted { get; init; }
}

/// <summary>Message <paramref name="Number"/> of <paramref name="Count"/>.</summary>
public readonly record struct PartOf(int Number, int Count);

/// <summary>One vendor request's body, and the deliveries whose event ids it names. A digest may need several parts.</summary>
/// <param name="Preview">The text as a person would read it, for the record and for previews.</param>
public sealed record ComposedMessage(string Body, string Preview, IReadOnlyList<long> DeliveryIds)
{
    /// <summary>How it follows the earlier message: <see cref="FollowUp.NewMessage"/> where it follows none.</summary>
    public FollowUp FollowUp { get; init; }
}
