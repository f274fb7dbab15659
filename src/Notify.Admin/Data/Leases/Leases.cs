using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Notify.Admin.Data;

/// <summary>Claims rows for one worker at a time, on the clock that all instances share. The token fences: whoever writes under it asks for
/// it in the same statement.</summary>
internal sealed class Leases(DatabaseOptions database, TimeProvider time)
{
    // No lease is this long: it was claimed before the clock was set back.
    private static readonly TimeSpan Absurd = TimeSpan.FromDays(1);

    /// <summary>A token that no other claim has.</summary>
    public static long NewToken() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;

    /// <summary>Claims the row if nobody has it, or keeps a claim that has this token.</summary>
    /// <param name="row">One row, or none where a condition besides the lease does not hold.</param>
    /// <param name="also">What else the claim sets.</param>
    /// <returns>False where somebody else has it.</returns>
    public async Task<bool> ClaimAsync<T>(
        NotifyDbContext context, IQueryable<T> row, long token, TimeSpan length, CancellationToken cancellationToken,
        Action<UpdateSettersBuilder<T>>? also = null)
        where T : class, ILeased
    {
        var now = await DatabaseClock.NowAsync(context, database.Provider, time, cancellationToken);
        DateTimeOffset? until = now + length;
        return await Free(row, now, token).ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(r => r.LeaseToken, (long?)token).SetProperty(r => r.LeaseUntil, until);
                also?.Invoke(set);
            },
            cancellationToken) > 0;
    }

    /// <summary>Those of the rows that nobody has now.</summary>
    public async Task<IQueryable<T>> FreeAsync<T>(NotifyDbContext context, IQueryable<T> rows, CancellationToken cancellationToken)
        where T : class, ILeased =>
        Free(rows, await DatabaseClock.NowAsync(context, database.Provider, time, cancellationToken), null);

    /// <summary>Keeps the claims that have these tokens; what was freed meanwhile is not claimed again.</summary>
    /// <returns>How many were kept.</returns>
    public async Task<int> RenewAsync<T>(
        NotifyDbContext context, IQueryable<T> rows, IReadOnlyCollection<long> tokens, TimeSpan length, CancellationToken cancellationToken)
        where T : class, ILeased
    {
        DateTimeOffset? until = await DatabaseClock.NowAsync(context, database.Provider, time, cancellationToken) + length;
        return await rows.Where(r => r.LeaseToken != null && tokens.Contains(r.LeaseToken.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, until), cancellationToken);
    }

    /// <summary>Keeps everybody else from the row to the end of the transaction, if this claim still has it.</summary>
    public static async Task<bool> FenceAsync<T>(IQueryable<T> row, long? token, CancellationToken cancellationToken)
        where T : class, ILeased =>
        await row.Where(r => r.LeaseToken == token)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseToken, token), cancellationToken) == 1;

    /// <summary>Lets the row go, if this claim still has it.</summary>
    public static Task ReleaseAsync<T>(IQueryable<T> row, long? token, CancellationToken cancellationToken)
        where T : class, ILeased =>
        EndAsync(row.Where(r => r.LeaseToken == token), cancellationToken);

    /// <summary>Frees what a process that is gone had. Only with SQLite, whose file one process owns; elsewhere leases run out.</summary>
    public Task FreeAllAsync<T>(IQueryable<T> rows, CancellationToken cancellationToken)
        where T : class, ILeased =>
        database.Provider == DatabaseProvider.Sqlite
            ? EndAsync(rows.Where(r => r.LeaseToken != null), cancellationToken) : Task.CompletedTask;

    private static IQueryable<T> Free<T>(IQueryable<T> rows, DateTimeOffset now, long? token)
        where T : class, ILeased
    {
        var absurd = now + Absurd;
        return rows.Where(r => r.LeaseToken == null || r.LeaseToken == token || r.LeaseUntil < now || r.LeaseUntil > absurd);
    }

    private static Task<int> EndAsync<T>(IQueryable<T> rows, CancellationToken cancellationToken)
        where T : class, ILeased =>
        rows.ExecuteUpdateAsync(
            set => set.SetProperty(r => r.LeaseToken, (long?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
}

internal static class LeasedExtensions
{
    /// <summary>Ends the lease of a row that is being saved.</summary>
    public static void EndLease(this ILeased row) => (row.LeaseToken, row.LeaseUntil) = (null, null);
}
