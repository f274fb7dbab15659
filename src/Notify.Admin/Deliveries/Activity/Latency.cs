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
        return new Latency(At(50), At(95), sorted.Length);

        // The nearest rank: so many of a hundred took at most this long.
        TimeSpan At(int percent) => sorted[(((percent * sorted.Length) + 99) / 100) - 1];
    }
}
