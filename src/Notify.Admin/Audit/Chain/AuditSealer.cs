using Notify.Admin.Data;

namespace Notify.Admin.Audit;

/// <summary>Writes what repeats have been counted, and seals what has been committed. Every instance runs one; the chain's row lets one of
/// them at a time through.</summary>
internal sealed class AuditSealer(AuditSealStore store, AuditRepeats repeats, ChangeFeed feed, TimeProvider time,
    ILogger<AuditSealer> logger) : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Seals everything that may be sealed now.</summary>
    /// <returns>How many entries.</returns>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int count;
        do
        {
            count = await store.SealAsync(BatchSize, cancellationToken);
            total += count;
        }
        while (count == BatchSize);

        if (total > 0)
        {
            feed.Announce(ChangeAreas.Audit);
        }

        return total;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => repeats.FlushAsync(cancellationToken), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.TickAsync(stoppingToken))
        {
            await TryAsync(() => repeats.FlushAsync(stoppingToken), stoppingToken);
            await TryAsync(() => SealAsync(stoppingToken), stoppingToken);
        }
    }

    private async Task TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The store is away; what is not sealed now is sealed later.
            logger.LogDebug("Sealing the audit trail failed: {Reason}", e.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }
}
