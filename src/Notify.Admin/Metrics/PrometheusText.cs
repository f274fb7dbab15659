using System.Globalization;
using System.Text;

namespace Notify.Admin.Metrics;

/// <summary>The Prometheus text format, version 0.0.4, and OpenTelemetry's rules for turning its names into Prometheus'.
/// <see href="https://prometheus.io/docs/instrumenting/exposition_formats/"/></summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary><c>http.server.request.duration</c> in <c>s</c> is <c>http_server_request_duration_seconds</c>.</summary>
    public static string MetricName(string name, string? unit, MetricKind kind)
    {
        var text = Clean(name, colons: true);
        var suffix = unit switch
        {
            null or "" => "",
            ['{', ..] => "",
            "1" => kind == MetricKind.Gauge ? "ratio" : "",
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "%" => "percent",
            _ => Clean(unit, colons: false),
        };
        if (suffix.Length > 0 && !text.EndsWith("_" + suffix, StringComparison.Ordinal))
        {
            text += "_" + suffix;
        }

        return kind == MetricKind.Counter && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    /// <summary>Appends <c>name="value"</c>, after a comma where one is due.</summary>
    public static void AppendLabel(StringBuilder text, string name, object? value)
    {
        if (text.Length > 0)
        {
            text.Append(',');
        }

        AppendClean(text, name, colons: false);
        text.Append("=\"");
        switch (value)
        {
            case null:
                break;
            case string s:
                AppendEscaped(text, s, quotes: true);
                break;
            case bool b:
                text.Append(b ? "true" : "false");
                break;
            case int i:
                text.Append(CultureInfo.InvariantCulture, $"{i}");
                break;
            default:
                AppendEscaped(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quotes: true);
                break;
        }

        text.Append('"');
    }

    /// <summary>Writes families that have anything to say, with their HELP and TYPE, by name.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families.OrderBy(f => f.Name, StringComparer.Ordinal).DistinctBy(f => f.Name))
        {
            var isFirst = true;
            foreach (var (labels, series) in family.Series)
            {
                if (isFirst)
                {
                    AppendHead(text, family);
                    isFirst = false;
                }

                var (value, buckets) = series.Read();
                if (family.Kind == MetricKind.Histogram)
                {
                    AppendHistogram(text, family, labels, value, buckets);
                }
                else
                {
                    AppendSample(text, family.Name, labels, value);
                }
            }
        }

        return text.ToString();
    }

    private static void AppendHead(StringBuilder text, MetricFamily family)
    {
        text.Append("# HELP ").Append(family.Name).Append(' ');
        AppendEscaped(text, family.Help, quotes: false);
        text.Append("\n# TYPE ").Append(family.Name).Append(' ').Append(family.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Gauge => "gauge",
            MetricKind.Histogram => "histogram",
        }).Append('\n');
    }

    private static void AppendHistogram(StringBuilder text, MetricFamily family, string labels, double sum, long[] buckets)
    {
        var before = labels.Length == 0 ? "" : labels + ",";
        var count = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            count += buckets[i];
            var bound = i < family.Bounds.Count ? family.Bounds[i] : double.PositiveInfinity;
            AppendSample(text, family.Name + "_bucket", $"{before}le=\"{Number(bound)}\"", count);
        }

        AppendSample(text, family.Name + "_sum", labels, sum);
        AppendSample(text, family.Name + "_count", labels, count);
    }

    private static void AppendSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void AppendEscaped(StringBuilder text, string value, bool quotes)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(c),
            };
        }
    }

    private static string Clean(string name, bool colons)
    {
        var text = new StringBuilder(name.Length);
        AppendClean(text, name, colons);
        return text.ToString();
    }

    private static void AppendClean(StringBuilder text, string name, bool colons)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            text.Append('_');
        }

        foreach (var c in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) || (colons && c == ':') ? c : '_');
        }
    }
}
