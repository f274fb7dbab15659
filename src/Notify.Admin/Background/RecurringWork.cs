namespace Notify.Admin.Background;

/// <summary>Work beside the requests that comes again and again: on its schedule, one run at a time, later after a failure. A failure never
/// ends it: it is logged, and reported once it repeats.</summary>
/// <param name="time">Paces it; <see cref="TimeProvider.System"/> for work that must go on under a test's clock.</param>
public abstract class RecurringWork(WorkRegister works, WorkSchedule schedule, TimeProvider time, ILogger logger) : BackgroundService
{
    private readonly WorkRecord _record = works.Open(schedule.Name, logger);

    protected TimeProvider Time { get; } = time;

    protected ILogger Logger { get; } = logger;

    /// <summary>Does what is due now.</summary>
    protected abstract Task RunAsync(CancellationToken stopping);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(schedule.Every, Time);
        var isDue = schedule.AtStart || await timer.TickAsync(stoppingToken);
        while (isDue)
        {
            var pause = schedule.PauseAfter(await TryAsync(RunAsync, stoppingToken));
            if (timer.Period != pause)
            {
                timer.Period = pause;
            }

            isDue = await timer.TickAsync(stoppingToken);
        }
    }

    /// <summary>Does a part of the work out of turn, as the schedule would: a failure counts and is thrown at nobody.</summary>
    /// <returns>How many failures in a row there are now.</returns>
    protected async Task<int> TryAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping);
            _record.Succeeded();
            return 0;
        }
        catch (Exception e) when (stopping.IsCancellationRequested)
        {
            // The stop has cut it off; drivers say so in exceptions of their own.
            Logger.LogDebug(e, "Background work {Work} was stopped", schedule.Name);
            return 0;
        }
        catch (Exception e)
        {
            return _record.Failed(e);
        }
    }
}
