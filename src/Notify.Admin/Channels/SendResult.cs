using Notify.Admin.Security;

namespace Notify.Admin.Channels;

/// <summary>What a failed send means for what happens next. Retrying is decided from this alone, in <c>RetryPolicy</c>.</summary>
public enum FailureKind
{
    /// <summary>May succeed later: outage, rate limit, timeout, an unknown code.</summary>
    Transient = 1,

    /// <summary>Nothing reaches this channel until someone changes it: credentials, destination, security setting.</summary>
    ChannelPermanent = 2,

    /// <summary>This message can never be sent; others can.</summary>
    MessagePermanent = 3,

    /// <summary>The earlier message that this one follows cannot be changed or answered any more; as a new message it can be
    /// sent.</summary>
    EarlierGone = 4,
}

/// <summary>The verdict on one attempt, read from the vendor's body.</summary>
/// <remarks>Whatever a vendor says is cleaned and cut as it comes in here: the store can hold every verdict.</remarks>
public sealed record SendResult
{
    public const int MaxCode = 64;
    public const int MaxDetail = 1024;
    public const int MaxRawAnswer = 4096;
    public const int MaxId = 64;

    /// <summary>Null when the vendor accepted the message.</summary>
    public FailureKind? Failure { get; init; }

    public bool Accepted => Failure is null;

    /// <summary>The vendor's own code (<c>ok</c>, <c>not_in_channel</c>, <c>310000</c>) or ours for transport trouble (<c>timeout</c>,
    /// <c>connection_failed</c>, <c>http_502</c>, <c>unreadable_answer</c>).</summary>
    public required string Code
    {
        get;
        init => field = ForeignText.Line(value, MaxCode) is { Length: > 0 } code ? code : "unknown_error";
    }

    /// <summary>False for a code that is not in the channel's table: transient, but five identical ones in a row need attention.</summary>
    public bool CodeIsKnown { get; init; } = true;

    /// <summary>The vendor's text, redacted; null when there was none.</summary>
    public string? Detail
    {
        get;
        init => field = ForeignText.Line(value, MaxDetail);
    }

    /// <summary>The raw answer, redacted and at most 4,096 characters.</summary>
    public string? RawAnswer
    {
        get;
        init => field = ForeignText.Fit(value, MaxRawAnswer);
    }

    /// <summary>True when the vendor may have accepted the message although no answer said so (timeout, reset, 5xx).</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>How long the vendor asked us to wait (<c>Retry-After</c>, or a robot's cool-down), within the bounds of
    /// <see cref="VendorWait"/>.</summary>
    public TimeSpan? RetryAfter
    {
        get;
        init => field = VendorWait.Bound(value);
    }

    /// <summary>What the vendor calls the accepted message: Slack's <c>ts</c>. Null where that can be no id.</summary>
    public string? VendorMessageId
    {
        get;
        init => field = ForeignText.Id(value, MaxId);
    }

    /// <summary>Where it went in the vendor's words: Slack's channel id.</summary>
    public string? VendorChannelId
    {
        get;
        init => field = ForeignText.Id(value, MaxId);
    }

    /// <summary>The vendor accepted it as a message of its own, although it was to follow an earlier one.</summary>
    public bool StandsAlone { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>The verdict alone, for a store that refuses what the vendor said beside it.</summary>
    public SendResult WithoutContent() => this with { Detail = null, RawAnswer = null, VendorMessageId = null, VendorChannelId = null };
}
