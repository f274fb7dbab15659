using Microsoft.EntityFrameworkCore;
using Notify.Admin.Background;

namespace Notify.Admin.Data;

/// <summary>Copies what SQLite's write-ahead log holds into the file, beside the writers. Left to SQLite, whoever commits when the log is
/// long does it, and everybody waits a second for thousands of scattered pages.</summary>
internal sealed class SqliteCheckpoints(
    IDbContextFactory<NotifyDbContext> contexts, WorkRegister works, ILogger<SqliteCheckpoints> logger)
    : RecurringWork(works, Schedule, TimeProvider.System, logger)
{
    /// <summary>Keeps writers out while it copies the rest of the log, so that the next one begins at its start.</summary>
    public const string Restart = "PRAGMA wal_checkpoint(RESTART)";

    private const string Passive = "PRAGMA wal_checkpoint(PASSIVE)";

    // Writers that never pause never let the log begin again by itself: 64 MiB of it.
    private const long LongLog = 16_000;

    private static readonly WorkSchedule Schedule = new("sqlite-log", TimeSpan.FromSeconds(1));

    /// <returns>The pages in the log.</returns>
    public static async Task<long> CopyAsync(NotifyDbContext context, string checkpoint, CancellationToken cancellationToken) =>
        (await context.Database.SqlQueryRaw<Checkpoint>(checkpoint).ToListAsync(cancellationToken))[0].Log;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        if (await CopyAsync(Passive, stopping) > LongLog)
        {
            // What came meanwhile, so that little is left to do while they are out.
            await CopyAsync(Passive, stopping);
            await CopyAsync(Restart, stopping);
        }
    }

    private async Task<long> CopyAsync(string checkpoint, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await CopyAsync(context, checkpoint, cancellationToken);
    }

    // SQLite's names of the columns.
    private sealed record Checkpoint(long Busy, long Log, long Checkpointed);
}
