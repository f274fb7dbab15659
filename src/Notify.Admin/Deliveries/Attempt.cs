namespace Notify.Admin.Deliveries;

public enum AttemptOutcome
{
    /// <summary>Begun. Where the process dies then, it becomes unknown: when the lane is taken over, or after a while.</summary>
    InFlight = 0,

    Accepted = 1,

    Failed = 2,

    /// <summary>The vendor may or may not have accepted it: timeout, reset, 5xx, or the process died.</summary>
    Unknown = 3,
}

/// <summary>One request to the vendor for a message, and its verdict.</summary>
public sealed class Attempt
{
    /// <summary>Given by the store.</summary>
    public long Id { get; set; }

    public long MessageId { get; set; }

    public DateTimeOffset StartedAt { get; init; }

    public int DurationMilliseconds { get; set; }

    public AttemptOutcome Outcome { get; set; }

    /// <summary>The vendor's code, or ours for transport trouble.</summary>
    public string? Code { get; set; }

    /// <summary>The vendor's text, redacted.</summary>
    public string? Detail { get; set; }

    /// <summary>The raw answer, redacted, at most 4,096 characters.</summary>
    public string? RawAnswer { get; set; }
}
