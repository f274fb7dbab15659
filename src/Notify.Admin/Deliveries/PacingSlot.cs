namespace Notify.Admin.Deliveries;

/// <summary>One attempt counted against a destination's budget, reserved before it is made; shared by all instances.</summary>
public sealed class PacingSlot
{
    public long Id { get; init; }

    /// <summary>The destination's keyed fingerprint.</summary>
    public required string Fingerprint { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>A destination that the vendor has shut for a while (DingTalk's ten minutes, Slack's Retry-After).</summary>
public sealed class PacingPause
{
    public required string Fingerprint { get; init; }

    public DateTimeOffset Until { get; set; }
}
