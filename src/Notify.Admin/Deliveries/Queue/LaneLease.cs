namespace Notify.Admin.Deliveries;

/// <summary>A lane that this instance works on, and since when it knows that the lease holds. A process that was suspended goes on where it
/// was, while another instance has taken its lanes over: so this is looked at right before each send.</summary>
internal sealed class LaneLease(LaneReading reading, bool hasInFlight, LaneLease.Reading claimed, TimeProvider time)
{
    // What is sent then has the other half of the lease to be answered, or for the next renewal.
    private static readonly TimeSpan Sure = LaneStore.Duration / 2;

    private readonly Lock _gate = new();
    private Reading _known = claimed;

    /// <summary>The lane as it was claimed.</summary>
    public LaneReading Read => reading;

    public ChannelLane Lane => reading.Lane;

    /// <summary>A worker that is gone was sending something.</summary>
    public bool HasInFlight => hasInFlight;

    public long Token { get; } = reading.Lane.LeaseToken ?? 0;

    /// <summary>Whether nobody else can have the lane yet, without asking the store.</summary>
    public bool IsSure => Age < Sure;

    // Neither clock alone tells: the timestamps of some systems stand still while the machine is suspended, and the system's time can be
    // set.
    private TimeSpan Age
    {
        get
        {
            lock (_gate)
            {
                var (byTimestamp, byTime) = (time.GetElapsedTime(_known.Timestamp), time.GetUtcNow() - _known.Time);
                return byTimestamp > byTime ? byTimestamp : byTime;
            }
        }
    }

    /// <summary>The store has renewed everything under the token. One that came too late tells nothing of this lane: it may have been
    /// another's by then.</summary>
    /// <param name="asked">Right before the store was asked.</param>
    public void Renewed(Reading asked)
    {
        if (Age < LaneStore.Duration)
        {
            Confirmed(asked);
        }
    }

    /// <summary>The store has said so of this very lane.</summary>
    /// <param name="asked">Right before the store was asked.</param>
    public void Confirmed(Reading asked)
    {
        lock (_gate)
        {
            _known = asked;
        }
    }

    /// <summary>Both clocks.</summary>
    internal readonly record struct Reading(DateTimeOffset Time, long Timestamp)
    {
        public static Reading Of(TimeProvider time) => new(time.GetUtcNow(), time.GetTimestamp());
    }
}
