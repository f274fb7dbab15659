using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>An event as it came, to be sent again on paper.</summary>
internal sealed record SimulatedEvent(EventRecord Record, DateTimeOffset At);

/// <summary>What would have been sent.</summary>
/// <param name="Messages">When each message went.</param>
/// <param name="Repeats">Events that were counted as repeats instead.</param>
/// <param name="Muted">Events that were not sent because their problem was muted.</param>
/// <param name="Waiting">Events that still waited at the end.</param>
internal sealed record SimulatedSending(IReadOnlyList<DateTimeOffset> Messages, int Repeats, int Muted, int Waiting);

/// <summary>Passes past events through the gates of a lane (<c>LaneRunner.Gates.cs</c>) in their order, by the policies and the plan that
/// send for real, on a clock of its own. The vendor accepts every message at once; nothing is sent or stored.</summary>
internal sealed class SendingSimulation
{
    private readonly IChannel _channel;
    private readonly Destination _destination;
    private readonly IReadOnlyList<ProblemMute> _mutes;
    private readonly List<Candidate> _open = [];
    private readonly List<DateTimeOffset> _messages = [];
    private readonly Dictionary<string, DateTimeOffset> _firsts = [];
    private DateTimeOffset _now;
    private DateTimeOffset? _intervalFrom;
    private int _repeats;
    private int _muted;
    private long _lastId;

    private SendingSimulation(IChannel channel, Destination destination, IReadOnlyList<ProblemMute> mutes)
    {
        (_channel, _destination, _mutes) = (channel, destination, mutes);
    }

    private QuietHours Quiet => _destination.Policy.QuietHours;

    /// <param name="events">Those that the channel hears, oldest first. What came at the same moment is looked at together.</param>
    /// <param name="mutes">Those of the channel that run, or ran.</param>
    public static SimulatedSending Run(
        IChannel channel, Destination destination, IReadOnlyList<SimulatedEvent> events, IReadOnlyList<ProblemMute> mutes,
        DateTimeOffset end, CancellationToken cancellationToken)
    {
        var simulation = new SendingSimulation(channel, destination, mutes);
        if (!destination.IsOn)
        {
            return new SimulatedSending([], 0, 0, 0);
        }

        DateTimeOffset? wake = null;
        for (var at = 0; at < events.Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var moment = events[at].At;
            while (wake <= moment)
            {
                wake = simulation.Look(wake.Value);
            }

            for (; at < events.Count && events[at].At == moment; at++)
            {
                simulation.Take(events[at]);
            }

            wake = simulation.Look(moment);
        }

        while (wake <= end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            wake = simulation.Look(wake.Value);
        }

        return new SimulatedSending(simulation._messages, simulation._repeats, simulation._muted, simulation._open.Count);
    }

    private void Take(SimulatedEvent came)
    {
        if (_destination.Policy.Deduplication.Within() is { } within && RepeatStore.KeyOf(came.Record) is { } key)
        {
            if (_firsts.TryGetValue(key, out var first) && RepeatStore.IsWithin(came.At, first, within))
            {
                _repeats++;
                return;
            }

            _firsts[key] = came.At;
        }

        _open.Add(new Candidate(new Delivery
        {
            Id = ++_lastId,
            MatchReason = "",
            ChannelKind = _destination.Key.Kind,
            ChannelId = _destination.Key.Id,
            State = DeliveryState.Waiting,
            Severity = came.Record.Severity,
            CreatedAt = came.At,
        }, came.Record));
    }

    /// <summary>Sends what may go.</summary>
    /// <returns>When to look again; null where nothing waits.</returns>
    private DateTimeOffset? Look(DateTimeOffset at)
    {
        _now = at > _now ? at : _now;
        while (_open.Count > 0)
        {
            var (open, quietUntil) = (SeverityRange.All, (DateTimeOffset?)null);
            if (Quiet.EndAfter(_now) is { } end)
            {
                Hold(Quiet.LetCriticalThrough ? SeverityRange.LessThanCritical : SeverityRange.All, HoldReason.QuietHours);
                if (!Quiet.LetCriticalThrough)
                {
                    return end;
                }

                (open, quietUntil) = (SeverityRange.CriticalOrNotStated, end);
            }

            if (_intervalFrom + _destination.Interval is { } intervalEnd && intervalEnd > _now)
            {
                Hold(open, HoldReason.Interval);
                return Earlier(intervalEnd, quietUntil);
            }

            Candidate[] candidates = [.. _open.Where(candidate => open.Contains(candidate.Delivery.Severity))
                .OrderByDescending(candidate => candidate.Delivery.Severity).ThenBy(candidate => candidate.Delivery.Id)
                .Take(LaneOutbox.PlanSize)];
            if (candidates.Length == 0)
            {
                return quietUntil;
            }

            if (MutePlan.Of(_mutes, candidates).Skipped is { Count: > 0 } muted)
            {
                var skipped = muted.SelectMany(same => same).ToHashSet();
                _muted += _open.RemoveAll(candidate => skipped.Contains(candidate.Delivery));
                continue;
            }

            var (free, freeAt) = Budget();
            if (free == 0)
            {
                Hold(open, HoldReason.Pacing);
                return Earlier(freeAt, quietUntil);
            }

            if (DeliveryPlan.IsDigest(candidates, _destination, free))
            {
                SendDigest(candidates, open);
            }
            else
            {
                Send([candidates[0].Delivery]);
            }
        }

        return null;
    }

    private void SendDigest(IReadOnlyList<Candidate> candidates, SeverityRange open)
    {
        foreach (var part in DeliveryPlan.Digest(_channel, _destination, candidates, _now))
        {
            if (open == SeverityRange.All && Quiet.EndAfter(_now) is not null)
            {
                return;
            }

            var (free, freeAt) = Budget();
            if (free == 0)
            {
                Hold(open, HoldReason.Pacing);
                _now = freeAt;
            }

            Send(part.Deliveries);
        }
    }

    private void Send(IReadOnlyList<Delivery> deliveries)
    {
        _messages.Add(_now);
        _intervalFrom = _now;
        var sent = deliveries.Select(delivery => delivery.Id).ToHashSet();
        _open.RemoveAll(candidate => sent.Contains(candidate.Delivery.Id));
    }

    private void Hold(SeverityRange severities, HoldReason reason)
    {
        foreach (var delivery in _open.Select(candidate => candidate.Delivery).Where(delivery => severities.Contains(delivery.Severity)
            && delivery.State == DeliveryState.Waiting))
        {
            (delivery.State, delivery.HoldReason) = (DeliveryState.Held, reason);
        }
    }

    // Only this channel's messages are counted, though others may share its destination.
    private (int Free, DateTimeOffset FreeAt) Budget()
    {
        if (_destination.Pacing.IsUnlimited)
        {
            return (int.MaxValue, _now);
        }

        var used = 0;
        while (used < _destination.Pacing.Sends && used < _messages.Count && _messages[^(used + 1)] > _now - _destination.Pacing.Window)
        {
            used++;
        }

        return PacingStore.Free(_destination.Pacing, used, used == 0 ? _now : _messages[^used], _now);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other : one;
}
