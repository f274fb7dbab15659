using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Which problems are open, and so which events are held back: decided at intake, one event after another, and once more before
/// what has waited is sent.</summary>
internal sealed class OpenProblemStore(
    IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, IInhibitions inhibitions, TimeProvider time)
{
    private static readonly IReadOnlyList<LateDependant> None = [];

    /// <summary>Whether an event that came now would be held back; null where it would not.</summary>
    public async Task<Inhibited?> FindAsync(EventRecord record, CancellationToken cancellationToken)
    {
        var version = await feed.VersionAsync(ChangeAreas.Channels, cancellationToken);
        var snapshot = await inhibitions.GetSnapshotAsync(version, cancellationToken);
        if (snapshot.WhereHeldBack(record).ToList() is not { Count: > 0 } places)
        {
            return null;
        }

        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return OpenProblems.Of(await ReadAsync(context, places, [], now, cancellationToken), now).Find(places, record)?.Inhibited;
    }

    /// <summary>What of deliveries that wait is held back by now: their problem came after them.</summary>
    /// <param name="version">Of <see cref="ChangeAreas.Channels"/>, as the lane was read.</param>
    public async Task<IReadOnlyList<LateDependant>> FindLateAsync(
        IReadOnlyList<Candidate> candidates, long version, CancellationToken cancellationToken)
    {
        var snapshot = await inhibitions.GetSnapshotAsync(version, cancellationToken);
        if (snapshot.IsEmpty)
        {
            return None;
        }

        var waiting = LateDependant.Waiting(candidates)
            .Select(candidate => (Candidate: candidate, Places: snapshot.WhereHeldBack(candidate.Event).ToList()))
            .Where(one => one.Places.Count > 0).ToList();
        if (waiting.Count == 0)
        {
            return None;
        }

        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var open = OpenProblems.Of(await ReadAsync(context, waiting.SelectMany(one => one.Places), [], now, cancellationToken), now);
        return
        [
            .. waiting.Select(one => (one.Candidate, By: open.Find(one.Places, one.Candidate.Event)))
                .Where(one => one.By is not null)
                .Select(one => new LateDependant(one.Candidate.Delivery, one.By!.Value.Inhibited, one.By.Value.Problem.Id)),
        ];
    }

    /// <summary>Decides for new events in their transaction, and keeps what they open and resolve.</summary>
    /// <param name="events">In their order, and whether anybody hears each: what nobody hears need not be held back.</param>
    public static async Task<IReadOnlyList<InhibitionVerdict>> DecideAsync(
        NotifyDbContext context, InhibitionSnapshot snapshot, IReadOnlyList<(EventRecord Record, bool IsHeard)> events, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var decided = new InhibitionVerdict[events.Count];
        if (snapshot.IsEmpty)
        {
            return decided;
        }

        var opened = events.Select(one => snapshot.WhereOpened(one.Record).ToList()).ToList();
        var heldBack = events.Select(one => one.IsHeard ? snapshot.WhereHeldBack(one.Record).ToList() : []).ToList();
        // Its newest event counts, and nothing that an earlier one had opened.
        var changing = events.Select((one, at) => opened[at].Count > 0 || EventProblem.StateOf(one.Record) == EventState.Resolved
            ? EventProblem.KeyOf(one.Record) : null).ToList();
        var stored = await ReadAsync(
            context, heldBack.SelectMany(places => places), [.. changing.OfType<string>().Distinct()], now, cancellationToken);
        var open = OpenProblems.Of(stored, now);
        List<OpenProblem> added = [];
        Dictionary<long, int> counted = [];
        for (var at = 0; at < events.Count; at++)
        {
            var record = events[at].Record;
            var heldBefore = 0;
            if (changing[at] is { } problem)
            {
                heldBefore = open.End(problem);
                added.RemoveAll(one => one.Problem == problem);
                foreach (var (inhibition, same) in opened[at])
                {
                    var row = new OpenProblem
                    {
                        InhibitionId = inhibition.Id, Same = same, Problem = problem, EventId = record.Id, Until = now + inhibition.Longest,
                        // It goes on: what was counted before is kept, at one of its rows.
                        Held = added.Exists(one => one.Problem == problem) ? 0 : heldBefore,
                    };
                    added.Add(row);
                    open.Add(row);
                }
            }

            var by = open.Find(heldBack[at], record);
            if (by is { Problem: { } holding })
            {
                holding.Held++;
                counted[holding.Id] = counted.GetValueOrDefault(holding.Id) + 1;
            }

            decided[at] = new InhibitionVerdict(
                by?.Inhibited ?? (opened[at] is [var first, ..] ? new Inhibited(first.Inhibition.Name, null) : null),
                opened[at].Count > 0 ? 0 : heldBefore);
        }

        await KeepAsync(context, [.. changing.OfType<string>()], added, counted, now, cancellationToken);
        return decided;
    }

    /// <summary>Counts at a problem what it holds back late.</summary>
    /// <returns>False where it has ended meanwhile.</returns>
    public static async Task<bool> CountAsync(NotifyDbContext context, long id, int held, CancellationToken cancellationToken) =>
        await context.OpenProblems.Where(p => p.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Held, p => p.Held + held), cancellationToken) > 0;

    private static async Task<IReadOnlyList<OpenProblem>> ReadAsync(
        NotifyDbContext context, IEnumerable<InhibitionPlace> places, string[] problems, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var same = places.Select(place => place.Same).Distinct().ToArray();
        var open = same.Length == 0 ? [] : await context.OpenProblems.AsNoTracking()
            .Where(p => same.Contains(p.Same) && p.Until > now).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        if (problems.Length > 0)
        {
            var known = open.Select(p => p.Id).ToHashSet();
            open.AddRange((await context.OpenProblems.AsNoTracking().Where(p => problems.Contains(p.Problem)).OrderBy(p => p.Id)
                .ToListAsync(cancellationToken)).Where(p => !known.Contains(p.Id)));
        }

        return open;
    }

    private static async Task KeepAsync(NotifyDbContext context, HashSet<string> ended, List<OpenProblem> added,
        Dictionary<long, int> counted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // In one order, so that two instances do not wait for each other; what is added has no id yet, and is counted already.
        foreach (var (id, held) in counted.Where(one => one.Key != 0).OrderBy(one => one.Key))
        {
            await CountAsync(context, id, held, cancellationToken);
        }

        if (ended.Count > 0)
        {
            await context.OpenProblems.Where(p => ended.Contains(p.Problem)).ExecuteDeleteAsync(cancellationToken);
        }

        if (added.Count > 0)
        {
            // Those that nobody ever said are over.
            await context.OpenProblems.Where(p => p.Until <= now).ExecuteDeleteAsync(cancellationToken);
            context.OpenProblems.AddRange(added);
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}
