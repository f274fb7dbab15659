using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Why channels are not well. Those of one kind that are so for the same cause are dealt with together.</summary>
/// <param name="Code">The vendor's, or ours; null where the cause has none.</param>
internal readonly record struct UnwellCause(ChannelCondition Condition, ChannelKind Kind, string? Code);

/// <summary>Which of the channels that are not well people are told of.</summary>
internal static class UnwellLanes
{
    private static readonly TimeSpan LongFailing = TimeSpan.FromMinutes(10);

    /// <summary>It is there and on, and nobody has silenced it: whoever snoozed a channel knows how it is.</summary>
    public static bool Concerns(ChannelLane lane, ChannelNames names, Silences silences, DateTimeOffset now) =>
        names.Find(lane.Channel) is { IsOn: true } name && silences.Find(name.Key, name.Tags, now) is null;

    /// <summary>It waits for somebody, or has failed for too long to be a passing trouble.</summary>
    public static bool IsStopped(ChannelLane lane, DateTimeOffset now) =>
        lane.Condition == ChannelCondition.NeedsAttention || now - lane.FailingSince >= LongFailing;

    public static UnwellCause CauseOf(ChannelLane lane) => new(lane.Condition, lane.ChannelKind, lane.LastCode);
}
