using Microsoft.Extensions.Options;
using Notify.Admin.Data;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Notify.Admin.Metrics;

/// <summary>Sends the same instruments to an OpenTelemetry collector, when one is configured. A collector that is away costs nothing but
/// the data.</summary>
internal sealed class OtlpExport(IOptions<OtlpOptions> options, IEnumerable<IMetricSource> sources, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Address is not { } address)
        {
            return;
        }

        using var provider = Build(options.Value, address);
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        do
        {
            foreach (var source in sources)
            {
                await source.RefreshAsync(stoppingToken);
            }

            // Not on its own timer: the gauges are read from the store just before.
            provider.ForceFlush((int)TimeSpan.FromSeconds(10).TotalMilliseconds);
        }
        while (await timer.TickAsync(stoppingToken));
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
