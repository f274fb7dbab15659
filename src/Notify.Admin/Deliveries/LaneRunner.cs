using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Works one leased lane: decides what may be sent now, sends it, and lets go when nothing is left to do. README.md draws it.</summary>
internal sealed class LaneRunner(
    LaneStore lanes,
    LaneOutbox outbox,
    IEnumerable<IChannel> channels,
    TimeProvider time,
    ILogger<LaneRunner> logger)
{
    // A lane without pacing commits many messages at once; a paced one commits each, so that a crash leaves at most one unknown.
    private const int UnpacedBatch = 32;

    // How long a continued digest waits in place for budget; a longer pause ends the plan.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    // A busy lane goes to the back of the queue after this, so that it cannot starve others.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    private readonly Dictionary<ChannelKind, IChannel> _channels = channels.ToDictionary(c => c.Kind);

    /// <summary>Runs until the lane sleeps, its turn is over, the lease is lost or the program stops. Never throws.</summary>
    public async Task RunAsync(ChannelLane lane, CancellationToken stopping)
    {
        var since = time.GetTimestamp();
        try
        {
            await outbox.RecoverAsync(lane, stopping);
            while (await lanes.ReloadAsync(lane, stopping) is { } current)
            {
                lane = current;
                var step = await StepAsync(lane, stopping);
                if (step.Again && time.GetElapsedTime(since) < Turn)
                {
                    continue;
                }

                if (await lanes.ReleaseAsync(lane, step.Again ? time.GetUtcNow() : step.SleepUntil, stopping))
                {
                    return;
                }
            }
        }
        catch (LeaseLostException)
        {
            logger.LogWarning("Lost the lease of {Kind} channel {Channel}; another worker has it", lane.ChannelKind, lane.ChannelId);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await LetGoAsync(lane, TimeSpan.Zero);
        }
        catch (Exception e)
        {
            // Most likely the store is away. What was in flight is recovered as unknown by whoever leases the lane next.
            logger.LogError("Working on {Kind} channel {Channel} failed: {Reason}", lane.ChannelKind, lane.ChannelId, e.GetType().Name);
            logger.LogDebug(e, "Working on {Kind} channel {Channel} failed", lane.ChannelKind, lane.ChannelId);
            await LetGoAsync(lane, TimeSpan.FromSeconds(2));
        }
    }

    private async Task<Step> StepAsync(ChannelLane lane, CancellationToken stopping)
    {
        var channel = _channels[lane.ChannelKind];
        var destination = await channel.FindAsync(lane.ChannelId, stopping);
        if (destination is not { IsOn: true })
        {
            await outbox.SkipAllAsync(lane, destination is null ? OutcomeCodes.ChannelDeleted : OutcomeCodes.ChannelOff, stopping);
            return Step.Sleep(null);
        }

        if (lane.Condition == ChannelCondition.NeedsAttention)
        {
            if (destination.Revision == lane.AttentionRevision)
            {
                await outbox.HoldAsync(lane, HoldReason.NeedsAttention, null, stopping);
                return Step.Sleep(null);
            }

            await outbox.ForgiveAsync(lane, stopping);
        }

        if (Closed(lane, destination) is var (reason, until))
        {
            if (reason != HoldReason.None)
            {
                await outbox.HoldAsync(lane, reason, until, stopping);
            }

            return Step.Sleep(until);
        }

        var (candidates, free, freeAt) = await outbox.LookAsync(lane, destination, stopping);
        if (candidates.Count == 0)
        {
            return Step.Sleep(await outbox.NextRetryAsync(lane, stopping));
        }

        if (free == 0)
        {
            await outbox.HoldAsync(lane, HoldReason.Pacing, freeAt, stopping);
            return Step.Sleep(freeAt);
        }

        if (!DeliveryPlan.IsDigest(candidates, destination, free))
        {
            var most = destination.Pacing.IsUnlimited ? UnpacedBatch : 1;
            await SendAllAsync(lane, channel, destination, DeliveryPlan.Single(channel, destination, candidates, most, time.GetUtcNow()), stopping);
            return Step.Repeat;
        }

        await SendDigestAsync(lane, channel, destination, DeliveryPlan.Digest(channel, destination, candidates, time.GetUtcNow()), stopping);
        return Step.Repeat;
    }

    // Why nothing may be sent before a moment, if so.
    private (HoldReason Reason, DateTimeOffset Until)? Closed(ChannelLane lane, Destination destination)
    {
        var now = time.GetUtcNow();
        if (lane.BackoffUntil > now && lane.BackoffUntil <= now + RetryPolicy.Horizon)
        {
            return (HoldReason.None, lane.BackoffUntil.Value);
        }

        // A start in the future means that the clock was set back: the interval then starts now at the latest.
        var from = lane.IntervalFrom > now ? now : lane.IntervalFrom;
        return from + destination.Interval is { } end && end > now ? (HoldReason.Interval, end) : null;
    }

    private async Task SendAllAsync(ChannelLane lane, IChannel channel, Destination destination, IReadOnlyList<Outgoing> messages, CancellationToken stopping)
    {
        var (begun, _) = await outbox.BeginAsync(lane, destination, messages, stopping);
        List<Ended> ended = [];
        var goOn = true;
        foreach (var message in begun)
        {
            // What has begun is finished even when the program stops: a send takes at most its timeout.
            var result = goOn && !stopping.IsCancellationRequested
                ? await channel.SendAsync(destination, message.Outgoing.Composed.Body, CancellationToken.None)
                : null;
            goOn &= result is { Failure: null or FailureKind.MessagePermanent };
            ended.Add(new Ended(message, result));
        }

        await outbox.FinishAsync(lane, destination, ended, CancellationToken.None);
    }

    private async Task SendDigestAsync(ChannelLane lane, IChannel channel, Destination destination, IReadOnlyList<Outgoing> parts, CancellationToken stopping)
    {
        foreach (var part in parts)
        {
            var (begun, freeAt) = await outbox.BeginAsync(lane, destination, [part], stopping);
            while (begun.Count == 0 && freeAt is { } free)
            {
                await outbox.HoldAsync(lane, HoldReason.Pacing, free, stopping);
                var wait = free - time.GetUtcNow();
                if (wait > LongestWait)
                {
                    return;
                }

                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stopping);
                if (await channel.FindAsync(lane.ChannelId, stopping) != destination)
                {
                    return; // Edited meanwhile: plan again for what it is now.
                }

                (begun, freeAt) = await outbox.BeginAsync(lane, destination, [part], stopping);
            }

            var result = await channel.SendAsync(destination, part.Composed.Body, CancellationToken.None);
            await outbox.FinishAsync(lane, destination, [new Ended(begun[0], result)], CancellationToken.None);
            if (!result.Accepted)
            {
                return;
            }
        }
    }

    private async Task LetGoAsync(ChannelLane lane, TimeSpan pause)
    {
        try
        {
            await lanes.AbandonAsync(lane, time.GetUtcNow() + pause);
        }
        catch (Exception e)
        {
            // The lease runs out by itself.
            logger.LogDebug("Letting go of a lane failed: {Reason}", e.GetType().Name);
        }
    }

    /// <summary>Whether to look again at once, or sleep until a moment (null: until woken).</summary>
    private readonly record struct Step(bool Again, DateTimeOffset? SleepUntil)
    {
        public static readonly Step Repeat = new(true, null);

        public static Step Sleep(DateTimeOffset? until) => new(false, until);
    }
}
