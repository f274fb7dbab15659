using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;

namespace Notify.Admin.Sources;

/// <summary>Finds the payloads that could not be mapped and have not been since.</summary>
internal sealed class UnmappedStore(IDbContextFactory<NotifyDbContext> contexts)
{
    /// <summary>How many each source has; those that have none are left out.</summary>
    public async Task<IReadOnlyDictionary<int, int>> CountAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Unmapped(context).Where(e => e.SourceId != null).GroupBy(e => e.SourceId!.Value)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    public async Task<int> CountAsync(int source, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Unmapped(context).CountAsync(e => e.SourceId == source, cancellationToken);
    }

    /// <summary>Their rows, oldest first.</summary>
    public async Task<IReadOnlyList<long>> ListAsync(int source, long after, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Unmapped(context).Where(e => e.SourceId == source && e.Id > after).OrderBy(e => e.Id).Select(e => e.Id).Take(most)
            .ToListAsync(cancellationToken);
    }

    /// <summary>One of them; null where it has been mapped since, or is gone.</summary>
    public async Task<IncomingEvent?> FindAsync(long rowId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Unmapped(context).AsNoTracking().SingleOrDefaultAsync(e => e.Id == rowId, cancellationToken);
    }

    public async Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.AuditEntries.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
    }

    // The type stands in the statement, so that the index of such events can be used.
    private static IQueryable<IncomingEvent> Unmapped(NotifyDbContext context) => context.Events.Where(e =>
        e.Type == UnmappedEvent.Type && !context.ReplacedEvents.Any(replaced => replaced.EventRowId == e.Id));
}
