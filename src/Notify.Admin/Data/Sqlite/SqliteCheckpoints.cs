using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Copies what SQLite's write-ahead log holds into the file, beside the writers. Left to SQLite, whoever commits when the log is
/// long does it, and everybody waits a second for thousands of scattered pages.</summary>
internal sealed class SqliteCheckpoints(IDbContextFactory<NotifyDbContext> contexts, ILogger<SqliteCheckpoints> logger) : BackgroundService
{
    /// <summary>Keeps writers out while it copies the rest of the log, so that the next one begins at its start.</summary>
    public const string Restart = "PRAGMA wal_checkpoint(RESTART)";

    private const string Passive = "PRAGMA wal_checkpoint(PASSIVE)";

    // Writers that never pause never let the log begin again by itself: 64 MiB of it.
    private const long LongLog = 16_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.TickAsync(stoppingToken))
        {
            try
            {
                if (await RunAsync(Passive, stoppingToken) > LongLog)
                {
                    // What came meanwhile, so that little is left to do while they are out.
                    await RunAsync(Passive, stoppingToken);
                    await RunAsync(Restart, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (DbException e)
            {
                logger.LogWarning("Copying the write-ahead log into the file failed: {Reason}. Trying again",
                    e.Message.ReplaceLineEndings(" "));
            }
        }
    }

    /// <returns>The pages in the log.</returns>
    private async Task<long> RunAsync(string checkpoint, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await context.Database.SqlQueryRaw<Checkpoint>(checkpoint).ToListAsync(cancellationToken))[0].Log;
    }

    // SQLite's names of the columns.
    private sealed record Checkpoint(long Busy, long Log, long Checkpointed);
}
