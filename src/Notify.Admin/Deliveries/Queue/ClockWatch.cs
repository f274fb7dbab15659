namespace Notify.Admin.Deliveries;

/// <summary>Notices that the system's clock was set back, by a clock that nobody can set.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    // Clocks drift, and are slewed, by less than this between two looks.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private DateTimeOffset _utc = time.GetUtcNow();
    private long _timestamp = time.GetTimestamp();

    /// <summary>Whether it was since the last look. For one caller.</summary>
    public bool WasSetBack()
    {
        var (utc, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        var wasSet = utc < _utc + time.GetElapsedTime(_timestamp, timestamp) - Tolerance;
        (_utc, _timestamp) = (utc, timestamp);
        return wasSet;
    }
}
