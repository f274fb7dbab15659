namespace Notify.Admin.Deliveries;

/// <summary>How long messages took from the event's receipt until the vendor accepted it; what was held on purpose is left out.</summary>
/// <param name="Messages">Of how many, the newest.</param>
public sealed record Latency(TimeSpan Median, TimeSpan Percentile95, int Messages)
{
    /// <summary>Null where there are none.</summary>
    public static Latency? Of(IReadOnlyCollection<TimeSpan> times)
    {
        if (times.Count == 0)
        {
            return null;
        }

        TimeSpan[] sorted = [.. times.Order()];
        return new Latency(sorted[sorted.Length / 2], sorted[(int)((sorted.Length - 1) * 0.95)], sorted.Length);
    }
}
