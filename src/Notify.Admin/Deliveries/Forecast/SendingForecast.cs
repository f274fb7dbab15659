using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>When a channel would send an event that came now.</summary>
public enum SendingTime
{
    Now,

    /// <summary>In a summary when the channel's snooze ends.</summary>
    AfterSnooze,

    /// <summary>Skipped: the channel is snoozed until then, and what comes is dropped.</summary>
    Dropped,

    /// <summary>In a summary when the interval ends.</summary>
    AfterInterval,

    /// <summary>In a summary when the quiet hours end.</summary>
    AfterQuietHours,

    /// <summary>When the channel, which fails for now, is tried again.</summary>
    AfterPause,

    /// <summary>Held until somebody has mended the channel.</summary>
    NeedsAttention,

    /// <summary>Counted as a repeat instead.</summary>
    Repeat,

    /// <summary>Skipped: the channel is off.</summary>
    Off,

    /// <summary>Counted, and not sent: a problem is open that holds it back.</summary>
    Inhibited,

    /// <summary>Counted, and not sent: its problem is muted on the channel.</summary>
    Muted,
}

/// <summary>What would become of one event that came for a channel now.</summary>
/// <param name="At">When it would be sent; null where that is now, or nobody can say.</param>
public sealed record SendingForecast(SendingTime Time, DateTimeOffset? At = null)
{
    /// <summary>With <see cref="SendingTime.Repeat"/>: the delivery that counts it.</summary>
    public string? RepeatOf { get; init; }

    /// <summary>With <see cref="SendingTime.Inhibited"/>: by which inhibition, and for which problem.</summary>
    public Inhibited? Inhibited { get; init; }

    /// <summary>With <see cref="SendingTime.Muted"/>: by whom, and until when.</summary>
    public Muted? Muted { get; init; }

    /// <summary>With trouble: the vendor's last code.</summary>
    public string? Code { get; init; }

    /// <summary>The gates of a lane (<c>LaneRunner.Gates.cs</c>) in their order, asked without passing them. The budget of the destination
    /// is left out: it is free again within a minute.</summary>
    /// <param name="lane">Null before anything was for the channel.</param>
    /// <param name="repeatOf">The delivery that counts repeats of such an event; null without one.</param>
    /// <param name="mute">That keeps it back, whatever else it would wait for: what comes meanwhile is not sent later either.</param>
    /// <param name="silence">Null where nothing silences the channel.</param>
    internal static SendingForecast Of(Destination destination, ChannelLane? lane, Severity severity, long? repeatOf, ProblemMute? mute,
        Silence? silence, DateTimeOffset now)
    {
        if (!destination.IsOn)
        {
            return new SendingForecast(SendingTime.Off);
        }

        if (repeatOf is { } first)
        {
            return new SendingForecast(SendingTime.Repeat) { RepeatOf = ShortIds.OfDelivery(first) };
        }

        if (mute is not null)
        {
            return new SendingForecast(SendingTime.Muted, mute.UntilFixed ? null : mute.EndsAt) { Muted = mute.Tell(now) };
        }

        if (silence?.Severities.Contains(severity) == true)
        {
            return new SendingForecast(silence.DropsFrom is null ? SendingTime.AfterSnooze : SendingTime.Dropped, silence.Until);
        }

        if (lane?.Condition == ChannelCondition.NeedsAttention && lane.AttentionRevision == destination.Revision)
        {
            return new SendingForecast(SendingTime.NeedsAttention) { Code = lane.LastCode };
        }

        var quiet = destination.Policy.QuietHours;
        if (quiet.EndAfter(now) is { } quietEnd && (!quiet.LetCriticalThrough || SeverityRange.LessThanCritical.Contains(severity)))
        {
            return new SendingForecast(SendingTime.AfterQuietHours, quietEnd);
        }

        if (lane?.BackoffUntil is { } pause && pause > now)
        {
            return new SendingForecast(SendingTime.AfterPause, pause) { Code = lane.LastCode };
        }

        return lane?.IntervalFrom + destination.Interval is { } end && end > now
            ? new SendingForecast(SendingTime.AfterInterval, end) : new SendingForecast(SendingTime.Now);
    }
}
