using Microsoft.Extensions.Options;
using Notify.Admin.Background;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Deletes what is past its time, oldest first, in small batches with pauses between them. One instance at a time.</summary>
internal sealed class RetentionWorker(
    RetentionStore store, PastPartitions partitions, NamedLeases leases, ChangeFeed feed, IOptionsMonitor<RetentionOptions> options,
    WorkRegister works, TimeProvider time, ILogger<RetentionWorker> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private static readonly WorkSchedule Schedule = new("retention", TimeSpan.FromMinutes(15));

    // Taken again with every batch; another instance takes over when this one is gone.
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(2);

    /// <summary>Deletes everything that is past its time.</summary>
    /// <returns>How many events; null when another instance is at it.</returns>
    public async Task<int?> SweepAsync(CancellationToken cancellationToken)
    {
        var token = Leases.NewToken();
        if (!await leases.TakeAsync(Schedule.Name, token, Taken, cancellationToken))
        {
            return null;
        }

        var days = options.CurrentValue.Days;
        var before = Time.GetUtcNow() - TimeSpan.FromDays(days);
        if (await partitions.LetGoAsync(before, PastPartitions.WaitOf(days), cancellationToken) is not var (total, waiting))
        {
            await leases.ReleaseAsync(Schedule.Name, token, cancellationToken);
            return null;
        }

        RetentionCursor? cursor = RetentionCursor.Start;
        while (cursor is { } from)
        {
            var began = Time.GetTimestamp();
            (var deleted, cursor) = await store.DeleteEventsAsync(before, from, waiting, cancellationToken);
            total += deleted;
            if (cursor is not null)
            {
                await Time.RestAsync(began, cancellationToken);
                if (!await leases.TakeAsync(Schedule.Name, token, Taken, cancellationToken))
                {
                    return total;
                }
            }
        }

        long? message = 0;
        while (message is { } from)
        {
            var began = Time.GetTimestamp();
            (_, message) = await store.DeleteMessagesAsync(before, from, waiting, cancellationToken);
            if (message is not null)
            {
                await Time.RestAsync(began, cancellationToken);
            }
        }

        await store.DeleteExpiredAsync(cancellationToken);
        await leases.ReleaseAsync(Schedule.Name, token, cancellationToken);
        if (total > 0)
        {
            feed.Announce(ChangeAreas.Events);
            feed.Announce(ChangeAreas.Deliveries);
            Logger.LogInformation("Deleted {Count} events from before {Before:u} with their deliveries", total, before);
        }

        return total;
    }

    protected override Task RunAsync(CancellationToken stopping) => SweepAsync(stopping);
}
