using Microsoft.Extensions.Options;
using Notify.Admin.Background;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Notify.Admin.Metrics;

/// <summary>Sends the same instruments to an OpenTelemetry collector, when one is configured. A collector that is away costs nothing but
/// the data.</summary>
internal sealed class OtlpExport(
    IOptions<OtlpOptions> options, IEnumerable<IMetricSource> sources, WorkRegister works, TimeProvider time, ILogger<OtlpExport> logger)
    : RecurringWork(works, new WorkSchedule("metrics-export", options.Value.Interval) { AtStart = true }, time, logger)
{
    private MeterProvider? _provider;

    public override void Dispose()
    {
        _provider?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Address is { } address)
        {
            _provider = Build(options.Value, address);
            await base.ExecuteAsync(stoppingToken);
        }
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        foreach (var source in sources)
        {
            await source.RefreshAsync(stopping);
        }

        // The export is made here and not on its own timer: the gauges are read from the store just before.
        _provider?.ForceFlush((int)TimeSpan.FromSeconds(10).TotalMilliseconds);
    }

    private static MeterProvider Build(OtlpOptions options, Uri address) => Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => resource.AddService(NotifyMeter.Name))
        .AddMeter([.. MetricsCollector.MeterNames])
        .AddView(instrument => MetricsCollector.IsWantedInstrument(instrument.Meter.Name, instrument.Name)
            ? null : MetricStreamConfiguration.Drop)
        .AddOtlpExporter((exporter, reader) =>
        {
            exporter.Endpoint = address;
            exporter.Protocol = options.Protocol == OtlpOptions.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
            exporter.Headers = options.Headers;
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = Timeout.Infinite;
        })
        .Build();
}
