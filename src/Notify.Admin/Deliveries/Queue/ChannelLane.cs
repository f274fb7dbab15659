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
    internal const int CodeLength = 64;
    internal const int DetailLength = 1024;

    /// <summary>Kind and channel id in one number; see <see cref="IdOf"/>.</summary>
    public long Id { get; init; }

    public ChannelKind ChannelKind { get; init; }

    public int ChannelId { get; init; }

    /// <summary>When the lane next has something to do; null when nothing is open.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Grows whenever something is put into the lane. A worker that found nothing to do lets go only if it has not grown since it
    /// looked: otherwise a delivery committed in between would wait for nobody.</summary>
    public long Wakes { get; set; }

    /// <summary>Fences the outcomes: what a worker writes counts only while the lane still holds its token.</summary>
    public long? LeaseToken { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public ChannelCondition Condition { get; set; }

    /// <summary>The code of the last failure.</summary>
    public string? LastCode { get; set; }

    public string? LastDetail { get; set; }

    /// <summary>How many attempts in a row ended with <see cref="LastCode"/>.</summary>
    public int SameCodeCount { get; set; }

    /// <summary>Failed attempts in a row, of any code; sets the back-off.</summary>
    public int FailureCount { get; set; }

    /// <summary>Messages in a row that were refused for their content to the last event, none accepted between them.</summary>
    public int RefusedCount { get; set; }

    /// <summary>Nothing is tried before this moment after a transient failure.</summary>
    public DateTimeOffset? BackoffUntil { get; set; }

    /// <summary>The channel's revision when it came to need attention: an edit since then releases it.</summary>
    public int? AttentionRevision { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? LastSuccessAt { get; set; }

    public DateTimeOffset? LastFailureAt { get; set; }

    /// <summary>When the last event message was accepted: the interval runs from here.</summary>
    public DateTimeOffset? IntervalFrom { get; set; }

    public DateTimeOffset? LastTestAt { get; set; }

    public string? LastTestCode { get; set; }

    public bool? LastTestAccepted { get; set; }

    /// <summary>How many of its deliveries are sent, those that retention has removed included; see
    /// <see cref="DeliveryTotalsStore"/>.</summary>
    public long SentCount { get; set; }

    public long FailedCount { get; set; }

    public long GivenUpCount { get; set; }

    public long SkippedCount { get; set; }

    /// <summary>The schedule that <see cref="DrillAt"/> was planned for; null without drills.</summary>
    public string? DrillPlan { get; set; }

    /// <summary>When the next drill is due.</summary>
    public DateTimeOffset? DrillAt { get; set; }

    public DateTimeOffset? LastDrillAt { get; set; }

    public bool? LastDrillAccepted { get; set; }

    /// <summary>Somebody has acknowledged what a message tells of, and the message does not say so yet.</summary>
    public bool HasRevisions { get; set; }

    public ChannelKey Channel => new(ChannelKind, ChannelId);

    /// <summary>One number, so that SQL can name several lanes in one list.</summary>
    public static long IdOf(ChannelKey channel) => ((long)channel.Kind << 32) | (uint)channel.Id;
}
