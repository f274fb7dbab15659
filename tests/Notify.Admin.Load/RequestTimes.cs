namespace Notify.Admin.Load;

/// <summary>How long requests took, in a form that does not grow with their number: each is counted in a class that is one percent
/// wide.</summary>
internal sealed class RequestTimes
{
    private const double Least = 0.01;
    private const double Width = 1.01;

    private readonly Lock _gate = new();
    // The last is for all that took longer than ten hours.
    private readonly long[] _classes = new long[2300];
    private long _count;

    public double Longest { get; private set; }

    public void Add(double milliseconds)
    {
        var place = milliseconds <= Least ? 0 : Math.Min(_classes.Length - 1, (int)Math.Ceiling(Math.Log(milliseconds / Least, Width)));
        lock (_gate)
        {
            _count++;
            _classes[place]++;
            Longest = Math.Max(Longest, milliseconds);
        }
    }

    /// <summary>What so large a part of the requests did not exceed, in milliseconds.</summary>
    public double Quantile(double part)
    {
        lock (_gate)
        {
            var within = 0L;
            for (var place = 0; place < _classes.Length; place++)
            {
                within += _classes[place];
                if (within > part * _count)
                {
                    return Math.Min(Longest, Least * Math.Pow(Width, place));
                }
            }

            return Longest;
        }
    }
}
