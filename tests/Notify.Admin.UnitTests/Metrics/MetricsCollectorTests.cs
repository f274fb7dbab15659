using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Metrics;

namespace Notify.Admin.UnitTests.Metrics;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<MetricsCollector>()
        .BuildServiceProvider();
    private readonly MetricsCollector _collector;
    private readonly Meter _meter;

    public MetricsCollectorTests()
    {
        _collector = _services.GetRequiredService<MetricsCollector>();
        _meter = _services.GetRequiredService<IMeterFactory>().CreateNotifyMeter();
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Collect_Counter_HasHelpTypeAndSum()
    {
        var counter = _meter.CreateCounter<long>("test.things", "{thing}", "Things, with a \\ and\na line.");
        counter.Add(2);
        counter.Add(3);

        Lines("test_things").ShouldBe(
        [
            @"# HELP test_things_total Things, with a \\ and\na line.",
            "# TYPE test_things_total counter",
            "test_things_total 5",
        ]);
    }

    [Fact]
    public void Collect_Labels_AreNamedEscapedAndKeptApart()
    {
        var counter = _meter.CreateCounter<double>("test.labels");
        counter.Add(1, new("http.route", "a\"b\\c\nd é 中"), new("1st", true));
        counter.Add(0.5, new("http.route", null), new("1st", 7));

        Lines("test_labels")[2..].ShouldBe(
        [
            "test_labels_total{http_route=\"\",_1st=\"7\"} 0.5",
            @"test_labels_total{http_route=""a\""b\\c\nd é 中"",_1st=""true""} 1",
        ]);
    }

    [Fact]
    public void Collect_Histogram_IsCumulativeWithInfinitySumAndCount()
    {
        var histogram = _meter.CreateHistogram<double>("test.duration", "s", "How long.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var value in (double[])[0.25, 0.5, 0.75, 8])
        {
            histogram.Record(value, new KeyValuePair<string, object?>("kind", "x"));
        }

        Lines("test_duration").ShouldBe(
        [
            "# HELP test_duration_seconds How long.",
            "# TYPE test_duration_seconds histogram",
            "test_duration_seconds_bucket{kind=\"x\",le=\"0.5\"} 2",
            "test_duration_seconds_bucket{kind=\"x\",le=\"1\"} 3",
            "test_duration_seconds_bucket{kind=\"x\",le=\"+Inf\"} 4",
            "test_duration_seconds_sum{kind=\"x\"} 9.5",
            "test_duration_seconds_count{kind=\"x\"} 4",
        ]);
    }

    [Fact]
    public void Collect_UpDownCounter_IsAGaugeOfTheSum()
    {
        var open = _meter.CreateUpDownCounter<int>("test.open", "{page}");
        open.Add(3);
        open.Add(-1);

        Lines("test_open").ShouldBe(["# HELP test_open ", "# TYPE test_open gauge", "test_open 2"]);
    }

    [Fact]
    public void Collect_ObservableThatReportsNothingAnyMore_IsGone()
    {
        IEnumerable<Measurement<double>> reported = [new(1, new KeyValuePair<string, object?>("state", "a")),
            new(double.NaN, new KeyValuePair<string, object?>("state", "b"))];
        _meter.CreateObservableGauge("test.gauge", () => reported, "By");
        Lines("test_gauge")[2..].ShouldBe(["test_gauge_bytes{state=\"a\"} 1", "test_gauge_bytes{state=\"b\"} NaN"]);

        reported = [];

        Lines("test_gauge").ShouldBeEmpty();
    }

    [Fact]
    public void Collect_ObservableCounter_IsWhatWasReportedLast()
    {
        var total = 0L;
        _meter.CreateObservableCounter("test.seen", () => total += 10, "ms");

        _collector.Collect();

        Lines("test_seen")[^1].ShouldBe("test_seen_milliseconds_total 20");
    }

    [Fact]
    public void Record_MoreLabelsThanAllowed_AreCountedTogether()
    {
        var counter = _meter.CreateCounter<long>("test.many");
        for (var i = 0; i < MetricFamily.MostSeries + 50; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        var lines = Lines("test_many");
        lines.Length.ShouldBe(2 + MetricFamily.MostSeries + 1);
        lines.ShouldContain("test_many_total{otel_metric_overflow=\"true\"} 50");
    }

    [Fact]
    public void Collect_MeterOfAnotherProgramInThisProcess_IsNotRead()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().CreateNotifyMeter().CreateCounter<long>("test.foreign").Add(1);

        Lines("test_foreign").ShouldBeEmpty();
    }

    [Fact]
    public void Collect_Runtime_IsThere() => Lines("dotnet_process_memory_working_set_bytes").Length.ShouldBe(3);

    [Theory]
    [InlineData("notify.events.accepted", "{event}", nameof(MetricKind.Counter), "notify_events_accepted_total")]
    [InlineData("notify.oldest_waiting", "s", nameof(MetricKind.Gauge), "notify_oldest_waiting_seconds")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", nameof(MetricKind.Counter), "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("already_seconds", "s", nameof(MetricKind.Histogram), "already_seconds")]
    [InlineData("2xx", null, nameof(MetricKind.Counter), "_2xx_total")]
    [InlineData("share", "1", nameof(MetricKind.Gauge), "share_ratio")]
    public void MetricName_OfInstrument_IsPrometheus(string name, string? unit, string kind, string expected) =>
        PrometheusText.MetricName(name, unit, Enum.Parse<MetricKind>(kind)).ShouldBe(expected);

    private string[] Lines(string name) =>
        [.. _collector.Collect().Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) || line.Split(' ') is ["#", _, var about, ..]
            && about.StartsWith(name, StringComparison.Ordinal))];
}
