using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Where a delivery stands. Values below 10 are open, the others final; README.md beside this file draws the machine.</summary>
public enum DeliveryState
{
    /// <summary>Due now.</summary>
    Waiting = 1,

    /// <summary>In a message that is being sent.</summary>
    Sending = 2,

    /// <summary>Kept back: interval, quiet hours, a snooze, pacing, or a channel that needs attention.</summary>
    Held = 3,

    /// <summary>Failed for now; tried again when due.</summary>
    Retrying = 4,

    /// <summary>The vendor accepted a message that names the event.</summary>
    Sent = 10,

    /// <summary>This message can never be sent.</summary>
    Failed = 11,

    /// <summary>Not accepted within the retry horizon.</summary>
    GivenUp = 12,

    /// <summary>Not sent on purpose; the detail says why.</summary>
    Skipped = 13,
}

/// <summary>Why a delivery is held.</summary>
public enum HoldReason
{
    None = 0,
    Interval = 1,
    QuietHours = 2,
    Pacing = 3,
    NeedsAttention = 4,
    Snoozed = 5,
}

/// <summary>One event on its way to one channel; unique per event and channel however many rules match.</summary>
public sealed class Delivery
{
    public long Id { get; init; }

    public long EventRowId { get; init; }

    public ChannelKind ChannelKind { get; init; }

    public int ChannelId { get; init; }

    public DeliveryState State { get; set; }

    public HoldReason HoldReason { get; set; }

    /// <summary>Why it matched: <c>slackStop</c>, <c>rule 2</c>.</summary>
    public required string MatchReason { get; init; }

    /// <summary>Why it is in its state: the vendor's code, or ours (<c>channel_off</c>, <c>channel_deleted</c>).</summary>
    public string? Code { get; set; }

    /// <summary>Not before this moment, while open.</summary>
    public DateTimeOffset DueAt { get; set; }

    public Severity Severity { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>Start of the retry horizon; moved on by the time spent held.</summary>
    public DateTimeOffset? FirstAttemptAt { get; set; }

    /// <summary>Since when it is held; null otherwise.</summary>
    public DateTimeOffset? HeldSince { get; set; }

    /// <summary>The message that carries it now or carried it last.</summary>
    public long? MessageId { get; set; }

    /// <summary>The message that carried it was refused for its content, and it is not known for whose: it goes out next in a message of
    /// its own with at most so many of the same. Null otherwise.</summary>
    public int? MostTogether { get; set; }

    /// <summary>An attempt's outcome was never learned: the vendor may have this event already.</summary>
    public bool MayBeDuplicate { get; set; }

    /// <summary>The delivery that counts this one, which repeats it and so was skipped; null otherwise.</summary>
    public long? RepeatOf { get; set; }

    /// <summary>Who asked for it to be sent again; null when nobody did.</summary>
    public string? RequestedBy { get; set; }

    internal Delivery Copy() => (Delivery)MemberwiseClone();
}
