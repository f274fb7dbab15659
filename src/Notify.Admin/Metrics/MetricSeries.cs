namespace Notify.Admin.Metrics;

/// <summary>One set of labels of a metric and what was measured under it.</summary>
/// <param name="bounds">Upper bounds of a histogram's buckets, ascending; empty for other kinds.</param>
internal sealed class MetricSeries(IReadOnlyList<double> bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Count + 1];
    private double _value;

    public void Add(double value)
    {
        lock (_gate)
        {
            _value += value;
        }
    }

    public void Set(double value)
    {
        lock (_gate)
        {
            _value = value;
        }
    }

    /// <summary>Counts a measurement into its bucket.</summary>
    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        lock (_gate)
        {
            _buckets[bucket]++;
            _value += value;
        }
    }

    /// <summary>The value (a histogram's sum), and how many measurements each bucket has by itself; the last is above all bounds.</summary>
    public (double Value, long[] Buckets) Read()
    {
        lock (_gate)
        {
            return (_value, [.. _buckets]);
        }
    }
}
