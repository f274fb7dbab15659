namespace Notify.Admin.Data;

/// <summary>Adds events to the index of texts, a little behind intake and slowly enough not to be in its way.</summary>
internal sealed class EventTextIndexer(EventTextIndex index, PatientContexts contexts, TimeProvider time, ILogger<EventTextIndexer> logger)
    : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // Younger events may still be committed below one that is there already: by another instance, or in a longer transaction.
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await CatchUpAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning("Adding events to the index of texts failed: {Reason}. Trying again soon", e.GetType().Name);
            }
        }
        while (await timer.TickAsync(stoppingToken));
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var began = time.GetTimestamp();
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (await index.AddAsync(context, time.GetUtcNow() - Age, BatchSize, cancellationToken) < BatchSize)
            {
                return;
            }

            await time.RestAsync(began, cancellationToken);
        }
    }
}
