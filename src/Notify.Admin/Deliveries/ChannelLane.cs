using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>A channel's condition as delivery sees it.</summary>
public enum ChannelCondition
{
    Ok = 0,

    /// <summary>The last attempt failed for now; retries go on.</summary>
    Failing = 1,

    /// <summary>Nothing is sent until someone edits the channel or clicks "try again".</summary>
    NeedsAttention = 2,
}

/// <summary>One channel's queue and health: when it is next due, who works on it, and how sending went. A worker leases the lane, so no
/// delivery is worked on by two at once and one channel never delays another.</summary>
public sealed class ChannelLane
{
    public ChannelKind ChannelKind { get; init; }

    public int ChannelId { get; init; }

    /// <summary>When the lane next has something to do; null when nothing is open.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Fences the outcomes: what a worker writes counts only while the lane still holds its token.</summary>
    public Guid? LeaseToken { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public ChannelCondition Condition { get; set; }

    /// <summary>The code of the last failure.</summary>
    public string? LastCode { get; set; }

    public string? LastDetail { get; set; }

    /// <summary>How many attempts in a row ended with <see cref="LastCode"/>.</summary>
    public int SameCodeCount { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? LastSuccessAt { get; set; }

    public DateTimeOffset? LastFailureAt { get; set; }

    /// <summary>When the last event message was accepted: the interval runs from here.</summary>
    public DateTimeOffset? IntervalFrom { get; set; }

    public DateTimeOffset? LastTestAt { get; set; }

    public string? LastTestCode { get; set; }

    public bool? LastTestAccepted { get; set; }
}
