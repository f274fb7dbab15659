using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>The maintenance windows. Their version is that of pauses: <see cref="PauseStore"/> reads both as one.</summary>
internal sealed class MaintenanceStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    /// <summary>Those that have not ended for good, in the order in which they begin.</summary>
    public static IQueryable<MaintenanceWindow> Current(NotifyDbContext context, DateTimeOffset now) =>
        context.MaintenanceWindows.AsNoTracking().Where(w => w.WeeklyIn != "" || w.EndsAt > now).OrderBy(w => w.StartsAt).ThenBy(w => w.Id);

    public async Task<IReadOnlyList<MaintenanceWindow>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Current(context, now).ToListAsync(cancellationToken);
    }

    /// <param name="most">That there may be at once.</param>
    /// <param name="entry">Of the window, which has its id by then.</param>
    /// <returns>False where there are as many as there may be.</returns>
    public async Task<bool> AddAsync(MaintenanceWindow window, int most, DateTimeOffset now, Func<AuditEntry> entry,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.Pauses, async () =>
        {
            // Those that have ended are of no use any more: the trail has them.
            await context.MaintenanceWindows.Where(w => w.WeeklyIn == "" && w.EndsAt <= now).ExecuteDeleteAsync(cancellationToken);
            if (await context.MaintenanceWindows.CountAsync(cancellationToken) >= most)
            {
                return false;
            }

            context.MaintenanceWindows.Add(window);
            await context.SaveChangesAsync(cancellationToken);
            context.AuditEntries.Add(entry());
            return true;
        }, cancellationToken);
    }

    /// <param name="change">Changes the window, and says so for the trail; null leaves it alone.</param>
    /// <returns>False where it is gone.</returns>
    public async Task<bool> ChangeAsync(int id, Func<MaintenanceWindow, AuditEntry?> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.Pauses, async () =>
        {
            if (await context.MaintenanceWindows.SingleOrDefaultAsync(w => w.Id == id, cancellationToken) is not { } window)
            {
                return false;
            }

            if (change(window) is { } entry)
            {
                context.AuditEntries.Add(entry);
            }

            return true;
        }, cancellationToken);
    }

    /// <param name="entry">What the trail says; null leaves the window alone.</param>
    /// <returns>False where it is gone.</returns>
    public async Task<bool> RemoveAsync(int id, Func<MaintenanceWindow, AuditEntry?> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.Pauses, async () =>
        {
            if (await context.MaintenanceWindows.SingleOrDefaultAsync(w => w.Id == id, cancellationToken) is not { } window)
            {
                return false;
            }

            if (entry(window) is { } removed)
            {
                context.MaintenanceWindows.Remove(window);
                context.AuditEntries.Add(removed);
            }

            return true;
        }, cancellationToken);
    }
}
