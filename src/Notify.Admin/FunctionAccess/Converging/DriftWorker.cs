using Microsoft.Extensions.Options;
using Notify.Admin.Data;

namespace Notify.Admin.FunctionAccess;

/// <summary>Looks at each managed list when it is due: on its schedule, or because somebody asked. A function is taken by one instance;
/// what is due goes through the same pace as every other call.</summary>
internal sealed class DriftWorker(
    FunctionAccessStore store, FunctionReader reader, IOptionsMonitor<FunctionAccessOptions> options, TimeProvider time,
    ILogger<DriftWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll, time);
        while (await timer.TickAsync(stoppingToken))
        {
            try
            {
                await CheckDueAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning("Looking for drift failed: {Reason}. Trying again", e.GetType().Name);
            }
        }
    }

    private async Task CheckDueAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var minutes = options.CurrentValue.DriftMinutes;
            if (await store.TakeDueAsync(time.GetUtcNow(), minutes == 0
                ? null : TimeSpan.FromMinutes(minutes), stopping) is not { } function)
            {
                return;
            }

            await reader.ReadAsync(function, stopping);
        }
    }
}
