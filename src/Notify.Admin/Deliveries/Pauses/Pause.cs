using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>What becomes of what comes while a channel is paused.</summary>
public enum PauseOutcome
{
    /// <summary>Held, and sent as one summary at the end.</summary>
    Summary = 0,

    /// <summary>Ended as skipped; the delivery says why.</summary>
    Drop = 1,
}

/// <summary>A time in which a channel is sent nothing: somebody snoozed it. Kept until another takes its place.</summary>
public sealed class Pause
{
    public const int MaxReasonLength = 200;

    public int Id { get; init; }

    public ChannelKind ChannelKind { get; init; }

    public int ChannelId { get; init; }

    public required string Reason { get; set; }

    public DateTimeOffset StartsAt { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    public PauseOutcome Outcome { get; set; }

    /// <summary>Critical events are sent all the same, and those that do not say how severe they are.</summary>
    public bool LetCriticalThrough { get; set; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; set; }

    public ChannelKey Channel => new(ChannelKind, ChannelId);
}
