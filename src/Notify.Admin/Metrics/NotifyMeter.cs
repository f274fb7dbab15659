using System.Diagnostics.Metrics;

namespace Notify.Admin.Metrics;

/// <summary>The product's own meter. Instruments have OpenTelemetry's dotted names; <c>/metrics</c> writes them as Prometheus
/// does.</summary>
public static class NotifyMeter
{
    public const string Name = "Notify.Admin";

    /// <summary>Features make their instruments here. No channel name, address or secret is ever a tag.</summary>
    public static Meter CreateNotifyMeter(this IMeterFactory meters) => meters.Create(Name);
}
