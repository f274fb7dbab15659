namespace Notify.Sandbox;

/// <summary>Counts what happened within the last so-many seconds, to the moment: no buckets that would let a double burst
/// through.</summary>
internal sealed class SlidingWindow(TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _moments = new();

    public int CountAt(DateTimeOffset now)
    {
        while (_moments.TryPeek(out var oldest) && oldest + length <= now)
        {
            _moments.Dequeue();
        }

        return _moments.Count;
    }

    public void Add(DateTimeOffset now) => _moments.Enqueue(now);

    /// <summary>How long until the oldest one leaves the window.</summary>
    public TimeSpan UntilRoom(DateTimeOffset now) => _moments.TryPeek(out var oldest) ? oldest + length - now : TimeSpan.Zero;
}
