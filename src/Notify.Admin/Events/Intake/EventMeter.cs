using System.Diagnostics.Metrics;
using Notify.Admin.Metrics;

namespace Notify.Admin.Events;

/// <summary>What intake counts.</summary>
internal sealed class EventMeter : IMetricSource
{
    private readonly Counter<long> _accepted;

    public EventMeter(IMeterFactory meters)
    {
        _accepted = meters.CreateNotifyMeter().CreateCounter<long>(
            "notify.events.accepted", "{event}", "Events that were new and are on record, by this instance since it started.");
        _accepted.Add(0);
    }

    public void Accepted(int events) => _accepted.Add(events);

    public Task RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
