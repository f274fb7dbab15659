using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>Merges the newest keys when there are enough of them, or when intake rests: then the next start has little to read.</summary>
internal sealed class SqliteEventKeyMerger(SqliteEventKeys keys, TimeProvider time, ILogger<SqliteEventKeyMerger> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        var before = -1;
        while (await timer.TickAsync(stoppingToken))
        {
            var count = keys.Count;
            try
            {
                if (count >= SqliteEventKeys.Enough || count == before)
                {
                    await keys.MergeAsync(stoppingToken);
                    count = keys.Count;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning("Adding the newest events to the table of keys failed: {Reason}. Trying again soon", e.GetType().Name);
            }

            before = count;
        }
    }
}
