using System.Diagnostics.Metrics;
using Notify.Admin.Channels;
using Notify.Admin.Metrics;

namespace Notify.Admin.Deliveries;

/// <summary>What delivery counts. The gauges are the store's: every instance reports the same.</summary>
internal sealed class DeliveryMeter : IMetricSource, IDisposable
{
    // Scrapes that come together share one look at the store, and one that is slow does not hold them up.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly AttemptOutcome[] Outcomes = [AttemptOutcome.Accepted, AttemptOutcome.Failed, AttemptOutcome.Unknown];

    private readonly DeliveryTotalsStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<DeliveryMeter> _logger;
    private readonly Counter<long> _attempts;
    private readonly SemaphoreSlim _reading = new(1);
    private DeliveryTotals? _totals;
    private long? _readAt;

    public DeliveryMeter(IMeterFactory meters, DeliveryTotalsStore store, TimeProvider time, ILogger<DeliveryMeter> logger)
    {
        (_store, _time, _logger) = (store, time, logger);
        var meter = meters.CreateNotifyMeter();
        _attempts = meter.CreateCounter<long>(
            "notify.attempts", "{attempt}",
            "Requests to vendors by kind of channel and outcome, tests included, by this instance since it started.");
        meter.CreateObservableGauge("notify.deliveries", Deliveries, "{delivery}", "Deliveries by state, of all instances.");
        meter.CreateObservableGauge("notify.oldest_waiting", OldestWaiting, "s",
            "Age of the oldest delivery that has not ended; 0 when all have.");
        foreach (var kind in Enum.GetValues<ChannelKind>())
        {
            Array.ForEach(Outcomes, outcome => Count(kind, outcome, 0));
        }
    }

    public void Attempted(ChannelKind kind, SendResult result) => Count(kind, AttemptRecord.OutcomeOf(result), 1);

    /// <summary>Attempts of a worker that is gone: nobody learned what came of them.</summary>
    public void Lost(ChannelKind kind, int attempts) => Count(kind, AttemptOutcome.Unknown, attempts);

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_readAt is { } at && _time.GetElapsedTime(at) < Fresh)
            {
                return;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Longest);
            _totals = await _store.ReadAsync(limit.Token);
            _readAt = _time.GetTimestamp();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Old numbers would look like good ones: none are reported until the store answers.
            _totals = null;
            _readAt = null;
            _logger.LogWarning(e, "Counting deliveries failed; their metrics are absent");
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private IEnumerable<Measurement<long>> Deliveries() =>
        _totals?.Counts.Select(pair => new Measurement<long>(pair.Value, new KeyValuePair<string, object?>("state", pair.Key.ToName())))
            ?? [];

    private IEnumerable<Measurement<double>> OldestWaiting() =>
        _totals is { } totals ? [new Measurement<double>(totals.OldestOpenSince is { } since
            ? Math.Max(0, (_time.GetUtcNow() - since).TotalSeconds) : 0)] : [];

    private void Count(ChannelKind kind, AttemptOutcome outcome, int attempts) => _attempts.Add(
        attempts,
        new KeyValuePair<string, object?>("kind", kind == ChannelKind.Slack ? "slack" : "dingtalk"),
        new KeyValuePair<string, object?>("outcome", outcome.ToName()));
}
