using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>What came of one call of Slack's Web API. Whatever Slack or the network does is a value of this type, never an
/// exception.</summary>
/// <typeparam name="T">The part of the answer the caller asked for.</typeparam>
internal sealed record SlackAnswer<T>
    where T : class
{
    /// <summary><see cref="SlackErrors.Accepted"/>, Slack's own error code, or one of ours for transport trouble; see
    /// <see cref="SlackErrors"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Slack's verdict: the body said <c>ok</c>.</summary>
    public bool Ok => Code == SlackErrors.Accepted;

    /// <summary>Never null when <see cref="Ok"/>.</summary>
    public T? Value { get; init; }

    /// <summary>The scope a <c>missing_scope</c> asks for.</summary>
    public string? Needed { get; init; }

    /// <summary>The scopes the token has, as a <c>missing_scope</c> lists them.</summary>
    public string? Provided { get; init; }

    /// <summary>Slack's explanations, or the network's; redacted.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Slack's warnings on an accepted call, such as <c>already_in_channel</c>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The scopes the token has (header <c>X-OAuth-Scopes</c>); null where Slack did not say.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>How long Slack asked us to wait, within the bounds of <see cref="VendorWait"/>; null where it did not.</summary>
    public TimeSpan? RetryAfter
    {
        get;
        init => field = VendorWait.Bound(value);
    }

    /// <summary>The body as received, redacted and at most 4,096 characters; null where there was none.</summary>
    public string? RawAnswer { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>True when Slack may have done what was asked although no answer said so.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>Null when no answer arrived.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The explanation in one line: the scopes of a <c>missing_scope</c>, else the messages; null where Slack gave none.</summary>
    public string? Detail => Needed is not null
        ? $"needed: {Needed}; provided: {Provided}"
        : Messages.Count > 0 ? string.Join("; ", Messages) : null;
}

/// <summary>One page of a list. <paramref name="NextCursor"/> is null on the last one; a page may be empty and still not be the
/// last.</summary>
internal sealed record SlackPage<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>What could be read of a whole list.</summary>
/// <param name="Failure">The code that stopped the reading, or null when it was not stopped.</param>
/// <param name="RetryAfter">How long Slack asked us to wait before reading on.</param>
/// <param name="IsComplete">False when there is more than <paramref name="Items"/>.</param>
internal sealed record SlackListing<T>(IReadOnlyList<T> Items, bool IsComplete, string? Failure, string? Detail, TimeSpan? RetryAfter);
