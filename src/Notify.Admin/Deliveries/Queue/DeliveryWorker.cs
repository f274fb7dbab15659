using System.Collections.Concurrent;
using System.Linq.Expressions;
using Notify.Admin.Background;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Claims due lanes and runs them, keeps their leases, and on stopping waits for what is being sent.</summary>
internal sealed class DeliveryWorker(
    LaneStore lanes,
    LaneRunner runner,
    LaneSlots slots,
    DeliverySignal signal,
    ChangeFeed feed,
    DatabaseOptions database,
    TimeProvider time,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    // A part of the lanes at a time: five hundred that look at once keep everybody else waiting.
    private const int SweepParts = 30;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Task, LaneLease> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var channelsChanged = feed.Subscribe(ChangeAreas.Channels, () => WakeSleepingAsync(stoppingToken));
        using var pausesChanged = feed.Subscribe(ChangeAreas.Pauses, () => WakeSleepingAsync(stoppingToken));
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            await UntilDoneAsync(() => lanes.FreeAllAsync(stoppingToken), stoppingToken);
        }

        // The heartbeat outlives the claiming: what is being sent at the end still needs its lease.
        using var ended = new CancellationTokenSource();
        var heartbeat = KeepLeasesAsync(ended.Token);
        var sweep = SweepAsync(stoppingToken);
        await ClaimAsync(stoppingToken);
        await Task.WhenAll(_running.Keys);
        await ended.CancelAsync();
        await Task.WhenAll(heartbeat, sweep);
    }

    private async Task ClaimAsync(CancellationToken stopping)
    {
        var clock = new ClockWatch(time);
        while (!stopping.IsCancellationRequested)
        {
            if (clock.WasSetBack())
            {
                logger.LogWarning("The system's clock was set back. Channels that wait look again");
                await WakeSleepingAsync(stopping);
            }

            try
            {
                if (await ClaimDueAsync(stopping) == 0)
                {
                    await signal.WaitAsync(Poll, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogError(e, "Claiming due channels failed. It is tried again");
                await PauseAsync(stopping);
                // What this instance works on may have run out meanwhile: kept before anything is claimed.
                await UntilDoneAsync(() => lanes.RenewAsync(_running.Values, stopping), stopping);
            }
        }
    }

    private async Task<int> ClaimDueAsync(CancellationToken stopping)
    {
        var claimed = 0;
        foreach (var pool in await lanes.DueAsync(stopping))
        {
            if (slots.Free(pool) is var free and > 0)
            {
                foreach (var lease in await lanes.ClaimAsync(pool, free, stopping))
                {
                    Start(lease, stopping);
                    claimed++;
                }
            }
        }

        return claimed;
    }

    private void Start(LaneLease lease, CancellationToken stopping)
    {
        var slot = slots.Take(lease.Lane);
        var started = new TaskCompletionSource();
        var run = Task.Run(async () =>
        {
            await started.Task;
            await runner.RunAsync(lease, slot, stopping);
        }, CancellationToken.None);
        _running[run] = lease;
        run.ContinueWith(
            done =>
            {
                _running.TryRemove(done, out _);
                slot.Dispose();
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
                await lanes.RenewAsync(_running.Values, ended);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "Renewing the leases of channels failed. It is tried again");
            }
        }
    }

    // Sleeping lanes look again every minute: a clock that was set, or a change nobody announced, then delays nothing for long.
    private async Task SweepAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Sweep / SweepParts, time);
        for (var tick = 0; await timer.TickAsync(stopping); tick++)
        {
            var part = tick % SweepParts;
            await WakeSleepingAsync(stopping, lane => lane.Id % SweepParts == part);
        }
    }

    private async Task WakeSleepingAsync(CancellationToken stopping, Expression<Func<ChannelLane, bool>>? which = null)
    {
        try
        {
            await lanes.WakeSleepingAsync(which, stopping);
            signal.Raise();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning(e, "Waking sleeping channels failed. It is tried again");
        }
    }

    private async Task UntilDoneAsync(Func<Task> action, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await action();
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "Preparing to claim channels failed. It is tried again");
                await PauseAsync(stopping);
            }
        }
    }

    private static async Task PauseAsync(CancellationToken stopping) =>
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
