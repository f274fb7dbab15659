using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Works one leased lane: decides what may be sent now, sends it, and lets go when nothing is left to do. README.md draws
/// it.</summary>
internal sealed partial class LaneRunner(
    LaneStore lanes,
    LaneSlots slots,
    LaneOutbox outbox,
    RepeatStore repeats,
    TestEventStore events,
    IEnumerable<IChannel> channels,
    KnownHolds holds,
    PauseStore pauses,
    OpenProblemStore problems,
    LanePatience patience,
    TimeProvider time,
    ILogger<LaneRunner> logger)
{
    // A lane without pacing commits many messages at once; a paced one commits each, so that a crash leaves at most one unknown.
    private const int UnpacedBatch = 32;

    // A busy lane goes to the back of the queue after this, so that it cannot starve others.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(3);

    // The pause while the store is away, or the destination is busy.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ChannelKind, IChannel> _channels = channels.ToDictionary(c => c.Kind);

    /// <summary>Runs until the lane sleeps, its turn is over, the lease is lost or the program stops. Never throws.</summary>
    public async Task RunAsync(LaneLease lease, LaneSlot slot, CancellationToken stopping)
    {
        var lane = lease.Lane;
        var since = time.GetTimestamp();
        try
        {
            if (lease.HasInFlight)
            {
                await outbox.RecoverAsync(lane, stopping);
            }

            var turn = new Turn(lease, slot);
            for (var read = lease.Read; read is not null; read = await lanes.ReloadAsync(lane, stopping))
            {
                lane = read.Lane;
                var step = await StepAsync(read, turn, stopping);
                if (!step.Again && await lanes.ReleaseAsync(lane, step.SleepUntil, stopping))
                {
                    return;
                }

                if (step.IsClosed)
                {
                    // Something came meanwhile, and could not be sent either: looking at once would go on for as long as events come.
                    await lanes.AbandonAsync(lane, Earlier(step.SleepUntil, time.GetUtcNow() + patience.Others)!.Value);
                    return;
                }

                if (time.GetElapsedTime(since) >= LongestTurn)
                {
                    // It is looked at again in any case, so what came meanwhile decides nothing.
                    await lanes.AbandonAsync(lane, time.GetUtcNow());
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
        catch (VerdictLostException e)
        {
            // The message goes out again, marked: seldom, until somebody mends the store.
            logger.LogCritical(e, "What came of a message to {Kind} channel {Channel} cannot be stored", lane.ChannelKind, lane.ChannelId);
            await LetGoAsync(lane, LongestOutage, stopping);
        }
        catch (Exception e)
        {
            // Most likely the store is away. What was in flight is recovered as unknown by whoever leases the lane next.
            logger.LogError(e, "Working on {Kind} channel {Channel} failed", lane.ChannelKind, lane.ChannelId);
            await LetGoAsync(lane, TimeSpan.FromSeconds(2), stopping);
        }
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
}
