namespace Notify.Sandbox.Faults;

/// <summary>The ways in which a call can go wrong.</summary>
public enum FaultKind
{
    /// <summary>No answer for <c>delayMs</c> (100 s if not given), then the connection is reset. Nothing is accepted.</summary>
    Timeout,

    /// <summary>The connection is reset at once. Nothing is accepted.</summary>
    Reset,

    /// <summary>An HTTP status, with <c>retryAfter</c> and <c>body</c> if given.</summary>
    Status,

    /// <summary>HTTP 200 (or <c>status</c>) with just this <c>body</c>.</summary>
    Body,

    /// <summary>HTTP 200 with the vendor's error <c>errorCode</c>.</summary>
    ErrorCode,

    /// <summary>A gateway's HTML page: HTTP 502, or <c>status</c>.</summary>
    Html,

    /// <summary>Accepted, but the answer's JSON ends in the middle (as HTTP it is complete).</summary>
    Truncated,

    /// <summary>Accepted, but the connection is reset in the middle of the answer.</summary>
    Cut,

    /// <summary>Accepted; the answer drips out over <c>delayMs</c> (5 s if not given).</summary>
    Slow,

    /// <summary>Accepted; the answer comes after <c>delayMs</c> (2 s if not given).</summary>
    Delay,

    /// <summary>Accepted, then as <see cref="Timeout"/>: a retry posts twice.</summary>
    AcceptThenTimeout,

    /// <summary>Accepted, then as <see cref="Reset"/>: a retry posts twice.</summary>
    AcceptThenReset,
}
