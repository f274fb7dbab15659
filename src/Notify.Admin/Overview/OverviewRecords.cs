using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Shared;

namespace Notify.Admin.Overview;

/// <summary>One step of the time that is looked at.</summary>
/// <param name="Events">How many came in, by severity.</param>
public sealed record FlowStep(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyDictionary<Severity, long> Events, long Matched, Outcomes Outcomes);

/// <summary>What is wrong.</summary>
public enum ProblemKind
{
    /// <summary>Nothing is sent until somebody acts.</summary>
    Attention,

    /// <summary>Has failed for a while; retries go on.</summary>
    Failing,

    /// <summary>Deliveries failed or expired.</summary>
    Undelivered,

    /// <summary>No event can reach it.</summary>
    Unreachable,
}

/// <summary>What is wrong for the same cause, with every channel that it concerns.</summary>
/// <param name="Code">The vendor's, or ours; null where the cause has none.</param>
/// <param name="Text">Cause and fix, in the current UI culture.</param>
/// <param name="Count">Waiting or undelivered deliveries, of all the channels.</param>
/// <param name="Channels">Those with the most deliveries first.</param>
public sealed record Problem(
    ProblemKind Kind, string? Code, string? Text, long Count, DateTimeOffset? Since, IReadOnlyList<ProblemChannel> Channels);

/// <param name="Name">Null for a channel that has been deleted.</param>
/// <param name="Count">Its waiting or undelivered deliveries.</param>
public sealed record ProblemChannel(ChannelKey Key, string? Name, long Count);

/// <summary>How many channels are in which state.</summary>
/// <param name="Snoozed">Of those that are on; counted as nothing else.</param>
public readonly record struct ChannelCounts(int All, int On, int NeedAttention, int Failing, int Snoozed = 0);

/// <summary>A channel that sent much, or went badly, in the time that is looked at.</summary>
/// <param name="Name">Null for a channel that has been deleted.</param>
/// <param name="Hours">The last 24 hours, oldest first.</param>
public sealed record ChannelTraffic(ChannelKey Key, string? Name, Outcomes Outcomes, IReadOnlyList<HourOfSending> Hours);

/// <summary>What has been done of the first four steps.</summary>
/// <param name="FirstChannel">Where the step "test it" leads; null while there is none.</param>
/// <param name="Kinds">The kinds of channels there are: an event of another kind would reach nobody.</param>
public sealed record FirstSteps(bool HasTested, bool HasEvent, bool HasArrived, ChannelName? FirstChannel, IReadOnlyList<ChannelKind> Kinds)
{
    public bool HasChannel => FirstChannel is not null;

    public bool AllDone => HasChannel && HasTested && HasEvent && HasArrived;
}

/// <summary>Everything the first page shows. What is drawn of it does not grow with the number of channels.</summary>
/// <param name="Others">What needs people beside the channels.</param>
/// <param name="UnmatchedCritical">Critical events that no channel was sent.</param>
/// <param name="Latency">Null where nothing was sent.</param>
public sealed record OverviewPicture(
    ChartRange Range,
    ChannelCounts Channels,
    DateTimeOffset? LastSuccessAt,
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<Attention> Others,
    IReadOnlyList<FlowStep> Flow,
    long UnmatchedCritical,
    Latency? Latency,
    IReadOnlyList<ChannelTraffic> Busiest,
    IReadOnlyList<ChannelTraffic> Worst,
    FirstSteps Steps);
