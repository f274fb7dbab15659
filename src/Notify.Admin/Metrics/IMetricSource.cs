namespace Notify.Admin.Metrics;

/// <summary>A feature whose gauges are read from the store: asked to look before they are collected, since collecting cannot
/// wait.</summary>
public interface IMetricSource
{
    /// <summary>Reads what the gauges then report. Never throws for a store that is away: the gauges then report nothing.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
