using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Budgets per destination: a sliding window of reservations in the store, shared by instances and by channels with the same
/// destination. Reserved before the attempt, and never given back: a request that failed may still have counted at the vendor.</summary>
internal sealed class PacingStore(LaneReadStore reads, TimeProvider time)
{
    // Instances' clocks differ a little.
    private static readonly TimeSpan LongestPause = VendorWait.Longest + LaneHealth.Tolerance;
    private static readonly TimeSpan UsualPause = TimeSpan.FromMinutes(10);

    private const string Add = """INSERT INTO "PacingBudgets" ("Fingerprint") VALUES ({0}) ON CONFLICT DO NOTHING""";

    // Locked while it is not there, or two would find that.
    private const string AddWithSqlServer = """
        INSERT INTO "PacingBudgets" ("Fingerprint")
        SELECT {0} WHERE NOT EXISTS (SELECT 1 FROM "PacingBudgets" WITH (UPDLOCK, HOLDLOCK) WHERE "Fingerprint" = {0})
        """;

    private readonly PacingMemory _memory = new(time);

    /// <summary>Reserves one attempt inside the caller's transaction; null when it is reserved, otherwise when there is budget
    /// again.</summary>
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
            // Also if the caller's transaction fails: that can only send less.
            _memory.Add(destination.Fingerprint, destination.Pacing.Window);
        }

        return null;
    }

    /// <summary>How many attempts are free now, and when the next one is. It only reads, and may be wrong by the time something is
    /// reserved, which looks once more.</summary>
    /// <param name="pausedUntil">The destination's, as it was just read.</param>
    /// <returns>Null where a clock that was set back has left what is to be put right first.</returns>
    public async Task<(int Free, DateTimeOffset FreeAt)?> LookAloneAsync(NotifyDbContext context, Destination destination,
        DateTimeOffset? pausedUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (IsTooLong(pausedUntil, now))
        {
            return null;
        }

        var used = destination.Pacing.IsUnlimited ? [] : await UsedAsync(context, destination, now, cancellationToken);
        return used.Count == 0 || used[^1] <= now ? Weigh(destination, used, pausedUntil, now) : null;
    }

    /// <summary>The same inside the caller's transaction, where what a clock that was set back has left is put right.</summary>
    public async Task<(int Free, DateTimeOffset FreeAt)> LookAsync(NotifyDbContext context, Destination destination, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (await LookUnlimitedAsync(context, destination, now, cancellationToken) is { } seen)
        {
            return seen;
        }

        var pausedUntil = await LockAsync(context, destination.Fingerprint, cancellationToken);
        if (destination.Pacing.IsUnlimited)
        {
            pausedUntil = await LimitPauseAsync(context, destination.Fingerprint, pausedUntil, now, cancellationToken);
            return Weigh(destination, [], pausedUntil, now);
        }

        var from = now - destination.Pacing.Window;
        await context.PacingSlots.Where(s => s.Fingerprint == destination.Fingerprint && s.At <= from)
            .ExecuteDeleteAsync(cancellationToken);
        var used = await UsedAsync(context, destination, now, cancellationToken);
        if (used.Count > 0 && used[^1] > now)
        {
            // The clock was set back: count them as made now, which can only send less.
            await context.PacingSlots.Where(s => s.Fingerprint == destination.Fingerprint && s.At > now)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.At, now), cancellationToken);
            pausedUntil = await SetBackAsync(context, destination.Fingerprint, now, used[^1] - now, cancellationToken);
            used = [.. used.Select(at => at < now ? at : now)];
        }

        pausedUntil = await LimitPauseAsync(context, destination.Fingerprint, pausedUntil, now, cancellationToken);
        return Weigh(destination, used, pausedUntil, now);
    }

    /// <summary>What a sliding window leaves.</summary>
    /// <param name="used">Attempts in the window up to now.</param>
    /// <param name="blocking">With none free: the attempt whose leaving the window frees one.</param>
    public static (int Free, DateTimeOffset FreeAt) Free(PacingLimit limit, int used, DateTimeOffset blocking, DateTimeOffset now) =>
        used < limit.Sends ? (limit.Sends - used, now) : (0, blocking + limit.Window + TimeSpan.FromMilliseconds(1));

    /// <summary>Shuts a destination until the vendor's cool-down is over.</summary>
    public static async Task PauseAsync(NotifyDbContext context, string fingerprint, DateTimeOffset? until,
        CancellationToken cancellationToken) =>
        await context.PacingBudgets.Where(b => b.Fingerprint == fingerprint)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.PausedUntil, until), cancellationToken);

    /// <summary>The clock was set back: a cool-down ends that much earlier by it. Several channels may notice; the first one's call
    /// counts.</summary>
    /// <returns>When it now ends.</returns>
    public static async Task<DateTimeOffset?> SetBackAsync(NotifyDbContext context, string fingerprint, DateTimeOffset now, TimeSpan by,
        CancellationToken cancellationToken)
    {
        var until = await context.PacingBudgets.Where(b => b.Fingerprint == fingerprint).Select(b => b.PausedUntil)
            .SingleOrDefaultAsync(cancellationToken);
        if (until - by > now)
        {
            until -= by;
            await PauseAsync(context, fingerprint, until, cancellationToken);
        }

        return until;
    }

    // Nothing is counted there, so nobody need be kept out; null where the row is missing, or its cool-down must be shortened.
    private async Task<(int Free, DateTimeOffset FreeAt)?> LookUnlimitedAsync(
        NotifyDbContext context, Destination destination, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!destination.Pacing.IsUnlimited)
        {
            return null;
        }

        var budget = await reads.BudgetAsync(context, destination.Fingerprint, cancellationToken);
        return budget is null || IsTooLong(budget.PausedUntil, now) ? null : Weigh(destination, [], budget.PausedUntil, now);
    }

    // The attempts in the window, the oldest first.
    private Task<List<DateTimeOffset>> UsedAsync(
        NotifyDbContext context, Destination destination, DateTimeOffset now, CancellationToken cancellationToken) =>
        reads.UsedAsync(context, destination.Fingerprint, now - destination.Pacing.Window, cancellationToken);

    private (int Free, DateTimeOffset FreeAt) Weigh(
        Destination destination, List<DateTimeOffset> used, DateTimeOffset? pausedUntil, DateTimeOffset now)
    {
        if (destination.Pacing.IsUnlimited)
        {
            return pausedUntil > now ? (0, pausedUntil.Value) : (int.MaxValue, now);
        }

        var (sends, window) = destination.Pacing;
        var (free, freeAt) = Free(destination.Pacing, used.Count, used.Count < sends ? now : used[used.Count - sends], now);
        var (recent, untilFree) = _memory.Look(destination.Fingerprint, sends, window);
        if (recent >= sends && now + untilFree > freeAt)
        {
            (free, freeAt) = (0, now + untilFree + TimeSpan.FromMilliseconds(1));
        }
        else if (free > 0)
        {
            free = Math.Max(1, Math.Min(free, sends - recent));
        }

        return pausedUntil > freeAt ? (0, pausedUntil.Value) : (free, freeAt);
    }

    private static bool IsTooLong(DateTimeOffset? pausedUntil, DateTimeOffset now) => pausedUntil > now + LongestPause;

    // No vendor's cool-down is this long: the clock was set back. Kept, or it would begin anew with every look.
    private static async Task<DateTimeOffset?> LimitPauseAsync(
        NotifyDbContext context, string fingerprint, DateTimeOffset? pausedUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!IsTooLong(pausedUntil, now))
        {
            return pausedUntil;
        }

        await PauseAsync(context, fingerprint, now + UsualPause, cancellationToken);
        return now + UsualPause;
    }

    // The update takes the row's lock on every database: two instances reserve one after the other. Where two use a destination for the
    // first time, one of them adds the row, and the other waits for that.
    private static async Task<DateTimeOffset?> LockAsync(NotifyDbContext context, string fingerprint, CancellationToken cancellationToken)
    {
        var mine = context.PacingBudgets.Where(b => b.Fingerprint == fingerprint);
        if (await TouchAsync() == 0)
        {
            await context.Database.ExecuteSqlRawAsync(
                context.Database.IsSqlServer() ? AddWithSqlServer : Add, [fingerprint], cancellationToken);
            await TouchAsync();
        }

        return await mine.Select(b => b.PausedUntil).SingleAsync(cancellationToken);

        Task<int> TouchAsync() =>
            mine.ExecuteUpdateAsync(set => set.SetProperty(b => b.PausedUntil, b => b.PausedUntil), cancellationToken);
    }
}
