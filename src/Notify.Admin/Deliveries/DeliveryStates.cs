namespace Notify.Admin.Deliveries;

/// <summary>The states by the names that addresses and the API use.</summary>
public static class DeliveryStates
{
    /// <summary>In the order of a delivery's life.</summary>
    public static readonly IReadOnlyList<DeliveryState> All =
    [
        DeliveryState.Waiting, DeliveryState.Sending, DeliveryState.Held, DeliveryState.Retrying,
        DeliveryState.Sent, DeliveryState.Failed, DeliveryState.GivenUp, DeliveryState.Skipped,
    ];

    public static readonly IReadOnlyList<DeliveryState> Open = [.. All.Where(state => !state.IsFinal())];

    public static readonly IReadOnlyList<DeliveryState> Final = [.. All.Where(IsFinal)];

    private static readonly Dictionary<string, DeliveryState> ByName = All.ToDictionary(ToName, StringComparer.Ordinal);

    /// <summary>The names, for a refusal that lists them.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>Nothing more happens to it by itself.</summary>
    public static bool IsFinal(this DeliveryState state) => state >= OpenStates.FirstFinal;

    public static string ToName(this DeliveryState state) => state switch
    {
        DeliveryState.Waiting => "waiting",
        DeliveryState.Sending => "sending",
        DeliveryState.Held => "held",
        DeliveryState.Retrying => "retrying",
        DeliveryState.Sent => "sent",
        DeliveryState.Failed => "failed",
        DeliveryState.GivenUp => "given_up",
        DeliveryState.Skipped => "skipped",
    };

    /// <summary>Null for a name there is not.</summary>
    public static DeliveryState? Parse(string name) => ByName.TryGetValue(name, out var state) ? state : null;

    public static string? ToName(this HoldReason reason) => reason switch
    {
        HoldReason.None => null,
        HoldReason.Interval => "interval",
        HoldReason.QuietHours => "quiet_hours",
        HoldReason.Pacing => "pacing",
        HoldReason.NeedsAttention => "needs_attention",
        HoldReason.Snoozed => "snoozed",
    };

    public static string ToName(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.InFlight => "in_flight",
        AttemptOutcome.Accepted => "accepted",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.Unknown => "unknown",
    };
}
