using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>What happens after a failed attempt; the only place that decides it.</summary>
public static class RetryPolicy
{
    /// <summary>From a delivery's first attempt, time held not counted, until it is given up.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(24);

    /// <summary>After so many identical unknown codes in a row the channel needs attention.</summary>
    public const int UnknownCodeLimit = 5;

    /// <summary>After so many messages in a row that are refused for their content the channel counts as failing.</summary>
    public const int RefusedLimit = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait before the next try: what the vendor asked for, otherwise doubling from 2 s to 15 min, ±25 %.</summary>
    /// <param name="failures">Failures in a row so far, at least 1.</param>
    /// <param name="retryAfter">Within the bounds of <see cref="VendorWait"/>.</param>
    /// <param name="jitter">A random number in [0, 1).</param>
    public static TimeSpan Delay(int failures, TimeSpan? retryAfter, double jitter)
    {
        if (retryAfter is { } asked)
        {
            return asked;
        }

        var doubled = First * Math.Pow(2, Math.Min(failures - 1, 12));
        return (doubled < Longest ? doubled : Longest) * (0.75 + (0.5 * jitter));
    }

    /// <summary>How many events of a refused message go into the next.</summary>
    public static int Half(int events) => (events + 1) / 2;

    /// <summary>What a verdict means for the channel and its deliveries.</summary>
    /// <param name="sameCodeCount">How many attempts in a row, this one included, ended with this code.</param>
    /// <param name="events">How many the message carried.</param>
    public static AfterAttempt Decide(SendResult result, int sameCodeCount, int events)
    {
        if (result.Failure is not { } failure)
        {
            return AfterAttempt.Accepted;
        }

        return failure switch
        {
            FailureKind.MessagePermanent => events > 1 ? AfterAttempt.Halve : AfterAttempt.FailMessage,
            FailureKind.ChannelPermanent => AfterAttempt.HoldChannel,
            FailureKind.EarlierGone => AfterAttempt.StartAnew,
            FailureKind.Transient =>
                !result.CodeIsKnown && sameCodeCount >= UnknownCodeLimit ? AfterAttempt.HoldChannel : AfterAttempt.Retry,
        };
    }
}

/// <summary>The ways on from an attempt.</summary>
public enum AfterAttempt
{
    Accepted,
    Retry,

    /// <summary>Something in the message is refused: its events go out again in halves, until only what is refused fails.</summary>
    Halve,

    /// <summary>What the message followed is gone: it goes out at once as a new one, and nothing is wrong with the channel.</summary>
    StartAnew,

    /// <summary>This message's delivery fails; the channel goes on.</summary>
    FailMessage,

    /// <summary>The channel needs attention; its deliveries are held.</summary>
    HoldChannel,
}
