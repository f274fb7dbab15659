using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>A message about to be sent: the body, and the deliveries it carries.</summary>
/// <param name="MessageId">The row of an earlier attempt at this message; null for a new one.</param>
/// <param name="Refused">The message of which this one is a part; null for what was not refused.</param>
internal sealed record Outgoing(
    MessagePurpose Purpose,
    string ShortId,
    ComposedMessage Composed,
    IReadOnlyList<Delivery> Deliveries,
    PartOf Part,
    long? MessageId = null,
    RefusedMessage? Refused = null)
{
    public Following Following { get; init; }

    /// <summary>What this one changes because it was acknowledged or muted.</summary>
    public Revision? Revises { get; init; }

    /// <summary>The problems that a digest tells of, where they might be followed.</summary>
    public IReadOnlyList<string> Together { get; init; } = [];
}

/// <summary>A message that was refused for its content, and how many of its events now go together.</summary>
internal sealed record RefusedMessage(long MessageId, int MostTogether);

/// <summary>Which open deliveries a look asks for.</summary>
/// <param name="Severities">Leaves others out.</param>
/// <param name="Newest">Leaves out what is new with a higher id than this one, which was not looked at for repeats yet.</param>
/// <param name="OnlyBegun">Only what was in a message before.</param>
internal readonly record struct Wanted(SeverityRange Severities, long Newest, bool OnlyBegun)
{
    public bool IsEverything => Severities == SeverityRange.All && Newest == long.MaxValue && !OnlyBegun;
}

/// <summary>What a look found, most severe first, with the channel's budget.</summary>
/// <param name="FreeAt">When there is budget again, where none is free.</param>
/// <param name="IsAll">Nothing else of the lane was open then.</param>
/// <param name="Versions">Of channels and of pauses, when these deliveries were there; null where none was.</param>
internal sealed record Seen(
    IReadOnlyList<Candidate> Candidates, int Free, DateTimeOffset FreeAt, bool IsAll, (long Channels, long Pauses)? Versions = null);

/// <summary>From the least to the most severe, both included.</summary>
/// <param name="AndNotStated">Events that do not say how severe they are belong to it too.</param>
internal readonly record struct SeverityRange(Severity Least, Severity Most, bool AndNotStated = false)
{
    public static readonly SeverityRange All = new(Severity.NotStated, Severity.Critical);

    /// <summary>What quiet hours hold that let critical events through: only what says that it is less.</summary>
    public static readonly SeverityRange LessThanCritical = new(Severity.Informative, Severity.High);

    /// <summary>What they let through.</summary>
    public static readonly SeverityRange CriticalOrNotStated = new(Severity.Critical, Severity.Critical, AndNotStated: true);

    public bool Contains(Severity severity) =>
        (severity >= Least && severity <= Most) || (AndNotStated && severity == Severity.NotStated);
}

/// <summary>A message whose rows are committed: it may now be sent.</summary>
internal sealed record Begun(Outgoing Outgoing, Message Message, Attempt Attempt)
{
    /// <summary>The store has given the message and the attempt their ids.</summary>
    public void Name(long messageId, long attemptId)
    {
        Message.Id = messageId;
        (Attempt.MessageId, Attempt.Id) = (messageId, attemptId);
        foreach (var delivery in Outgoing.Deliveries)
        {
            delivery.MessageId = messageId;
        }
    }
}

/// <summary>What came of a begun message; a null result means that it was not sent after all.</summary>
internal sealed record Ended(Begun Begun, SendResult? Result);

/// <summary>The lane's lease is somebody else's now: what was done under it is void.</summary>
internal sealed class LeaseLostException() : Exception("The lane is leased by another worker.");
