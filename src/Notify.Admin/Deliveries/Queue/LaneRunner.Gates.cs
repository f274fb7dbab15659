using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>The gates that a lane passes before anything is sent, in the order of README.md's table. Each ends the look with a step, or
/// says null: go on.</summary>
internal sealed partial class LaneRunner
{
    private Func<Look, CancellationToken, Task<Step?>>[] Gates =>
    [
        OffAsync, CatchUpAsync, RevisionsAsync, RepeatsAsync, SilenceAsync, AttentionAsync, QuietHoursAsync, BackoffAsync,
        DestinationAsync, DrillAsync, PlanAsync,
    ];

    private async Task<Step> StepAsync(LaneReading read, Turn turn, CancellationToken stopping)
    {
        var channel = _channels[read.Lane.ChannelKind];
        var found = await channel.FindAsync(read.Lane.ChannelId, read.ChannelsVersion, stopping);
        var look = new Look(read, channel, found, turn);
        foreach (var gate in Gates)
        {
            if (await gate(look, stopping) is { } step)
            {
                // What comes in maintenance that drops it has to be looked at, whatever else holds the lane. An open one looks anyway.
                return step.IsClosed || (look.QuietUntil is not null && !step.Again)
                    ? step with { SleepUntil = Earlier(step.SleepUntil, look.NextMaintenance) } : step;
            }
        }

        throw new InvalidOperationException("The last gate ends every look.");
    }

    private async Task<Step?> OffAsync(Look look, CancellationToken stopping)
    {
        if (look.Found is { IsOn: true })
        {
            return null;
        }

        await outbox.SkipAllAsync(look.Lane, look.Found is null ? OutcomeCodes.ChannelDeleted : OutcomeCodes.ChannelOff, stopping);
        await PlanDrillAsync(look.Lane, null, stopping);
        return Step.Sleep(null);
    }

    // The clock may have been set back, and the drills' schedule changed, since the last look.
    private async Task<Step?> CatchUpAsync(Look look, CancellationToken stopping)
    {
        if (LaneHealth.SetBackBy(look.Lane, time.GetUtcNow()) is var by && by > TimeSpan.Zero)
        {
            await outbox.SetBackAsync(look.Lane, look.Destination, by, stopping);
        }

        await PlanDrillAsync(look.Lane, look.Policy.Drills, stopping);
        return null;
    }

    private async Task<Step?> RepeatsAsync(Look look, CancellationToken stopping)
    {
        if (look.Policy.Deduplication.Within() is { } within)
        {
            await repeats.CountAsync(look.Lane, within, look.Turn.Counted, stopping);
            look.Counted = look.Turn.Counted;
        }

        return null;
    }

    // Before attention: what comes is dropped, or promised as a summary, however the channel is.
    private async Task<Step?> SilenceAsync(Look look, CancellationToken stopping)
    {
        var silences = await pauses.ReadAsync(look.Read.PausesVersion, stopping);
        var (tags, now) = (look.Destination.Tags, time.GetUtcNow());
        look.NextMaintenance = silences.NextStart(tags, now);
        look.Mutes = silences.MutesOf(look.Lane.Channel);
        if (silences.Find(look.Lane.Channel, tags, now) is not { } silence)
        {
            return null;
        }

        var hold = new Hold(HoldReason.Snoozed, silence.Until, silence.Severities);
        if (silence.DropsFrom is { } since)
        {
            // What is new has to come here to be dropped, and what was there before waits for the end.
            holds.Forget(look.Lane.Channel);
            await outbox.DropAsync(look.Lane, since, silence.Severities, stopping);
            await outbox.HoldAsync(look.Lane, hold, isKnown: false, look.Counted, since, stopping);
        }
        else
        {
            await HoldAsync(look, hold, stopping);
        }

        return look.CloseBut(silence.LetsCriticalThrough, silence.Until);
    }

    private async Task<Step?> AttentionAsync(Look look, CancellationToken stopping)
    {
        if (look.Lane.Condition != ChannelCondition.NeedsAttention)
        {
            return null;
        }

        if (look.Destination.Revision != look.Lane.AttentionRevision)
        {
            await outbox.ForgiveAsync(look.Lane, stopping);
            return null;
        }

        await HoldAsync(look, new Hold(HoldReason.NeedsAttention, DateTimeOffset.MaxValue, look.Open), stopping);
        return Step.Closed(look.QuietUntil);
    }

    // Quiet hours come before every gate that would only delay.
    private async Task<Step?> QuietHoursAsync(Look look, CancellationToken stopping)
    {
        if (look.Policy.QuietHours.EndAfter(time.GetUtcNow()) is not { } end)
        {
            return null;
        }

        var lets = look.Policy.QuietHours.LetCriticalThrough;
        // What a silence holds already is not held again.
        if (!lets || look.Open == SeverityRange.All)
        {
            await HoldAsync(look, new Hold(HoldReason.QuietHours, end, lets ? SeverityRange.LessThanCritical : look.Open), stopping);
        }

        return look.CloseBut(lets, end);
    }

    private async Task<Step?> BackoffAsync(Look look, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        if (look.Lane.BackoffUntil is { } pause && pause > now)
        {
            return Step.Closed(Earlier(pause, look.QuietUntil));
        }

        if (look.Lane.IntervalFrom + look.Destination.Interval is { } end && end > now)
        {
            await HoldAsync(look, new Hold(HoldReason.Interval, end, look.Open), stopping);
            // What is left of a message that was begun before the interval goes on: a part of a digest that failed, or was refused.
            look.OnlyBegun = await outbox.HasBegunAsync(look.Lane, look.Open, stopping);
            return look.OnlyBegun ? null : Step.Closed(Earlier(end, look.QuietUntil));
        }

        holds.Clear(look.Lane.Channel, look.Open);
        return null;
    }

    // Other channels of the same destination have messages on their way that are not answered yet.
    private Task<Step?> DestinationAsync(Look look, CancellationToken stopping) =>
        Task.FromResult<Step?>(slots.IsBusy(look.Destination) ? Step.Sleep(time.GetUtcNow() + BetweenTries) : null);

    private async Task<Step?> DrillAsync(Look look, CancellationToken stopping) =>
        look is { QuietUntil: null, OnlyBegun: false } && look.Lane.DrillAt <= time.GetUtcNow()
            ? await SendDrillAsync(look, stopping) : null;

    private async Task<Step?> PlanAsync(Look look, CancellationToken stopping)
    {
        var wanted = new Wanted(look.Open, look.Counted?.Highest ?? long.MaxValue, look.OnlyBegun);
        var seen = await outbox.LookAsync(look.Lane, look.Destination, wanted, UnpacedBatch, stopping);
        // Something was changed while this looked, and what came after the change is not to be sent as it was before.
        if (seen.Versions is { } versions && versions != (look.Read.ChannelsVersion, look.Read.PausesVersion))
        {
            return Step.Repeat;
        }

        seen = seen with { Candidates = look.Counted?.WithoutLate(seen.Candidates) ?? seen.Candidates };
        var (free, freeAt) = (seen.Free, seen.FreeAt);
        if (MutePlan.Of(look.Mutes, seen.Candidates) is { IsNothing: false } muted)
        {
            await outbox.MuteAsync(look.Lane, muted, stopping);
            return Step.Repeat;
        }

        // Decided at intake for what came after its problem: what came before it may wait here still.
        if (await problems.FindLateAsync(seen.Candidates, look.Read.ChannelsVersion, stopping) is { Count: > 0 } late)
        {
            await outbox.InhibitAsync(look.Lane, late, stopping);
            return Step.Repeat;
        }

        var candidates = DeliveryPlan.Foremost(seen.Candidates);
        if (candidates.Count == 0)
        {
            return look.Counted is { Late.Length: > 0 } ? Step.Repeat
                : Step.Sleep(Earlier(await outbox.NextRetryAsync(look.Lane, stopping), look.QuietUntil));
        }

        if (free == 0)
        {
            await HoldForPacingAsync(look, freeAt, stopping);
            return Step.Closed(Earlier(freeAt, look.QuietUntil));
        }

        if (DeliveryPlan.IsDigest(candidates, look.Destination, free))
        {
            await SendDigestAsync(look, DeliveryPlan.Digest(look.Channel, look.Destination, candidates, time.GetUtcNow()), stopping);
            return Step.Repeat;
        }

        var most = look.Destination.Pacing.IsUnlimited ? UnpacedBatch : 1;
        var next = DeliveryPlan.Next(candidates, look.Destination.FollowUp, most);
        var told = await outbox.FindToldAsync(look.Lane, look.Destination, next, stopping);
        var messages = DeliveryPlan.Single(look.Channel, look.Destination, next, told, look.Mutes, time.GetUtcNow());
        return await SendAllAsync(look, messages, seen.IsAll && messages.Count == seen.Candidates.Count, stopping);
    }

    // Deliveries that wait for the interval keep that as their reason.
    private Task HoldForPacingAsync(Look look, DateTimeOffset until, CancellationToken stopping) =>
        look.OnlyBegun ? Task.CompletedTask : HoldAsync(look, new Hold(HoldReason.Pacing, until, look.Open), stopping);

    private async Task HoldAsync(Look look, Hold hold, CancellationToken stopping)
    {
        await outbox.HoldAsync(look.Lane, hold, holds.Contains(look.Lane.Channel, hold), look.Counted, dropsFrom: null, stopping);
        // What may be a repeat has to wait until it was looked at.
        if (look.Policy.Deduplication.Within() is null)
        {
            holds.Set(look.Lane.Channel, hold, look.Read.Generation, look.NextMaintenance);
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

    /// <summary>One look at the lane, with what the gates so far have found.</summary>
    /// <param name="Found">Null when the channel was deleted.</param>
    private sealed record Look(LaneReading Read, IChannel Channel, Destination? Found, Turn Turn)
    {
        public ChannelLane Lane => Read.Lane;

        public Destination Destination => Found ?? throw new InvalidOperationException("The first gate ends a look without a channel.");

        public DeliveryPolicy Policy => Destination.Policy;

        /// <summary>Of what is new, what was looked at for repeats; null where nobody looks for them.</summary>
        public CountedDeliveries? Counted { get; set; }

        /// <summary>Set in quiet hours, and while the channel is silenced, where they let Critical through.</summary>
        public DateTimeOffset? QuietUntil { get; set; }

        /// <summary>When the next maintenance of a tag of the channel begins; null where none is planned.</summary>
        public DateTimeOffset? NextMaintenance { get; set; }

        /// <summary>What of its problems is or was muted.</summary>
        public IReadOnlyList<ProblemMute> Mutes { get; set; } = [];

        /// <summary>The interval runs: only what is left of a message that was begun before may be sent.</summary>
        public bool OnlyBegun { get; set; }

        /// <summary>What may be sent now.</summary>
        public SeverityRange Open { get; set; } = SeverityRange.All;

        /// <summary>Nothing is sent before a moment, or nothing but what is Critical: null goes on with that.</summary>
        public Step? CloseBut(bool letsCriticalThrough, DateTimeOffset until)
        {
            QuietUntil = Earlier(until, QuietUntil);
            Open = SeverityRange.CriticalOrNotStated;
            return letsCriticalThrough ? null : Step.Closed(QuietUntil);
        }
    }

    /// <summary>What lasts from one look of a run to the next.</summary>
    private sealed record Turn(LaneLease Lease, LaneSlot Slot)
    {
        /// <summary>What was looked at for repeats.</summary>
        public CountedDeliveries Counted { get; } = new();
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
