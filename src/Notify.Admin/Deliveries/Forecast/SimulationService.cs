using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>What is typed about a channel, as far as it decides what is sent and when.</summary>
/// <param name="Channel">Its id is 0 for a new one, of which nothing is stored.</param>
/// <param name="HearsNow">By what is stored, for a channel that is on.</param>
/// <param name="HearsThen">By what is typed.</param>
/// <param name="Interval">As typed; null leaves it.</param>
/// <param name="NewDays">How many days the rules of either look back for the same event.</param>
public sealed record SimulatedChange(
    ChannelKey Channel, Func<EventRecord, bool> HearsNow, Func<EventRecord, bool> HearsThen, bool IsOn, TimeSpan? Interval,
    DeliveryPolicy Policy, int NewDays = 0);

/// <summary>One day: events matched and messages sent, by what is stored and by what is typed.</summary>
public sealed record SimulatedDay(DateOnly Day, int MatchedNow, int MatchedThen, int MessagesNow, int MessagesThen);

/// <param name="Days">Oldest first.</param>
/// <param name="Added">Events that only what is typed hears.</param>
/// <param name="Lost">Events that only what is stored hears.</param>
/// <param name="From">Of the first of them, and the end of the last: now.</param>
/// <param name="CutAt">Older events were not looked at: there were too many. Null where all were.</param>
public sealed record SimulatedComparison(
    IReadOnlyList<SimulatedDay> Days, DateTimeOffset From, DateTimeOffset To, int Added, int Lost, int RepeatsNow, int RepeatsThen,
    int WaitingNow, int WaitingThen, DateTimeOffset? CutAt)
{
    /// <summary>Events that were not sent because their problem was muted.</summary>
    public int MutedNow { get; init; }

    public int MutedThen { get; init; }

    /// <summary>Events that were held back by an open problem.</summary>
    public int InhibitedNow { get; init; }

    public int InhibitedThen { get; init; }

    /// <summary>How many more messages a day there would have been; less than nothing for fewer.</summary>
    public double MorePerDay => (Days.Sum(day => day.MessagesThen) - Days.Sum(day => day.MessagesNow))
        / Math.Max(1, (To - (CutAt ?? From)).TotalDays);
}

/// <summary>What a change of a rule set would have meant.</summary>
/// <param name="Channels">That would have been sent other events.</param>
/// <param name="Added">Events that some of them would have been sent in addition.</param>
/// <param name="Lost">Events that some of them would not have been sent.</param>
/// <param name="CutAt">Older events were not looked at: there were too many. Null where all were.</param>
public sealed record RuleSetPlan(int Channels, int Added, int Lost, long DeliveriesAdded, long DeliveriesLost, DateTimeOffset? CutAt);

/// <summary>Counts what a change of a channel, or of a rule set that many channels use, would have meant for the events of the last
/// days.</summary>
internal sealed class SimulationService(
    SimulationStore store, CurrentRules rules, EarlierEvents earlier, PauseStore pauses, IEnumerable<IChannel> channels, TimeProvider time)
    : IDisposable
{
    /// <summary>Events that are looked at, the newest.</summary>
    public const int MostEvents = 20_000;

    /// <summary>Matches of channels that are compared for a rule set: so many take about a second.</summary>
    private const int MostMatches = 2_000_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ChannelKind, IChannel> _channels = channels.ToDictionary(channel => channel.Kind);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private Held? _held;

    public void Dispose() => _reading.Dispose();

    /// <param name="days">Today included, in the calendar of <paramref name="zone"/>.</param>
    /// <returns>Null when the channel has been deleted.</returns>
    public async Task<SimulatedComparison?> CompareAsync(
        SimulatedChange change, int days, TimeZoneInfo zone, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var channel = _channels[change.Channel.Kind];
        var found = change.Channel.Id == 0 ? channel.Unsaved with { IsOn = false }
            : await channel.FindAsync(change.Channel.Id, cancellationToken);
        if (found is not { } stored)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var first = LocalClock.DayOf(zone, now).AddDays(1 - days);
        var events = await ReadAsync(LocalClock.MomentOf(zone, first, TimeOnly.MinValue), cancellationToken);
        events = await KnowAsync(events, record => IsByNewness(change.HearsNow, record) || IsByNewness(change.HearsThen, record),
            change.NewDays, cancellationToken);
        var mutes = (await pauses.ReadAsync(cancellationToken)).MutesOf(change.Channel);
        var typed = stored with { IsOn = change.IsOn, Interval = change.Interval ?? stored.Interval, Policy = change.Policy };
        // Off the renderer's thread: it is work.
        return await Task.Run(() => Compare(channel, stored, typed, change, events, mutes, now, zone, first, days, cancellationToken),
            cancellationToken);
    }

    /// <param name="changed">The rule set as it would be saved.</param>
    /// <param name="days">Today included, in the calendar of <paramref name="zone"/>.</param>
    public async Task<RuleSetPlan> PlanAsync(
        SharedRules changed, int days, TimeZoneInfo zone, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var first = LocalClock.DayOf(zone, time.GetUtcNow()).AddDays(1 - days);
        var events = await ReadAsync(LocalClock.MomentOf(zone, first, TimeOnly.MinValue), cancellationToken);
        var now = await rules.ReadAsync(cancellationToken);
        var before = now.Values.Select(snapshot => HearingSnapshot.FindRuleSet(snapshot, changed.Id)).OfType<SharedRules>()
            .FirstOrDefault();
        // Where the set itself decides alike, nothing changes, whatever is new.
        events = await KnowAsync(events, record => Says(before, record) != Says(changed, record)
            || IsByNewness(one => Says(before, one), record) || IsByNewness(one => Says(changed, one), record),
            now.Values.Select(snapshot => snapshot.NewDays).Append(changed.Rules.NewDays).Max(), cancellationToken);
        // Off the renderer's thread: it is work.
        return await Task.Run(() => Plan(now.Values, changed, events, cancellationToken), cancellationToken);
    }

    // The newest first, so that of too many the oldest are left out.
    private static RuleSetPlan Plan(
        IEnumerable<IMatcherSnapshot> stored, SharedRules changed, IReadOnlyList<SimulatedEvent> events,
        CancellationToken cancellationToken)
    {
        var kinds = stored.Where(before => HearingSnapshot.FindRuleSet(before, changed.Id) is not null)
            .Select(before => (Before: before, After: HearingSnapshot.With(before, changed))).ToList();
        var rules = kinds.Count == 0 ? OwnRuleList.Empty : HearingSnapshot.FindRuleSet(kinds[0].Before, changed.Id)!.Rules;
        HashSet<ChannelKey> channels = [];
        var (added, lost, compared) = (0, 0, 0L);
        var (deliveriesAdded, deliveriesLost) = (0L, 0L);
        DateTimeOffset? cut = events.Count == MostEvents ? events[0].At : null;
        foreach (var each in events.Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (compared > MostMatches)
            {
                cut = each.At;
                break;
            }

            var facts = OwnRuleEvent.FactsOf(each.Record);
            if (rules.FirstMatch(facts) >= 0 == changed.Rules.FirstMatch(facts) >= 0)
            {
                continue;
            }

            var (isAdded, isLost) = (false, false);
            foreach (var (before, after) in kinds)
            {
                var now = before.Match(each.Record).Select(match => match.Channel).ToHashSet();
                var then = after.Match(each.Record).Select(match => match.Channel).ToHashSet();
                compared += now.Count + then.Count;
                var gains = then.Where(channel => !now.Contains(channel)).ToList();
                var losses = now.Where(channel => !then.Contains(channel)).ToList();
                channels.UnionWith(gains);
                channels.UnionWith(losses);
                (isAdded, isLost) = (isAdded || gains.Count > 0, isLost || losses.Count > 0);
                (deliveriesAdded, deliveriesLost) = (deliveriesAdded + gains.Count, deliveriesLost + losses.Count);
            }

            (added, lost) = (added + (isAdded ? 1 : 0), lost + (isLost ? 1 : 0));
        }

        return new RuleSetPlan(channels.Count, added, lost, deliveriesAdded, deliveriesLost, cut);
    }

    private static SimulatedComparison Compare(IChannel channel, Destination stored, Destination typed, SimulatedChange change,
        IReadOnlyList<SimulatedEvent> events, IReadOnlyList<ProblemMute> mutes, DateTimeOffset now, TimeZoneInfo zone, DateOnly first,
        int days, CancellationToken cancellationToken)
    {
        List<SimulatedEvent> hearing = [];
        List<SimulatedEvent> willHear = [];
        var (added, lost) = (0, 0);
        foreach (var each in events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (hears, will) = (stored.IsOn && change.HearsNow(each.Record), typed.IsOn && change.HearsThen(each.Record));
            (added, lost) = (added + (will && !hears ? 1 : 0), lost + (hears && !will ? 1 : 0));
            if (hears)
            {
                hearing.Add(each);
            }

            if (will)
            {
                willHear.Add(each);
            }
        }

        // What was held back is matched, and not sent.
        var (toSendNow, toSendThen) = (NotInhibited(hearing), NotInhibited(willHear));
        var sentNow = SendingSimulation.Run(channel, stored, toSendNow, mutes, now, cancellationToken);
        var sentThen = SendingSimulation.Run(channel, typed, toSendThen, mutes, now, cancellationToken);
        var (matchedNow, matchedThen) = (PerDay(hearing.Select(e => e.At)), PerDay(willHear.Select(e => e.At)));
        var (messagesNow, messagesThen) = (PerDay(sentNow.Messages), PerDay(sentThen.Messages));
        return new SimulatedComparison(
            [.. Enumerable.Range(0, days).Select(day => new SimulatedDay(first.AddDays(day), matchedNow[day], matchedThen[day],
                messagesNow[day], messagesThen[day]))],
            LocalClock.MomentOf(zone, first, TimeOnly.MinValue), now,
            added, lost, sentNow.Repeats, sentThen.Repeats, sentNow.Waiting, sentThen.Waiting,
            events.Count == MostEvents ? events[0].At : null)
        {
            MutedNow = sentNow.Muted,
            MutedThen = sentThen.Muted,
            InhibitedNow = hearing.Count - toSendNow.Count,
            InhibitedThen = willHear.Count - toSendThen.Count,
        };

        static List<SimulatedEvent> NotInhibited(List<SimulatedEvent> events) => events.FindAll(each => each.Record.InhibitedBy is null);

        int[] PerDay(IEnumerable<DateTimeOffset> moments)
        {
            var counts = new int[days];
            foreach (var moment in moments)
            {
                counts[Math.Clamp(LocalClock.DayOf(zone, moment).DayNumber - first.DayNumber, 0, days - 1)]++;
            }

            return counts;
        }
    }

    private static bool Says(SharedRules? set, EventRecord record) => set?.Rules.FirstMatch(OwnRuleEvent.FactsOf(record)) >= 0;

    // What is not heard as a new one is not heard as an old one, and what is heard as one that came just now is heard as any.
    private static bool IsByNewness(Func<EventRecord, bool> hears, EventRecord record) =>
        hears(record) && !hears(record with { SeenAgo = TimeSpan.Zero });

    /// <summary>With how long before those that are wanted the same came last.</summary>
    private async Task<IReadOnlyList<SimulatedEvent>> KnowAsync(
        IReadOnlyList<SimulatedEvent> events, Func<EventRecord, bool> isWanted, int days, CancellationToken cancellationToken)
    {
        if (days == 0)
        {
            return events;
        }

        var seen = await Task.Run(() => earlier.FindAsync([.. events.Select(each => (each.Record, each.At))],
            at => isWanted(events[at].Record), days, cancellationToken), cancellationToken);
        return [.. events.Zip(seen, (each, ago) => ago is null ? each : each with { Record = each.Record with { SeenAgo = ago } })];
    }

    // Every open form asks for the same events; the collector may have them back meanwhile.
    private async Task<IReadOnlyList<SimulatedEvent>> ReadAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_held is { } held && held.From == from && time.GetElapsedTime(held.At) < Kept && held.Events.TryGetTarget(out var kept))
            {
                return kept;
            }

            var events = await store.ReadAsync(from, MostEvents, cancellationToken);
            _held = new Held(from, time.GetTimestamp(), new WeakReference<IReadOnlyList<SimulatedEvent>>(events));
            return events;
        }
        finally
        {
            _reading.Release();
        }
    }

    private sealed record Held(DateTimeOffset From, long At, WeakReference<IReadOnlyList<SimulatedEvent>> Events);
}
