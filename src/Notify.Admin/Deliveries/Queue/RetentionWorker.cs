using Microsoft.Extensions.Options;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Deletes what is past its time, oldest first, in small batches with pauses between them. One instance at a time.</summary>
internal sealed class RetentionWorker(
    RetentionStore store, ChangeFeed feed, IOptionsMonitor<RetentionOptions> options, TimeProvider time, ILogger<RetentionWorker> logger)
    : BackgroundService
{
    private const int BatchSize = 200;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    // Taken again with every batch; another instance takes over when this one is gone.
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(2);

    /// <summary>Deletes everything that is past its time.</summary>
    /// <returns>How many events; null when another instance is at it.</returns>
    public async Task<int?> SweepAsync(CancellationToken cancellationToken)
    {
        if (await store.TakeAsync(null, Taken, cancellationToken) is not { } taken)
        {
            return null;
        }

        var before = time.GetUtcNow() - TimeSpan.FromDays(options.CurrentValue.Days);
        var total = 0;
        RetentionCursor? cursor = RetentionCursor.Start;
        while (cursor is { } from)
        {
            var began = time.GetTimestamp();
            (var deleted, cursor) = await store.DeleteEventsAsync(before, from, BatchSize, cancellationToken);
            total += deleted;
            if (cursor is not null)
            {
                await time.RestAsync(began, cancellationToken);
                if (await store.TakeAsync(taken, Taken, cancellationToken) is not { } again)
                {
                    return total;
                }

                taken = again;
            }
        }

        long? message = 0;
        while (message is { } from)
        {
            var began = time.GetTimestamp();
            (_, message) = await store.DeleteMessagesAsync(before, from, BatchSize, cancellationToken);
            if (message is not null)
            {
                await time.RestAsync(began, cancellationToken);
            }
        }

        await store.DeleteExpiredAsync(cancellationToken);
        if (total > 0)
        {
            feed.Announce(ChangeAreas.Events);
            feed.Announce(ChangeAreas.Deliveries);
            logger.LogInformation("Deleted {Count} events from before {Before:u} with their deliveries", total, before);
        }

        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.TickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning("Deleting what is past its time failed: {Reason}. Trying again later", e.GetType().Name);
            }
        }
    }
}
