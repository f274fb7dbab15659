using Notify.Admin.Data;

namespace Notify.Admin.DingTalk;

/// <summary>Enters the asset groups that events name, so that the form can offer them. Not urgent: it looks every ten seconds.</summary>
internal sealed class AssetGroupLearner(AssetGroupStore groups, TimeProvider time, ILogger<AssetGroupLearner> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                while (!stoppingToken.IsCancellationRequested && !await groups.LearnAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Another instance learned the same group at the same moment, or the store is away: the next round finds it.
                logger.LogDebug("Learning asset groups failed: {Reason}", e.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
        while (await timer.TickAsync(stoppingToken));
    }
}
