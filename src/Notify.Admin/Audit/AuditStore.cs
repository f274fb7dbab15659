using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.LivePages;

namespace Notify.Admin.Audit;

/// <summary>Reads entries for lists and exports, and writes those that belong to no other change. No query of a list grows with the
/// table.</summary>
internal sealed class AuditStore(IDbContextFactory<NotifyDbContext> contexts, IdPages pages)
{
    private const int MostChoices = 200;

    // Rows are committed a little out of order.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>One page, newest first.</summary>
    /// <param name="budget">How long to look where no index answers the filter.</param>
    public async Task<HistoryList<AuditEntry>> ListAsync(AuditFilter filter, PageCursor cursor, int size, TimeSpan budget,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await WithinAsync(context, filter, cancellationToken) is not { } range)
        {
            return new HistoryList<AuditEntry>([], IdPage.Empty, null);
        }

        Task<IReadOnlyList<long>> Read(IdRange of, bool newestFirst, int most) =>
            IdsAsync(context, filter, of, newestFirst, most, cancellationToken);
        var page = filter.Text is null
            ? await IdPages.SeekAsync(range, cursor, size, Read)
            : await pages.ScanAsync(await ExistingAsync(context, range, cancellationToken), cursor, size, budget, Read);
        var searchedBackTo = page.SearchedTo is { } id
            ? await context.AuditEntries.Where(e => e.Id >= id).OrderBy(e => e.Id).Select(e => (DateTimeOffset?)e.At)
                .FirstOrDefaultAsync(cancellationToken)
            : null;
        return new HistoryList<AuditEntry>(await RowsAsync(context, page.Ids, cancellationToken), page, searchedBackTo);
    }

    /// <summary>How many match above an id, counted up to <paramref name="most"/>.</summary>
    public async Task<int> CountAboveAsync(AuditFilter filter, long id, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await IdsAsync(context, filter, new IdRange(id + 1, long.MaxValue), false, most, cancellationToken)).Count;
    }

    /// <summary>The entries with these ids as they are now, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> RowsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await RowsAsync(context, ids, cancellationToken);
    }

    /// <summary>The newest entry of an action; null when there is none.</summary>
    public async Task<AuditEntry?> NewestAsync(string action, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AuditEntries.AsNoTracking().Where(e => e.Action == action).OrderByDescending(e => e.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The actions and people that there are entries of. Each is one step through an index, however many entries it has.</summary>
    public async Task<AuditChoices> ChoicesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
#pragma warning disable CA1307, CA1309, CA1310 // These comparisons become SQL.
        var actions = await StepAsync(after => context.AuditEntries.Where(e => string.Compare(e.Action, after) > 0).OrderBy(e => e.Action)
            .Select(e => e.Action), cancellationToken);
        var people = await StepAsync(after => context.AuditEntries.Where(e => string.Compare(e.ActorName, after) > 0)
            .OrderBy(e => e.ActorName).Select(e => e.ActorName), cancellationToken);
#pragma warning restore CA1307, CA1309, CA1310
        return new AuditChoices(actions, people);
    }

    /// <summary>The ids between which an entry can match; null where none can.</summary>
    public async Task<IdRange?> WithinAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await WithinAsync(context, filter, cancellationToken);
    }

    /// <summary>Matching entries from after an id on, oldest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> NextAsync(AuditFilter filter, long afterId, long uptoId, int most,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Matching(context, filter, new IdRange(afterId + 1, uptoId + 1)).OrderBy(e => e.Id).Take(most)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The highest id; 0 while there is no entry.</summary>
    public async Task<long> NewestIdAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AuditEntries.OrderByDescending(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task AddAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.AuditEntries.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Counts repeats in the row of their minute, and makes the row where there is none.</summary>
    public async Task AddRepeatsAsync(AuditEntry entry, int count, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await CountInAsync(context, entry, count, cancellationToken))
        {
            return;
        }

        context.AuditEntries.Add(entry.Again(count, entry.RepeatKey));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return;
        }
        catch (DbUpdateException e) when (StoreErrors.IsDuplicate(e))
        {
            // Another instance was faster, or the row is sealed: what comes that late gets one of its own.
            context.ChangeTracker.Clear();
        }

        if (!await CountInAsync(context, entry, count, cancellationToken))
        {
            context.AuditEntries.Add(entry.Again(count, null));
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    private static async Task<bool> CountInAsync(NotifyDbContext context, AuditEntry entry, int count,
        CancellationToken cancellationToken) =>
        await context.AuditEntries.Where(e => e.RepeatKey == entry.RepeatKey && e.Sequence == null)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.Count, e => e.Count + count), cancellationToken) > 0;

    private static async Task<IReadOnlyList<string>> StepAsync(Func<string, IQueryable<string>> next, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        for (var after = ""; found.Count < MostChoices; after = found[^1])
        {
            if (await next(after).FirstOrDefaultAsync(cancellationToken) is not { } one)
            {
                break;
            }

            found.Add(one);
        }

        return found;
    }

    private static async Task<IReadOnlyList<long>> IdsAsync(
        NotifyDbContext context, AuditFilter filter, IdRange range, bool newestFirst, int most, CancellationToken cancellationToken)
    {
        if (range.IsEmpty)
        {
            return [];
        }

        var matching = Matching(context, filter, range);
        matching = newestFirst ? matching.OrderByDescending(e => e.Id) : matching.OrderBy(e => e.Id);
        return await matching.Select(e => e.Id).Take(most).ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<AuditEntry>> RowsAsync(NotifyDbContext context, IReadOnlyCollection<long> ids,
        CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : await context.AuditEntries.AsNoTracking().Where(e => ids.Contains(e.Id)).OrderByDescending(e => e.Id)
            .ToListAsync(cancellationToken);

    private static async Task<IdRange?> WithinAsync(NotifyDbContext context, AuditFilter filter, CancellationToken cancellationToken)
    {
        var range = IdRange.All;
        if (filter.From is { } from)
        {
            var start = from - DateTimeOffset.MinValue > Slack ? from - Slack : from;
            if (await FirstAsync(context, start, cancellationToken) is not { } first)
            {
                return null;
            }

            range = range with { From = first };
        }

        return filter.To is { } to && DateTimeOffset.MaxValue - to > Slack
            && await FirstAsync(context, to + Slack, cancellationToken) is { } after
            ? range with { Below = after }
            : range;
    }

    private static Task<long?> FirstAsync(NotifyDbContext context, DateTimeOffset at, CancellationToken cancellationToken) =>
        // Many are written at one moment: the first of them is the one with the lowest id.
        context.AuditEntries.Where(e => e.At >= at).OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => (long?)e.Id)
            .FirstOrDefaultAsync(cancellationToken);

    private static async Task<IdRange> ExistingAsync(NotifyDbContext context, IdRange range, CancellationToken cancellationToken)
    {
        var lowest = await context.AuditEntries.OrderBy(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(cancellationToken);
        var highest = await context.AuditEntries.OrderByDescending(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(cancellationToken);
        return new IdRange(Math.Max(range.From, lowest), Math.Min(range.Below, highest + 1));
    }

    private static IQueryable<AuditEntry> Matching(NotifyDbContext context, AuditFilter filter, IdRange range)
    {
        var entries = context.AuditEntries.AsNoTracking();
        if (range.From > 0)
        {
            entries = entries.Where(e => e.Id >= range.From);
        }

        if (range.Below < long.MaxValue)
        {
            entries = entries.Where(e => e.Id < range.Below);
        }

        if (filter.Action is { } action)
        {
            entries = entries.Where(e => e.Action == action);
        }

        if (filter.Who is { } who)
        {
            entries = entries.Where(e => e.ActorName == who);
        }

        if (filter.Subject is { Kind: var kind, Id: var id })
        {
            entries = entries.Where(e => e.SubjectKind == kind && e.SubjectId == id);
        }

        if (filter.From is { } from)
        {
            entries = entries.Where(e => e.At >= from);
        }

        if (filter.To is { } to)
        {
            entries = entries.Where(e => e.At < to);
        }

        return filter.Text is { } text ? Holding(entries, text) : entries;
    }

#pragma warning disable CA1304, CA1309, CA1311, CA1862 // These calls become SQL, which knows no culture and no StringComparison.
    private static IQueryable<AuditEntry> Holding(IQueryable<AuditEntry> entries, string text)
    {
        var lower = text.ToLowerInvariant();
        return entries.Where(e => e.ActorName.ToLower().Contains(lower) || e.Action.ToLower().Contains(lower) || e.Origin.ToLower()
            .Contains(lower)
            || e.SubjectName!.ToLower().Contains(lower) || e.SubjectKind!.ToLower().Contains(lower) || e.SubjectId!.ToLower()
                .Contains(lower));
    }
#pragma warning restore CA1304, CA1309, CA1311, CA1862
}
