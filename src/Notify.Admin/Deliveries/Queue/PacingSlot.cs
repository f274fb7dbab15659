namespace Notify.Admin.Deliveries;

/// <summary>One attempt counted against a destination's budget, reserved before it is made; shared by all instances.</summary>
public sealed class PacingSlot
{
    public long Id { get; init; }

    /// <summary>The destination's keyed fingerprint.</summary>
    public required string Fingerprint { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>A destination's budget: the row that reservations lock, and how long the vendor has shut it (DingTalk's ten minutes, Slack's
/// <c>Retry-After</c>).</summary>
public sealed class PacingBudget
{
    public required string Fingerprint { get; init; }

    public DateTimeOffset? PausedUntil { get; set; }
}
