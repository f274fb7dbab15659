using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Budgets per destination: a sliding window of reservations in the store, shared by instances and by channels with the same
/// destination. Reserved before the attempt, and never given back: a request that failed may still have counted at the vendor.</summary>
internal sealed class PacingStore(TimeProvider time)
{
    /// <summary>Reserves one attempt inside the caller's transaction; null when it is reserved, otherwise when there is budget again.</summary>
    public async Task<DateTimeOffset?> ReserveAsync(NotifyDbContext context, Destination destination, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (_, freeAt) = await LookAsync(context, destination, now, cancellationToken);
        if (freeAt > now)
        {
            return freeAt;
        }

        if (!destination.Pacing.IsUnlimited)
        {
            context.PacingSlots.Add(new PacingSlot { Fingerprint = destination.Fingerprint, At = now });
            await context.SaveChangesAsync(cancellationToken);
        }

        return null;
    }

    /// <summary>How many attempts are free now, and when the next one is.</summary>
    public static async Task<(int Free, DateTimeOffset FreeAt)> LookAsync(NotifyDbContext context, Destination destination, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var pausedUntil = await LockAsync(context, destination.Fingerprint, now, cancellationToken);
        var (sends, window) = destination.Pacing;
        if (destination.Pacing.IsUnlimited)
        {
            return pausedUntil > now ? (0, pausedUntil.Value) : (int.MaxValue, now);
        }

        var from = now - window;
        await context.PacingSlots.Where(s => s.Fingerprint == destination.Fingerprint && s.At <= from).ExecuteDeleteAsync(cancellationToken);
        // The clock was set back: count them as made now, which can only send less.
        await context.PacingSlots.Where(s => s.Fingerprint == destination.Fingerprint && s.At > now)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.At, now), cancellationToken);
        var used = await context.PacingSlots.Where(s => s.Fingerprint == destination.Fingerprint).OrderBy(s => s.At)
            .Select(s => s.At).ToListAsync(cancellationToken);
        var free = Math.Max(0, sends - used.Count);
        var freeAt = free > 0 ? now : used[used.Count - sends] + window + TimeSpan.FromMilliseconds(1);
        return pausedUntil > freeAt ? (0, pausedUntil.Value) : (free, freeAt);
    }

    /// <summary>Shuts a destination until the vendor's cool-down is over.</summary>
    public static async Task PauseAsync(NotifyDbContext context, string fingerprint, DateTimeOffset until, CancellationToken cancellationToken) =>
        await context.PacingBudgets.Where(b => b.Fingerprint == fingerprint)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.PausedUntil, until), cancellationToken);

    // The update takes the row's lock on every database: two instances reserve one after the other.
    private static async Task<DateTimeOffset?> LockAsync(NotifyDbContext context, string fingerprint, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mine = context.PacingBudgets.Where(b => b.Fingerprint == fingerprint);
        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(b => b.PausedUntil, b => b.PausedUntil), cancellationToken) == 0)
        {
            context.PacingBudgets.Add(new PacingBudget { Fingerprint = fingerprint });
            await context.SaveChangesAsync(cancellationToken);
            return null;
        }

        var until = await mine.Select(b => b.PausedUntil).SingleAsync(cancellationToken);
        // No vendor's cool-down is this long: the clock was set back.
        return until > now + TimeSpan.FromHours(1) ? now + TimeSpan.FromMinutes(10) : until;
    }
}
