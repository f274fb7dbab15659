using System.Collections.Concurrent;

namespace Notify.Admin.Deliveries;

/// <summary>This instance's latest reservations by a clock that nobody can set. The store's window is on the system's clock: set forward,
/// it would let a second burst through, for which a robot is shut for ten minutes.</summary>
internal sealed class PacingMemory(TimeProvider time)
{
    private const int ForgetAbove = 10_000;

    private readonly ConcurrentDictionary<string, Queue<long>> _recent = new(StringComparer.Ordinal);

    public void Add(string fingerprint, TimeSpan window)
    {
        var mine = _recent.GetOrAdd(fingerprint, _ => new Queue<long>());
        lock (mine)
        {
            mine.Enqueue(time.GetTimestamp());
        }

        if (_recent.Count > ForgetAbove)
        {
            ForgetIdle(window);
        }
    }

    /// <summary>How many reservations were made within the window, and how long until the one that is <paramref name="sends"/>-th from the
    /// end leaves it.</summary>
    public (int Used, TimeSpan UntilFree) Look(string fingerprint, int sends, TimeSpan window)
    {
        if (!_recent.TryGetValue(fingerprint, out var mine))
        {
            return (0, TimeSpan.Zero);
        }

        lock (mine)
        {
            while (mine.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= window)
            {
                mine.Dequeue();
            }

            return mine.Count < sends ? (mine.Count, TimeSpan.Zero)
                : (mine.Count, window - time.GetElapsedTime(mine.ElementAt(mine.Count - sends)));
        }
    }

    private void ForgetIdle(TimeSpan window)
    {
        foreach (var (fingerprint, mine) in _recent)
        {
            lock (mine)
            {
                if (mine.All(at => time.GetElapsedTime(at) >= window))
                {
                    _recent.TryRemove(fingerprint, out _);
                }
            }
        }
    }
}
