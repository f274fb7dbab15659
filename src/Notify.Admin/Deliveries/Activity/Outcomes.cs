namespace Notify.Admin.Deliveries;

/// <summary>What became of the deliveries made in some time.</summary>
/// <param name="Failed">Failed or expired.</param>
/// <param name="Open">Waiting, held or tried again.</param>
public readonly record struct Outcomes(long Sent, long Failed, long Open)
{
    /// <summary>How many of those that came to an end arrived; null where none has.</summary>
    public double? SuccessRate => Sent + Failed > 0 ? (double)Sent / (Sent + Failed) : null;

    public static Outcomes operator +(Outcomes a, Outcomes b) => new(a.Sent + b.Sent, a.Failed + b.Failed, a.Open + b.Open);

    /// <summary>So many in one state; what was not sent on purpose does not count.</summary>
    public static Outcomes Of(DeliveryState state, long count) => state switch
    {
        DeliveryState.Sent => new Outcomes(count, 0, 0),
        DeliveryState.Failed or DeliveryState.GivenUp => new Outcomes(0, count, 0),
        DeliveryState.Skipped => default,
        DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.Held or DeliveryState.Retrying => new Outcomes(0, 0, count),
    };
}

/// <summary>One step of the time that is looked at.</summary>
public sealed record OutcomeStep(DateTimeOffset From, DateTimeOffset To, Outcomes Outcomes);

/// <summary>So many deliveries of one step in one state, as they are counted.</summary>
internal sealed class OutcomeCount
{
    public long Step { get; init; }

    public DeliveryState State { get; init; }

    public long Count { get; init; }
}
