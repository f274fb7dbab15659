using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Notify.Admin.Metrics;

/// <summary>Listens to the product's instruments and to the useful ones of the runtime and the web server, from its construction
/// on.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private static readonly Dictionary<string, string[]> Wanted = new()
    {
        // An empty list stands for all of the meter's instruments.
        [NotifyMeter.Name] = [],
        ["System.Runtime"] = [],
        ["Microsoft.AspNetCore.Hosting"] = [],
        ["Microsoft.AspNetCore.Server.Kestrel"] = ["kestrel.active_connections", "kestrel.queued_connections", "kestrel.queued_requests",
        "kestrel.rejected_connections"],
        ["Microsoft.AspNetCore.Diagnostics"] = [],
        ["Microsoft.AspNetCore.Components.Server.Circuits"] = ["aspnetcore.components.circuit.active",
        "aspnetcore.components.circuit.connected"],
    };

    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();
    private readonly IMeterFactory _meters;

    public MetricsCollector(IMeterFactory meters)
    {
        _meters = meters;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsWanted(instrument))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, i => new MetricFamily(i)));
            }
        };
        _listener.MeasurementsCompleted = (instrument, _) => _families.TryRemove(instrument, out MetricFamily? _);
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, family) => Record(family, (double)value, tags));
        _listener.Start();
    }

    /// <summary>The meters that are listened to, for other exporters.</summary>
    public static IEnumerable<string> MeterNames => Wanted.Keys;

    /// <summary>Whether an instrument of a listened meter is wanted, by name.</summary>
    public static bool IsWantedInstrument(string meter, string instrument) =>
        Wanted.TryGetValue(meter, out var names) && (names.Length == 0 || names.Contains(instrument));

    /// <summary>Everything measured so far, in the Prometheus text format.</summary>
    public string Collect()
    {
        lock (_collecting)
        {
            foreach (var family in _families.Values.Where(family => family.IsObservable))
            {
                family.Forget();
            }

            _listener.RecordObservableInstruments();
            return PrometheusText.Write(_families.Values);
        }
    }

    public void Dispose() => _listener.Dispose();

    // Of meters made by a factory only this program's: a test runs several programs in one process.
    private bool IsWanted(Instrument instrument) =>
        IsWantedInstrument(instrument.Meter.Name, instrument.Name) && (instrument.Meter.Scope is null || instrument.Meter.Scope == _meters);

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);
}
