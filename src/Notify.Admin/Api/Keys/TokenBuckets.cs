using System.Collections.Concurrent;

namespace Notify.Admin.Api;

/// <summary>Token buckets by name: each holds at most <c>burst</c> tokens and gains <c>perSecond</c> of them. Rates are given at each call,
/// so a changed setting takes effect at once.</summary>
internal sealed class TokenBuckets(TimeProvider time)
{
    // Enough for every honest address; beyond it, full (idle) buckets are dropped first, since a new bucket is full as well.
    private const int TrimAbove = 50_000;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes a token of <paramref name="name"/>'s bucket.</summary>
    /// <param name="wait">When false: how long until there is one.</param>
    public bool TryTake(string name, double perSecond, double burst, out TimeSpan wait)
    {
        var bucket = BucketOf(name, burst);
        lock (bucket)
        {
            Refill(bucket, perSecond, burst);
            if (bucket.Tokens >= 1)
            {
                bucket.Tokens--;
                wait = TimeSpan.Zero;
                return true;
            }

            wait = TimeSpan.FromSeconds((1 - bucket.Tokens) / perSecond);
            return false;
        }
    }

    /// <summary>Whether <see cref="TryTake"/> would succeed, without taking.</summary>
    public bool HasToken(string name, double perSecond, double burst, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (!_buckets.TryGetValue(name, out var bucket))
        {
            return true;
        }

        lock (bucket)
        {
            Refill(bucket, perSecond, burst);
            if (bucket.Tokens >= 1)
            {
                return true;
            }

            wait = TimeSpan.FromSeconds((1 - bucket.Tokens) / perSecond);
            return false;
        }
    }

    private Bucket BucketOf(string name, double burst)
    {
        if (_buckets.TryGetValue(name, out var bucket))
        {
            return bucket;
        }

        if (_buckets.Count >= TrimAbove)
        {
            Trim();
        }

        return _buckets.GetOrAdd(name, _ => new Bucket { Tokens = burst, At = time.GetTimestamp(), FullAfter = TimeSpan.Zero });
    }

    private void Refill(Bucket bucket, double perSecond, double burst)
    {
        var now = time.GetTimestamp();
        bucket.Tokens = Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
        bucket.At = now;
        bucket.FullAfter = TimeSpan.FromSeconds(burst / perSecond);
    }

    private void Trim()
    {
        foreach (var (name, bucket) in _buckets)
        {
            if (time.GetElapsedTime(bucket.At) >= bucket.FullAfter)
            {
                _buckets.TryRemove(name, out _);
            }
        }

        // The bound protects memory: whoever owns this many addresses is not held back by limits per address anyway.
        if (_buckets.Count >= TrimAbove)
        {
            _buckets.Clear();
        }
    }

    private sealed class Bucket
    {
        public double Tokens { get; set; }

        public long At { get; set; }

        public TimeSpan FullAfter { get; set; }
    }
}
