namespace Notify.Admin.Deliveries;

/// <summary>What "send again" may touch.</summary>
public static class SendAgain
{
    /// <summary>The most deliveries that one action sends again.</summary>
    public const int Most = 5000;

    /// <summary>Deliveries per transaction.</summary>
    internal const int BatchSize = 500;

    /// <summary>Sent again without asking: they did not arrive.</summary>
    public static readonly IReadOnlyList<DeliveryState> Undelivered = [DeliveryState.Failed, DeliveryState.GivenUp, DeliveryState.Skipped];
}

/// <summary>Which deliveries to send again: these, or those that a filter shows.</summary>
public sealed record SendAgainTarget
{
    public IReadOnlyCollection<long>? Ids { get; init; }

    public DeliveryFilter? Filter { get; init; }
}

/// <summary>What sending a target again would do.</summary>
/// <param name="Undelivered">Failed, given up or skipped: will be sent.</param>
/// <param name="Sent">Arrived already: would arrive twice.</param>
/// <param name="Open">Still on their way: stay as they are.</param>
/// <param name="IsPartial">There are more than one action sends, or more than could be looked through.</param>
public sealed record SendAgainPreview(int Undelivered, int Sent, int Open, bool IsPartial);

/// <summary>What came of it.</summary>
/// <param name="Queued">How many wait again.</param>
/// <param name="IsPartial">More match: do it again for the rest.</param>
public sealed record SendAgainResult(int Queued, bool IsPartial);
