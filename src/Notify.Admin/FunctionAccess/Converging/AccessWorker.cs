using System.Collections.Concurrent;
using Notify.Admin.Background;

namespace Notify.Admin.FunctionAccess;

/// <summary>Claims open runs and works them, keeps their leases. A run goes on whether or not anybody watches.</summary>
internal sealed class AccessWorker(
    AccessRunStore runs, AccessRunner runner, AccessSignal signal, WorkRegister works, TimeProvider time, ILogger<AccessWorker> logger)
    : BackgroundService
{
    private const int MostRuns = 8;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    // Not recurring work: it is woken by what is queued, and by runs that end.
    private readonly WorkRecord _record = works.Open("access-runs", logger);
    private readonly ConcurrentDictionary<Task, long> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ended = new CancellationTokenSource();
        var heartbeat = KeepLeasesAsync(ended.Token);
        var isFreed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var queued = signal.Queued;
            try
            {
                if (!isFreed)
                {
                    await runs.FreeAllAsync(stoppingToken);
                    isFreed = true;
                }

                while (_running.Count < MostRuns && await runs.ClaimAsync(stoppingToken) is { } run)
                {
                    Start(run, stoppingToken);
                }

                _record.Succeeded();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                _record.Failed(e);
                queued = Task.Delay(Poll, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            // When all slots are taken the worker waits for a run to end, not for another to be queued.
            await Task.WhenAny(_running.Count < MostRuns ? queued : Task.WhenAny(_running.Keys), Task.Delay(Poll, time, stoppingToken));
        }

        await Task.WhenAll(_running.Keys);
        await ended.CancelAsync();
        await heartbeat;
    }

    private void Start(AccessRun run, CancellationToken stopping)
    {
        var started = new TaskCompletionSource();
        var work = Task.Run(async () =>
        {
            await started.Task;
            await runner.RunAsync(run, stopping);
        }, CancellationToken.None);
        _running[work] = run.LeaseToken ?? 0;
        work.ContinueWith(
            done =>
            {
                _running.TryRemove(done, out _);
                signal.RaiseQueued();
            },
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        started.SetResult();
    }

    private async Task KeepLeasesAsync(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Heartbeat, TimeProvider.System);
        while (await timer.TickAsync(ended))
        {
            try
            {
                await runs.RenewAsync([.. _running.Values], ended);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "Renewing the leases of changes failed. It is tried again");
            }
        }
    }
}
