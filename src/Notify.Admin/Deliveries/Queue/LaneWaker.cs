using Microsoft.EntityFrameworkCore;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Wakes the lanes of what intake has committed. Not in intake's own transaction: there, each would wait for the workers of all
/// the lanes it touches, and they for it. What a process that died did not wake is found by the next look for it, here or on another
/// instance.</summary>
internal sealed class LaneWaker(PatientContexts contexts, LaneCommits commits, LanePatience patience, DeliverySignal signal,
    TimeProvider time, WorkRegister works, ILogger<LaneWaker> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // Not recurring work: intake wakes it.
    private readonly WorkRecord _record = works.Open("lane-wakes", logger);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _asked = new(0, 1);
    private Dictionary<ChannelKey, bool> _channels = [];

    /// <summary>Wakes these soon: at once, or together with others while an earlier waking is under way.</summary>
    /// <param name="channels">With whether one of the new events is Critical.</param>
    public void Wake(IEnumerable<KeyValuePair<ChannelKey, bool>> channels)
    {
        lock (_gate)
        {
            foreach (var (channel, isCritical) in channels)
            {
                _channels[channel] = isCritical || _channels.GetValueOrDefault(channel);
            }

            if (_asked.CurrentCount == 0)
            {
                _asked.Release();
            }
        }
    }

    public override void Dispose()
    {
        _asked.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looked = long.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            Dictionary<ChannelKey, bool> channels = [];
            try
            {
                if (looked == long.MinValue || time.GetElapsedTime(looked) >= patience.Forgotten)
                {
                    looked = time.GetTimestamp();
                    await WakeForgottenAsync(stoppingToken);
                }

                await _asked.WaitAsync(patience.Forgotten, stoppingToken);
                channels = Take();
                if (channels.Count > 0)
                {
                    await WakeAsync(channels, stoppingToken);
                }

                _record.Succeeded();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _record.Failed(e);
                await Task.Delay(AfterFailure, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Wake(channels);
            }
        }
    }

    private Dictionary<ChannelKey, bool> Take()
    {
        lock (_gate)
        {
            var taken = _channels;
            _channels = [];
            return taken;
        }
    }

    private async Task WakeAsync(Dictionary<ChannelKey, bool> channels, CancellationToken cancellationToken)
    {
        foreach (var group in channels.GroupBy(c => c.Value, c => ChannelLane.IdOf(c.Key)))
        {
            await WakeAsync([.. group], group.Key ? patience.Critical : patience.Others, cancellationToken);
        }

        signal.Raise();
    }

    // What nobody holds and is due soon is looked at anyway, and whoever claims it sees what was committed before this.
    private Task<int> WakeAsync(long[] lanes, TimeSpan patience, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var latest = now + patience;
        return commits.RunOneAsync(
            context => context.ChannelLanes
                .Where(l => lanes.Contains(l.Id) && (l.LeaseToken != null || l.DueAt == null || l.DueAt > latest))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(l => l.Wakes, l => l.Wakes + 1)
                        .SetProperty(l => l.DueAt, l => l.DueAt == null ? now : l.DueAt > latest ? latest : l.DueAt),
                    cancellationToken),
            cancellationToken);
    }

    // A lane that sleeps until a moment needs no help.
    private async Task WakeForgottenAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var deliveries = context.ByChannel();
        var forgotten = await context.ChannelLanes
            .Where(l => l.DueAt == null && l.LeaseToken == null
                && deliveries.Any(d => d.ChannelKind == l.ChannelKind && d.ChannelId == l.ChannelId
                    && (d.State == DeliveryState.Waiting
                        || (d.State == DeliveryState.Held && l.Condition != ChannelCondition.NeedsAttention))))
            .Select(l => new { l.ChannelKind, l.ChannelId })
            .ToListAsync(cancellationToken);
        if (forgotten.Count > 0)
        {
            Wake(forgotten.Select(l => KeyValuePair.Create(new ChannelKey(l.ChannelKind, l.ChannelId), false)));
        }
    }
}
