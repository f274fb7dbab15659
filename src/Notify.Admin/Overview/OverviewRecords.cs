using Notify.Admin.Channels;

namespace Notify.Admin.Overview;

/// <summary>What became of the deliveries made in some time.</summary>
public readonly record struct Outcomes(long Sent, long Failed, long Open)
{
    public static Outcomes Of(HourOfSending hour) => new(hour.Sent, hour.Failed, hour.Open);

    public static Outcomes operator +(Outcomes a, Outcomes b) => new(a.Sent + b.Sent, a.Failed + b.Failed, a.Open + b.Open);
}

/// <summary>One hour of the flow, or all of them.</summary>
public readonly record struct FlowHour(long Events, long Matched, Outcomes Outcomes);

/// <summary>Why a row of "Needs attention" is there.</summary>
public enum NeedKind
{
    /// <summary>Nothing is sent until somebody acts.</summary>
    Attention,

    /// <summary>Has failed for a while; retries go on.</summary>
    Failing,

    /// <summary>Deliveries failed or were given up.</summary>
    Undelivered,

    /// <summary>No event can reach it.</summary>
    HearsNothing,
}

/// <summary>One thing to do something about.</summary>
/// <param name="Name">Null for a channel that has been deleted.</param>
/// <param name="Count">Waiting or undelivered deliveries.</param>
/// <param name="Text">Cause and mend, in the current UI culture.</param>
public sealed record Need(NeedKind Kind, ChannelKey Channel, string? Name, long Count, string? Code, string? Text, DateTimeOffset? Since);

/// <summary>A channel's line.</summary>
/// <param name="Health">Null when nothing was ever sent to it.</param>
/// <param name="Hours">24, oldest first.</param>
public sealed record ChannelLine(ChannelName Channel, ChannelHealth? Health, IReadOnlyList<HourOfSending> Hours);

/// <summary>What has been done of the first four steps.</summary>
public sealed record FirstSteps(bool HasChannel, bool HasTested, bool HasEvent, bool HasArrived)
{
    public bool AllDone => HasChannel && HasTested && HasEvent && HasArrived;
}

/// <summary>Everything the first page shows.</summary>
/// <param name="Others">What needs people beside the channels.</param>
/// <param name="Hours">24, oldest first.</param>
public sealed record OverviewPicture(
    IReadOnlyList<Need> Needs,
    IReadOnlyList<Attention> Others,
    DateTimeOffset? LastSuccessAt,
    IReadOnlyList<FlowHour> Hours,
    IReadOnlyList<ChannelLine> Channels,
    FirstSteps Steps);
