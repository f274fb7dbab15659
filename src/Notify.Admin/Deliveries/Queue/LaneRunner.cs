using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Works one leased lane: decides what may be sent now, sends it, and lets go when nothing is left to do. README.md draws
/// it.</summary>
internal sealed partial class LaneRunner(
    LaneStore lanes,
    LaneOutbox outbox,
    RepeatStore repeats,
    TestEventStore events,
    IEnumerable<IChannel> channels,
    KnownHolds holds,
    LanePatience patience,
    TimeProvider time,
    ILogger<LaneRunner> logger)
{
    // A lane without pacing commits many messages at once; a paced one commits each, so that a crash leaves at most one unknown.
    private const int UnpacedBatch = 32;

    // A busy lane goes to the back of the queue after this, so that it cannot starve others.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    // While the store is away.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ChannelKind, IChannel> _channels = channels.ToDictionary(c => c.Kind);

    /// <summary>Runs until the lane sleeps, its turn is over, the lease is lost or the program stops. Never throws.</summary>
    public async Task RunAsync(ChannelLane lane, CancellationToken stopping)
    {
        var since = time.GetTimestamp();
        try
        {
            await outbox.RecoverAsync(lane, stopping);
            var counted = new Counted();
            while (await lanes.ReloadAsync(lane, stopping) is { } current)
            {
                lane = current;
                var step = await StepAsync(lane, counted, stopping);
                if (step.Again && time.GetElapsedTime(since) < Turn)
                {
                    continue;
                }

                if (await lanes.ReleaseAsync(lane, step.Again ? time.GetUtcNow() : step.SleepUntil, stopping))
                {
                    return;
                }

                if (step.IsClosed)
                {
                    // Something came meanwhile, and could not be sent either: looking at once would go on for as long as events come.
                    await lanes.AbandonAsync(lane, Earlier(step.SleepUntil, time.GetUtcNow() + patience.Others)!.Value);
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
            await LetGoAsync(lane, TimeSpan.Zero, stopping);
        }
        catch (Exception e)
        {
            // Most likely the store is away. What was in flight is recovered as unknown by whoever leases the lane next.
            logger.LogError(e, "Working on {Kind} channel {Channel} failed", lane.ChannelKind, lane.ChannelId);
            await LetGoAsync(lane, TimeSpan.FromSeconds(2), stopping);
        }
    }

    private async Task<Step> StepAsync(ChannelLane lane, Counted counted, CancellationToken stopping)
    {
        var channel = _channels[lane.ChannelKind];
        var destination = await channel.FindAsync(lane.ChannelId, stopping);
        if (destination is not { IsOn: true })
        {
            await outbox.SkipAllAsync(lane, destination is null ? OutcomeCodes.ChannelDeleted : OutcomeCodes.ChannelOff, stopping);
            await PlanDrillAsync(lane, null, stopping);
            return Step.Sleep(null);
        }

        if (LaneHealth.SetBackBy(lane, time.GetUtcNow()) is var by && by > TimeSpan.Zero)
        {
            await outbox.SetBackAsync(lane, destination, by, stopping);
        }

        await PlanDrillAsync(lane, destination.Policy.Drills, stopping);
        var newest = long.MaxValue;
        if (destination.Policy.Deduplication.Within() is { } within)
        {
            newest = counted.UpTo = await repeats.CountAsync(lane, within, counted.UpTo, stopping);
        }

        if (lane.Condition == ChannelCondition.NeedsAttention)
        {
            if (destination.Revision == lane.AttentionRevision)
            {
                await HoldAsync(lane, destination, new Hold(HoldReason.NeedsAttention, DateTimeOffset.MaxValue, SeverityRange.All),
                    stopping);
                return Step.Closed(null);
            }

            await outbox.ForgiveAsync(lane, stopping);
        }

        // Quiet hours outrank everything that would only delay.
        var open = SeverityRange.All;
        var quietUntil = destination.Policy.QuietHours.EndAfter(time.GetUtcNow());
        if (quietUntil is { } end)
        {
            if (!destination.Policy.QuietHours.LetCriticalThrough)
            {
                await HoldAsync(lane, destination, new Hold(HoldReason.QuietHours, end, SeverityRange.All), stopping);
                return Step.Closed(end);
            }

            await HoldAsync(lane, destination,
                new Hold(HoldReason.QuietHours, end, new SeverityRange(Severity.Informative, Severity.High)), stopping);
            open = new SeverityRange(Severity.Critical, Severity.Critical);
        }

        if (Closed(lane, destination) is var (reason, until))
        {
            if (reason != HoldReason.None)
            {
                await HoldAsync(lane, destination, new Hold(reason, until, open), stopping);
            }

            return Step.Closed(Earlier(until, quietUntil));
        }

        holds.Clear(lane.Channel, open);
        if (quietUntil is null && lane.DrillAt <= time.GetUtcNow())
        {
            return await SendDrillAsync(lane, channel, destination, stopping);
        }

        var (candidates, free, freeAt) = await outbox.LookAsync(lane, destination, open.Least, newest, UnpacedBatch, stopping);
        if (candidates.Count == 0)
        {
            return Step.Sleep(Earlier(await outbox.NextRetryAsync(lane, stopping), quietUntil));
        }

        if (free == 0)
        {
            await HoldAsync(lane, destination, new Hold(HoldReason.Pacing, freeAt, open), stopping);
            return Step.Closed(Earlier(freeAt, quietUntil));
        }

        if (!DeliveryPlan.IsDigest(candidates, destination, free))
        {
            var most = destination.Pacing.IsUnlimited ? UnpacedBatch : 1;
            return await SendAllAsync(lane, channel, destination,
                DeliveryPlan.Single(channel, destination, candidates, most, time.GetUtcNow()), open, stopping);
        }

        await SendDigestAsync(lane, channel, destination, DeliveryPlan.Digest(channel, destination, candidates, time.GetUtcNow()), open,
            stopping);
        return Step.Repeat;
    }

    private async Task HoldAsync(ChannelLane lane, Destination destination, Hold hold, CancellationToken stopping)
    {
        await outbox.HoldAsync(lane, hold, holds.Contains(lane.Channel, hold), stopping);
        // What may be a repeat has to wait until it was looked at.
        if (destination.Policy.Deduplication.Within() is null)
        {
            holds.Set(lane.Channel, hold);
        }
    }

    // A schedule that was changed or switched off is planned anew, so that no drill comes at the old one's time.
    private async Task PlanDrillAsync(ChannelLane lane, DrillSchedule? drills, CancellationToken stopping)
    {
        var plan = drills is { IsOn: true } ? drills.Mark : null;
        if (lane.DrillPlan != plan)
        {
            await outbox.PlanDrillAsync(lane, plan, plan is null ? null : drills!.NextAfter(time.GetUtcNow(), null), stopping);
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    // Why nothing may be sent before a moment, if so.
    private (HoldReason Reason, DateTimeOffset Until)? Closed(ChannelLane lane, Destination destination)
    {
        var now = time.GetUtcNow();
        if (lane.BackoffUntil > now)
        {
            return (HoldReason.None, lane.BackoffUntil.Value);
        }

        return lane.IntervalFrom + destination.Interval is { } end && end > now ? (HoldReason.Interval, end) : null;
    }

    private async Task LetGoAsync(ChannelLane lane, TimeSpan pause, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await lanes.AbandonAsync(lane, time.GetUtcNow() + pause);
                return;
            }
            catch (Exception e)
            {
                logger.LogDebug(e, "Letting go of {Kind} channel {Channel} failed", lane.ChannelKind, lane.ChannelId);
                if (stopping.IsCancellationRequested)
                {
                    return; // The lease runs out by itself.
                }

                await Task.Delay(BetweenTries, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // The newest delivery of this run that was looked at for repeats.
    private sealed class Counted
    {
        public long UpTo { get; set; }
    }

    /// <summary>Whether to look again at once, or sleep until a moment (null: until woken).</summary>
    /// <param name="IsClosed">Before that moment nothing may be sent, whatever comes.</param>
    private readonly record struct Step(bool Again, DateTimeOffset? SleepUntil, bool IsClosed)
    {
        public static readonly Step Repeat = new(true, null, false);

        public static Step Sleep(DateTimeOffset? until) => new(false, until, false);

        public static Step Closed(DateTimeOffset? until) => new(false, until, true);
    }
}
