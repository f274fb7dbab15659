using Microsoft.EntityFrameworkCore.Query;
using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>A channel's health after each verdict.</summary>
internal static class LaneHealth
{
    /// <summary>By how much the clocks of instances that share a lane may differ.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <summary>Clears what keeps a lane from trying.</summary>
    public static readonly Action<UpdateSettersBuilder<ChannelLane>> Forgive = set => set
        .SetProperty(l => l.Condition, ChannelCondition.Ok)
        .SetProperty(l => l.BackoffUntil, (DateTimeOffset?)null)
        .SetProperty(l => l.FailureCount, 0)
        .SetProperty(l => l.SameCodeCount, 0)
        .SetProperty(l => l.RefusedCount, 0)
        .SetProperty(l => l.AttentionRevision, (int?)null);

    /// <summary>How far the clock was set back, as far as the lane can tell: what it remembers as past lies in the future. Zero when it was
    /// not.</summary>
    public static TimeSpan SetBackBy(ChannelLane lane, DateTimeOffset now)
    {
        var latest = lane.LastFailureAt > lane.IntervalFrom || lane.IntervalFrom is null ? lane.LastFailureAt : lane.IntervalFrom;
        return latest - now is { } by && by > Tolerance ? by : TimeSpan.Zero;
    }

    public static void SetBack(ChannelLane lane, TimeSpan by, DateTimeOffset now)
    {
        lane.BackoffUntil -= by;
        lane.IntervalFrom = Past(lane.IntervalFrom, now);
        lane.LastFailureAt = Past(lane.LastFailureAt, now);
        lane.LastSuccessAt = Past(lane.LastSuccessAt, now);
        lane.FailingSince = Past(lane.FailingSince, now);
    }

    /// <summary>Counts a verdict into the lane and says what it means.</summary>
    /// <param name="events">How many the message carried; none in a drill, which does not start the interval.</param>
    public static AfterAttempt Apply(ChannelLane lane, SendResult result, Destination destination, int events, DateTimeOffset now)
    {
        if (result.Accepted)
        {
            lane.Condition = ChannelCondition.Ok;
            lane.LastSuccessAt = now;
            lane.IntervalFrom = events > 0 ? now : lane.IntervalFrom;
            lane.BackoffUntil = null;
            lane.FailingSince = null;
            lane.FailureCount = 0;
            lane.SameCodeCount = 0;
            lane.RefusedCount = 0;
            return AfterAttempt.Accepted;
        }

        if (result.Failure == FailureKind.EarlierGone)
        {
            // That says nothing about the channel.
            return RetryPolicy.Decide(result, lane.SameCodeCount, events);
        }

        var code = result.Code;
        lane.SameCodeCount = lane.LastCode == code && lane.SameCodeCount > 0 ? lane.SameCodeCount + 1 : 1;
        lane.LastCode = code;
        lane.LastDetail = result.Detail;
        lane.LastFailureAt = now;
        var decision = RetryPolicy.Decide(result, lane.SameCodeCount, events);
        switch (decision)
        {
            case AfterAttempt.Retry:
                lane.FailureCount++;
                lane.FailingSince ??= now;
                lane.Condition = ChannelCondition.Failing;
                lane.BackoffUntil = now + RetryPolicy.Delay(lane.FailureCount, result.RetryAfter, Random.Shared.NextDouble());
                break;
            case AfterAttempt.HoldChannel:
                lane.FailingSince ??= now;
                lane.Condition = ChannelCondition.NeedsAttention;
                lane.AttentionRevision = destination.Revision;
                break;
            case AfterAttempt.FailMessage when ++lane.RefusedCount >= RetryPolicy.RefusedLimit:
                lane.FailingSince ??= now;
                lane.Condition = ChannelCondition.Failing;
                break;
            case AfterAttempt.Accepted or AfterAttempt.FailMessage or AfterAttempt.Halve or AfterAttempt.StartAnew:
                break;
        }

        return decision;
    }

    /// <summary>After a drill: plans the next, unless this one is to be tried again.</summary>
    public static void ApplyDrill(ChannelLane lane, SendResult result, AfterAttempt decision, Destination destination, DateTimeOffset now)
    {
        lane.LastDrillAt = now;
        lane.LastDrillAccepted = result.Accepted;
        if (decision != AfterAttempt.Retry || now - lane.DrillAt >= RetryPolicy.Horizon)
        {
            lane.DrillAt = destination.Policy.Drills.NextAfter(now, lane.DrillAt);
        }
    }

    private static DateTimeOffset? Past(DateTimeOffset? moment, DateTimeOffset now) => moment > now ? now : moment;
}
