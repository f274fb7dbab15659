using System.Net;

namespace Notify.Admin.DingTalk;

/// <summary>What came of one request, before anyone asks what it means: an answer, or why there is none.</summary>
/// <param name="Trouble">Null when an HTTP answer was read.</param>
internal sealed record RobotResponse(RobotTrouble? Trouble)
{
    public HttpStatusCode Status { get; init; }

    /// <summary>The body as text, at most <see cref="DingTalkRobotClient.MaxAnswerBytes"/> of it.</summary>
    public string Body { get; init; } = string.Empty;

    /// <summary>The vendor's clock: the <c>Date</c> header.</summary>
    public DateTimeOffset? Date { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The trouble in one line without addresses or secrets.</summary>
    public string? Detail { get; init; }
}

/// <summary>Why a request has no readable answer.</summary>
internal enum RobotTrouble
{
    /// <summary>Not sent: no connection.</summary>
    ConnectionFailed = 1,

    /// <summary>Not sent: no trusted TLS connection.</summary>
    TlsFailed,

    /// <summary>Not sent: the address is not permitted.</summary>
    AddressRefused,

    /// <summary>Perhaps sent: no whole answer in time.</summary>
    Timeout,

    /// <summary>Perhaps sent: the connection ended before the answer did.</summary>
    ConnectionLost,

    /// <summary>Sent: the answer is not HTTP, or longer than any of DingTalk's.</summary>
    Unreadable,
}

/// <summary>The body of an answer. Other members do not matter.</summary>
internal sealed record RobotAnswer(int ErrorCode, string? ErrorMessage)
{
    /// <summary>How long the answer asks to wait; null where it does not say.</summary>
    public TimeSpan? Wait { get; init; }
}
