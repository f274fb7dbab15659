using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Events;

/// <summary>Writes events with their deliveries in one transaction; matching is decided here, against the rules as they stand in
/// it.</summary>
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

    // What events mean for each other is decided on what all before them have left: by one group after another.
    private readonly SemaphoreSlim _deciding = new(1, 1);

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
        List<IMatcherSnapshot> snapshots = [];
        foreach (var matcher in matchers)
        {
            snapshots.Add(await matcher.GetSnapshotAsync(version, cancellationToken));
        }

        var replaced = await ReplacedAsync(context, requests, cancellationToken);
        var isLeftOut = requests.Select(request => request.InPlaceOf is { } old && !replaced.Add(old.RowId)).ToArray();
        var known = await keys.KnownAsync(context,
            [.. requests.Where((_, at) => !isLeftOut[at]).SelectMany(r => r.Events).Select(e => e.Key).Distinct()], cancellationToken);
        List<ReplacedEvent> replacing = [];
        List<Candidate> candidates = [];
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

            var accepted = 0;
            foreach (var parsed in request.Events)
            {
                if (known.Keys.Add(parsed.Key))
                {
                    accepted++;
                    candidates.Add(new Candidate(parsed, parsed.ToRecord(now), snapshots));
                }
            }

            results.Add(new IntakeResult(accepted, request.Events.Count - accepted, false));
        }

        if (replacing.Count > 0)
        {
            context.ReplacedEvents.AddRange(replacing);
            await context.SaveChangesAsync(cancellationToken);
        }

        if (candidates.Count == 0)
        {
            await (replacing.Count > 0 ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken));
            return results;
        }

        var inhibited = await inhibitions.GetSnapshotAsync(version, cancellationToken);
        if (inhibited.IsEmpty && !candidates.Exists(candidate => candidate.IsIfNew))
        {
            await AddAsync(context, transaction, candidates, new InhibitionVerdict[candidates.Count], known, now, cancellationToken);
            return results;
        }

        // Taken after the keys and let go after the commit: who has it waits for no group that waits for it.
        await _deciding.WaitAsync(cancellationToken);
        try
        {
            await DropSeenAsync(context, snapshots, candidates, now, cancellationToken);
            var verdicts = await OpenProblemStore.DecideAsync(context, inhibited,
                [.. candidates.Select(candidate => (candidate.Record, candidate.IsHeard))], now, cancellationToken);
            await AddAsync(context, transaction, candidates, verdicts, known, now, cancellationToken);
            return results;
        }
        finally
        {
            _deciding.Release();
        }
    }

    private async Task AddAsync(NotifyDbContext context, IDbContextTransaction transaction, List<Candidate> candidates,
        IReadOnlyList<InhibitionVerdict> verdicts, KnownEvents known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        candidates.ForEach(candidate => candidate.AddOthers());
        // Looked up once: a worker may find a lane closed while this is written, and what was written as waiting would wake nobody.
        Dictionary<(ChannelKey Channel, Severity Severity), Hold?> held = [];
        foreach (var candidate in candidates)
        {
            foreach (var match in candidate.Matches)
            {
                var heard = (match.Channel, candidate.Record.Severity);
                if (!held.ContainsKey(heard))
                {
                    held[heard] = holds.Find(match.Channel, candidate.Record.Severity);
                }
            }
        }

        var fresh = new NewEvent[candidates.Count];
        for (var i = 0; i < fresh.Length; i++)
        {
            fresh[i] = candidates[i].ToNewEvent(now, verdicts[i], held);
            fresh[i].Row.Id = known.Ids?[fresh[i].Row.Key] ?? 0;
        }

        await rows.InsertAsync(context, fresh, now, cancellationToken);
        if (held.Keys.Select(h => h.Channel).Where(channel => !_lanes.ContainsKey(channel)).Distinct().ToList() is { Count: > 0 } unknown)
        {
            await DeliveryQueue.AddLanesAsync(context, unknown, now, cancellationToken);
        }

        await CountSkippedAsync(context, fresh, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        keys.Added(fresh);
        foreach (var (channel, _) in held.Keys)
        {
            _lanes[channel] = true;
        }

        WakeLanes(held);
        feed.Announce(ChangeAreas.Events);
        feed.Announce(ChangeAreas.Deliveries);
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
    private static async Task DropSeenAsync(NotifyDbContext context, IReadOnlyList<IMatcherSnapshot> snapshots,
        IReadOnlyList<Candidate> candidates, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!candidates.Any(candidate => candidate.IsIfNew))
        {
            return;
        }

        var seen = await EarlierEvents.FindAsync(context, [.. candidates.Select(candidate => (candidate.Record, now))],
            at => candidates[at].IsIfNew, snapshots.Max(snapshot => snapshot.NewDays), cancellationToken);
        foreach (var (candidate, ago) in candidates.Zip(seen).Where(pair => pair.Second is not null))
        {
            candidate.Match(candidate.Record with { SeenAgo = ago }, snapshots);
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

    /// <summary>An event that will be stored, and who hears it.</summary>
    private sealed class Candidate
    {
        private readonly ParsedEvent _parsed;

        public Candidate(ParsedEvent parsed, EventRecord record, IReadOnlyList<IMatcherSnapshot> snapshots)
        {
            (_parsed, Record) = (parsed, record);
            Match(record, snapshots);
        }

        public EventRecord Record { get; }

        public List<ChannelMatch> Matches { get; } = [];

        public bool IsHeard => Matches.Count + _parsed.AlsoTo.Count > 0;

        public bool IsIfNew => Matches.Exists(match => match.IfNew);

        /// <param name="record">The event, with what is known of it by now.</param>
        public void Match(EventRecord record, IReadOnlyList<IMatcherSnapshot> snapshots)
        {
            Matches.Clear();
            foreach (var snapshot in snapshots)
            {
                Matches.AddRange(snapshot.Match(record));
            }
        }

        /// <summary>Adds those that get it whether or not they hear it.</summary>
        public void AddOthers()
        {
            foreach (var also in _parsed.AlsoTo)
            {
                if (!Matches.Exists(match => match.Channel == also.Channel))
                {
                    Matches.Add(also);
                }
            }
        }

        public NewEvent ToNewEvent(DateTimeOffset now, InhibitionVerdict verdict,
            IReadOnlyDictionary<(ChannelKey Channel, Severity Severity), Hold?> held) =>
            new(_parsed.ToRow(Record, now, Matches.Count, verdict), Matches) { Held = held };
    }
}
