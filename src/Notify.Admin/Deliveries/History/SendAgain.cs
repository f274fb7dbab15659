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

    /// <summary>Beside ids: what they were chosen by, for the audit trail.</summary>
    public DeliveryFilter? Filter { get; init; }
}

/// <summary>The newest deliveries of one fate.</summary>
/// <param name="HasMore">There are more than one action sends, or more than could be looked through.</param>
public sealed record SendAgainPart(IReadOnlyList<long> Ids, bool HasMore)
{
    public int Count => Ids.Count;
}

/// <summary>What sending a target again would do. Sent are the very deliveries that were counted: what comes meanwhile is not among
/// them.</summary>
/// <param name="Undelivered">Failed, given up or skipped: will be sent.</param>
/// <param name="Sent">Arrived already: would arrive twice.</param>
/// <param name="Open">Still on their way: stay as they are.</param>
public sealed record SendAgainPreview(SendAgainPart Undelivered, SendAgainPart Sent, int Open)
{
    /// <summary>What to send, at most as many as one action does.</summary>
    public SendAgainPart Chosen(bool alsoSent)
    {
        if (!alsoSent)
        {
            return Undelivered;
        }

        IReadOnlyList<long> ids = [.. Undelivered.Ids, .. Sent.Ids];
        return new SendAgainPart([.. ids.Take(SendAgain.Most)], Undelivered.HasMore || Sent.HasMore || ids.Count > SendAgain.Most);
    }
}

/// <summary>What came of it.</summary>
/// <param name="Queued">How many wait again.</param>
/// <param name="IsPartial">More match: do it again for the rest.</param>
public sealed record SendAgainResult(int Queued, bool IsPartial);
