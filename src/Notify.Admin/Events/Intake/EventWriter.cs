using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Events;

/// <summary>Writes events with their deliveries in one transaction. Who hears them is decided by the rules as they stand in it: what was
/// matched before holds if they are the same still.</summary>
internal sealed class EventWriter(
    IntakeContexts contexts,
    ProviderContextFactory probes,
    IEventKeys keys,
    IEventRows rows,
    IEnumerable<IChannelMatcher> matchers,
    IInhibitions inhibitions,
    LaneWaker lanes,
    KnownHolds holds,
    ChangeFeed feed,
    TimeProvider time) : IDisposable
{
    private const int ProbeLength = 16 * 1024;

    // Translated once: the same query as LINQ is looked up by its expression at each commit.
    private readonly Func<NotifyDbContext, CancellationToken, Task<long>> _version = EF.CompileAsyncQuery(
        (NotifyDbContext context, CancellationToken cancellationToken) =>
            context.ChangeVersions.TagWith(KeptPlans.Tag).Where(v => v.Area == ChangeAreas.Channels).Select(v => v.Version).Single());

    // Lanes that are there, and stay; only new ones are made in the events' transaction.
    private readonly ConcurrentDictionary<ChannelKey, bool> _lanes = [];

    // As the last transaction has found them; none before the first.
    private volatile IReadOnlyList<IMatcherSnapshot>? _rules;

    // What events mean for each other is decided on what all before them have left: by one group after another.
    private readonly SemaphoreSlim _deciding = new(1, 1);

    /// <summary>Does for a request what needs no transaction, on any thread: then it is matched against the rules that were last
    /// read.</summary>
    public IntakeRequest Prepare(IReadOnlyList<ParsedEvent> events, EventReplacement? inPlaceOf)
    {
        var (now, rules) = (time.GetUtcNow(), _rules);
        var prepared = new PreparedEvent[events.Count];
        for (var i = 0; i < prepared.Length; i++)
        {
            prepared[i] = new PreparedEvent(events[i], now);
            if (rules is not null)
            {
                prepared[i].Match(rules);
            }
        }

        return new IntakeRequest(prepared, inPlaceOf);
    }

    /// <summary>So many groups may be written at once.</summary>
    public int AtOnce => contexts.AtOnce;

    /// <summary>Writes one group of requests; <see cref="AtOnce"/> calls at a time.</summary>
    /// <returns>Per request, how many events were new and how many known.</returns>
    public Task<IReadOnlyList<IntakeResult>> WriteAsync(IReadOnlyList<IntakeRequest> requests, CancellationToken cancellationToken) =>
        contexts.RunAsync(context => WriteAsync(context, requests, cancellationToken), cancellationToken);

    public void Dispose() => _deciding.Dispose();

    private async Task<IReadOnlyList<IntakeResult>> WriteAsync(
        NotifyDbContext context, IReadOnlyList<IntakeRequest> requests, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var version = await _version(context, cancellationToken);
        var rules = await RulesAsync(version, cancellationToken);
        var replaced = await ReplacedAsync(context, requests, cancellationToken);
        var isLeftOut = requests.Select(request => request.InPlaceOf is { } old && !replaced.Add(old.RowId)).ToArray();
        var known = await keys.KnownAsync(context,
            [.. requests.Where((_, at) => !isLeftOut[at]).SelectMany(r => r.Events).Select(e => e.Key).Distinct()], cancellationToken);
        List<ReplacedEvent> replacing = [];
        List<PreparedEvent> added = [];
        List<IntakeResult> results = new(requests.Count);
        for (var at = 0; at < requests.Count; at++)
        {
            var request = requests[at];
            if (isLeftOut[at])
            {
                results.Add(new IntakeResult(0, 0, false));
                continue;
            }

            if (request.InPlaceOf is { } old)
            {
                replacing.Add(old.ToRow(request.Events, now));
            }

            var before = added.Count;
            foreach (var one in request.Events)
            {
                if (known.Keys.Add(one.Key))
                {
                    one.Match(rules);
                    added.Add(one);
                }
            }

            var accepted = added.Count - before;
            results.Add(new IntakeResult(accepted, request.Events.Count - accepted, false));
        }

        if (replacing.Count > 0)
        {
            context.ReplacedEvents.AddRange(replacing);
            await context.SaveChangesAsync(cancellationToken);
        }

        if (added.Count == 0)
        {
            await (replacing.Count > 0 ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken));
            return results;
        }

        var inhibited = await inhibitions.GetSnapshotAsync(version, cancellationToken);
        if (inhibited.IsEmpty && !added.Exists(one => one.IsIfNew))
        {
            await AddAsync(context, transaction, added, new InhibitionVerdict[added.Count], known, now, cancellationToken);
            return results;
        }

        // Taken after the keys and let go after the commit: who has it waits for no group that waits for it.
        await _deciding.WaitAsync(cancellationToken);
        try
        {
            await DropSeenAsync(context, rules, added, now, cancellationToken);
            var verdicts = await OpenProblemStore.DecideAsync(context, inhibited,
                [.. added.Select(one => (one.Record, one.IsHeard))], now, cancellationToken);
            await AddAsync(context, transaction, added, verdicts, known, now, cancellationToken);
            return results;
        }
        finally
        {
            _deciding.Release();
        }
    }

    private async Task AddAsync(NotifyDbContext context, IDbContextTransaction transaction, List<PreparedEvent> added,
        IReadOnlyList<InhibitionVerdict> verdicts, KnownEvents known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        added.ForEach(one => one.AddOthers());
        // Looked up once: a worker may find a lane closed while this is written, and what was written as waiting would wake nobody.
        Dictionary<(ChannelKey Channel, Severity Severity), Hold?> held = [];
        var fresh = new NewEvent[added.Count];
        for (var i = 0; i < fresh.Length; i++)
        {
            var one = added[i];
            foreach (var match in one.Matches)
            {
                ref var hold = ref CollectionsMarshal.GetValueRefOrAddDefault(held, (match.Channel, one.Record.Severity), out var isKnown);
                hold = isKnown ? hold : holds.Find(match.Channel, one.Record.Severity);
            }

            fresh[i] = new NewEvent(one.ToRow(now, one.Matches.Count, verdicts[i]), one.Matches) { Held = held };
            fresh[i].Row.Id = known.Ids?[one.Key] ?? 0;
        }

        await rows.InsertAsync(context, fresh, now, cancellationToken);
        keys.TakeAlong(context, fresh.Length);
        if (held.Keys.Select(h => h.Channel).Where(channel => !_lanes.ContainsKey(channel)).Distinct().ToList() is { Count: > 0 } unknown)
        {
            await DeliveryQueue.AddLanesAsync(context, unknown, now, cancellationToken);
        }

        await CountSkippedAsync(context, fresh, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        keys.Added(fresh);
        foreach (var (channel, _) in held.Keys)
        {
            _lanes.TryAdd(channel, true);
        }

        WakeLanes(held);
        feed.Announce(ChangeAreas.Events);
        feed.Announce(ChangeAreas.Deliveries);
    }

    // In the transaction. The list stays the same while they do, so that what was matched against it shows.
    private async ValueTask<IReadOnlyList<IMatcherSnapshot>> RulesAsync(long version, CancellationToken cancellationToken)
    {
        List<IMatcherSnapshot> now = [];
        foreach (var matcher in matchers)
        {
            now.Add(await matcher.GetSnapshotAsync(version, cancellationToken));
        }

        return _rules is { } known && known.SequenceEqual(now) ? known : _rules = now;
    }

    // A lane that is closed looks by itself when that ends, unless it was opened meanwhile.
    private void WakeLanes(Dictionary<(ChannelKey Channel, Severity Severity), Hold?> held)
    {
        Dictionary<ChannelKey, bool> waiting = [];
        foreach (var ((channel, severity), hold) in held)
        {
            if (hold is null || holds.Find(channel, severity) is null)
            {
                waiting[channel] = severity == Severity.Critical || waiting.GetValueOrDefault(channel);
            }
        }

        lanes.Wake(waiting);
    }

    // Only what a rule that asks for new events would otherwise match is looked for in the store.
    private static async Task DropSeenAsync(NotifyDbContext context, IReadOnlyList<IMatcherSnapshot> rules,
        List<PreparedEvent> added, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!added.Exists(one => one.IsIfNew))
        {
            return;
        }

        var seen = await EarlierEvents.FindAsync(context, [.. added.Select(one => (one.Record, now))],
            at => added[at].IsIfNew, rules.Max(snapshot => snapshot.NewDays), cancellationToken);
        for (var at = 0; at < seen.Length; at++)
        {
            if (seen[at] is { } ago)
            {
                added[at].MatchAsSeen(ago, rules);
            }
        }
    }

    // What is held back is in the figures of its lane at once; in one order, so that two instances do not wait for each other.
    private static async Task CountSkippedAsync(NotifyDbContext context, IReadOnlyList<NewEvent> fresh, CancellationToken cancellationToken)
    {
        foreach (var (channel, count) in fresh.Where(f => f.Row.InhibitedBy is not null).SelectMany(f => f.Matches)
            .CountBy(match => match.Channel).OrderBy(lane => ChannelLane.IdOf(lane.Key)))
        {
            await DeliveryTotalsStore.CountAsync(context, channel, [(DeliveryState.Skipped, count)], cancellationToken);
        }
    }

    // Another instance may add one of these meanwhile: its key is in the way then, and the group is written again.
    private static async Task<HashSet<long>> ReplacedAsync(NotifyDbContext context, IReadOnlyList<IntakeRequest> requests,
        CancellationToken cancellationToken)
    {
        var asked = requests.Select(request => request.InPlaceOf?.RowId).OfType<long>().ToArray();
        return asked.Length == 0 ? [] : [.. await context.ReplacedEvents.Where(r => asked.Contains(r.EventRowId)).Select(r => r.EventRowId)
            .ToListAsync(cancellationToken)];
    }

    /// <summary>Commits an event and its removal at once, as a test of whether events can be stored. Nobody sees it.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var probe = new IncomingEvent
        {
            Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            Source = ProductEvent.Source,
            EventId = "probe",
            Type = ProductEvent.TypePrefix + "probe",
            Time = now,
            ReceivedAt = now,
            // The probe's row is large enough that a full disk has no room for it.
            Json = new string(' ', ProbeLength),
        };
        // Not on the connection of the groups: one of them may be on its way.
        await using var context = probes.CreateForIntake();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await rows.InsertAsync(context, [new NewEvent(probe, [])], now, cancellationToken);
        // By its time as well, which every store has an index of.
        await context.Events.Where(e => e.ReceivedAt == now && e.Key == probe.Key).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
