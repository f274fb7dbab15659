using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.Inhibitions;

/// <summary>Every query and save of inhibitions. A change is one of the channels: whoever matches reads them again.</summary>
internal sealed class InhibitionStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Inhibition>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Inhibitions.AsNoTracking().OrderBy(i => i.Name).ThenBy(i => i.Id).ToListAsync(cancellationToken);
    }

    public async Task<Inhibition?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Inhibitions.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
    }

    /// <summary>Adds a new one, or saves one that still has the version that it was read with, together with its audit entry.</summary>
    /// <param name="forgets">The open problems that it knows, too.</param>
    public async Task<StoreOutcome> SaveAsync(
        Inhibition inhibition, bool forgets, Func<Inhibition, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Inhibitions.Attach(inhibition).State = inhibition.Id == 0 ? EntityState.Added : EntityState.Modified;
        inhibition.Version++;
        try
        {
            // In turn, so that nobody takes the name between the look and the save.
            var isSaved = await feed.ChangeInTurnAsync(context, ChangeAreas.Channels, async () =>
            {
                if (await context.Inhibitions.AnyAsync(i => i.Name == inhibition.Name && i.Id != inhibition.Id, cancellationToken))
                {
                    return false;
                }

                await context.SaveChangesAsync(cancellationToken);
                if (forgets)
                {
                    await ForgetAsync(context, inhibition.Id, cancellationToken);
                }
                else
                {
                    await ShortenAsync(context, inhibition, cancellationToken);
                }

                context.AuditEntries.Add(entry(inhibition));
                return true;
            }, cancellationToken);
            return isSaved ? StoreOutcome.Saved : StoreOutcome.Taken;
        }
        catch (DbUpdateConcurrencyException)
        {
            return StoreOutcome.Conflict;
        }
    }

    public async Task DeleteAsync(int id, Func<Inhibition, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.Channels, async () =>
        {
            if (await context.Inhibitions.SingleOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } found)
            {
                return false;
            }

            await ForgetAsync(context, id, cancellationToken);
            context.Inhibitions.Remove(found);
            context.AuditEntries.Add(entry(found));
            return true;
        }, cancellationToken);
    }

    // What is open counts as that for the hours of the change at most, whatever they were when it opened.
    private static Task<int> ShortenAsync(NotifyDbContext context, Inhibition inhibition, CancellationToken cancellationToken)
    {
        var until = inhibition.ChangedAt.AddHours(inhibition.Hours);
        return context.OpenProblems.Where(p => p.InhibitionId == inhibition.Id && p.Until > until)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Until, until), cancellationToken);
    }

    private static Task<int> ForgetAsync(NotifyDbContext context, int id, CancellationToken cancellationToken) =>
        context.OpenProblems.Where(p => p.InhibitionId == id).ExecuteDeleteAsync(cancellationToken);
}
