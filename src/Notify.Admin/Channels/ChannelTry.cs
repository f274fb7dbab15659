namespace Notify.Admin.Channels;

/// <summary>That a channel is tried again: how it stood before, so that what comes of it can be told.</summary>
/// <param name="Waiting">How many deliveries were open; with none there is nothing to send.</param>
public sealed record ChannelTry(ChannelKey Channel, int Waiting, DateTimeOffset? LastSuccessAt, DateTimeOffset? LastFailureAt);

public enum ChannelTryVerdict
{
    /// <summary>The vendor accepted a message.</summary>
    Accepted,

    /// <summary>The vendor refused one; the code says why.</summary>
    Refused,

    /// <summary>No answer yet.</summary>
    Pending,

    /// <summary>Nothing was waiting, so nothing was sent.</summary>
    NothingWaiting,
}

/// <summary>What came of trying a channel again.</summary>
/// <param name="Code">The vendor's, with a refusal.</param>
/// <param name="Explanation">The code in words, in the current UI culture.</param>
public sealed record ChannelTryOutcome(
    ChannelTryVerdict Verdict, DateTimeOffset At, string? Code = null, CodeExplanation? Explanation = null);
