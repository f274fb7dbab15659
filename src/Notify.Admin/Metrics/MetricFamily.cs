using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Notify.Admin.Metrics;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>One instrument's measurements, by their labels.</summary>
internal sealed class MetricFamily
{
    /// <summary>Beyond so many label sets further ones are counted together, so that no caller can make the program grow.</summary>
    public const int MostSeries = 1000;

    public const string Overflow = "otel_metric_overflow=\"true\"";

    // OpenTelemetry's, for instruments that advise none.
    private static readonly double[] DefaultBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    [ThreadStatic]
    private static StringBuilder? s_labels;

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MetricSeries>.AlternateLookup<ReadOnlySpan<char>> _byLabels;
    private readonly Action<MetricSeries, double> _record;

    public MetricFamily(Instrument instrument)
    {
        _byLabels = _series.GetAlternateLookup<ReadOnlySpan<char>>();
        var type = instrument.GetType().GetGenericTypeDefinition();
        Kind = type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : type == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
        IsObservable = instrument.IsObservable;
        Name = PrometheusText.MetricName(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description ?? "";
        Bounds = Kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
        _record = Kind == MetricKind.Histogram ? (series, value) => series.Observe(value)
            : IsObservable || type == typeof(Gauge<>) ? (series, value) => series.Set(value)
            : (series, value) => series.Add(value);
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    /// <summary>Measured only when collected; what is not reported then is gone.</summary>
    public bool IsObservable { get; }

    public IReadOnlyList<double> Bounds { get; }

    /// <summary>Labels as Prometheus writes them (<c>a="x",b="y"</c>, or nothing), in order.</summary>
    public IEnumerable<KeyValuePair<string, MetricSeries>> Series => _series.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    public void Forget() => _series.Clear();

    /// <summary>Called for every request, so without garbage for labels that are known.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = (s_labels ??= new StringBuilder()).Clear();
        foreach (var (name, tag) in tags)
        {
            PrometheusText.AppendLabel(text, name, tag);
        }

        Span<char> labels = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        text.CopyTo(0, labels, text.Length);
        if (!_byLabels.TryGetValue(labels, out var series))
        {
            // The count is not exact when many arrive at once, which is near enough for a guard.
            var key = _series.Count < MostSeries ? labels.ToString() : Overflow;
            series = _series.GetOrAdd(key, _ => new MetricSeries(Bounds));
        }

        _record(series, value);
    }

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };
}
