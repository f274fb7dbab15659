using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>An event that is held back, or that holds others back.</summary>
/// <param name="Inhibition">Its name.</param>
/// <param name="By">CloudEvents <c>id</c> of the problem's last event; null where the event is the problem.</param>
public sealed record Inhibited(string Inhibition, string? By);

/// <summary>Which problems are open, and so which events are held back. Decided at intake, one event after another.</summary>
internal sealed class OpenProblemStore(
    IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, IInhibitions inhibitions, TimeProvider time)
{
    /// <summary>Whether an event that came now would be held back; null where it would not.</summary>
    public async Task<Inhibited?> FindAsync(EventRecord record, CancellationToken cancellationToken)
    {
        var version = await feed.VersionAsync(ChangeAreas.Channels, cancellationToken);
        var snapshot = await inhibitions.GetSnapshotAsync(version, cancellationToken);
        if (snapshot.WhereHeldBack(record).ToList() is not { Count: > 0 } places)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await ReadAsync(context, places.Select(place => place.Same), time.GetUtcNow(), cancellationToken);
        return FindIn(open, places, record);
    }

    /// <summary>Decides for new events in their transaction, and keeps what they open and resolve.</summary>
    /// <param name="events">In their order, and whether anybody hears each: what nobody hears need not be held back.</param>
    public static async Task<IReadOnlyList<Inhibited?>> DecideAsync(
        NotifyDbContext context, InhibitionSnapshot snapshot, IReadOnlyList<(EventRecord Record, bool IsHeard)> events, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var decided = new Inhibited?[events.Count];
        if (snapshot.IsEmpty)
        {
            return decided;
        }

        var opened = events.Select(one => snapshot.WhereOpened(one.Record).ToList()).ToList();
        var heldBack = events.Select(one => one.IsHeard ? snapshot.WhereHeldBack(one.Record).ToList() : []).ToList();
        var open = await ReadAsync(context, heldBack.SelectMany(places => places).Select(place => place.Same), now, cancellationToken);
        List<OpenProblem> added = [];
        HashSet<string> ended = [];
        for (var at = 0; at < events.Count; at++)
        {
            var record = events[at].Record;
            if (EventProblem.KeyOf(record) is { } problem
                && (opened[at].Count > 0 || EventProblem.StateOf(record) == EventState.Resolved))
            {
                // Its newest event counts, and nothing that an earlier one had opened.
                ended.Add(problem);
                added.RemoveAll(one => one.Problem == problem);
                foreach (var others in open.Values)
                {
                    others.RemoveAll(one => one.Problem == problem);
                }

                foreach (var (inhibition, same) in opened[at])
                {
                    var row = new OpenProblem
                    {
                        InhibitionId = inhibition.Id, Same = same, Problem = problem, EventId = record.Id, Until = now + inhibition.Longest,
                    };
                    added.Add(row);
                    open.TryAdd(same, []);
                    open[same].Add(row);
                }
            }

            decided[at] = FindIn(open, heldBack[at], record)
                ?? (opened[at] is [var first, ..] ? new Inhibited(first.Inhibition.Name, null) : null);
        }

        await KeepAsync(context, ended, added, now, cancellationToken);
        return decided;
    }

    // A problem does not hold its own events back.
    private static Inhibited? FindIn(
        Dictionary<string, List<OpenProblem>> open, List<InhibitionPlace> places, EventRecord record)
    {
        var own = places.Count == 0 ? null : EventProblem.KeyOf(record);
        foreach (var (inhibition, same) in places)
        {
            if (open.GetValueOrDefault(same)?.Find(one => one.Problem != own) is { } by)
            {
                return new Inhibited(inhibition.Name, by.EventId);
            }
        }

        return null;
    }

    private static async Task<Dictionary<string, List<OpenProblem>>> ReadAsync(
        NotifyDbContext context, IEnumerable<string> places, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var same = places.Distinct().ToArray();
        return same.Length == 0 ? []
            : (await context.OpenProblems.AsNoTracking().Where(p => same.Contains(p.Same) && p.Until > now).OrderBy(p => p.Id)
                .ToListAsync(cancellationToken)).GroupBy(p => p.Same).ToDictionary(group => group.Key, group => group.ToList());
    }

    private static async Task KeepAsync(NotifyDbContext context, HashSet<string> ended, List<OpenProblem> added, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
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
