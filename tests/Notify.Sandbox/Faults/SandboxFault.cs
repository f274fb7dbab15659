using System.Globalization;
using System.Text.Json.Serialization;
using Notify.Sandbox.Control;

namespace Notify.Sandbox.Faults;

/// <summary>Something that goes wrong on purpose: what, to which calls, how often.</summary>
public sealed record SandboxFault
{
    /// <summary>Given by the sandbox.</summary>
    public int Id { get; init; }

    public FaultTarget Target { get; init; } = FaultTarget.All;
    public required FaultKind Kind { get; init; }

    /// <summary>Only this Slack method or Security Center action; a trailing <c>*</c> stands for the rest of the name.</summary>
    public string? Method { get; init; }

    /// <summary>Only this Slack channel (id or name) or this robot (name or token).</summary>
    public string? Destination { get; init; }

    /// <summary>Only calls whose JSON contains this text.</summary>
    public string? Contains { get; init; }

    /// <summary>HTTP status, 200 to 599.</summary>
    public int? Status { get; init; }

    /// <summary>Slack's or Security Center's error code, or DingTalk's errcode in digits.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? ErrorCode { get; init; }

    /// <summary>DingTalk's errmsg, or a line for Slack's <c>response_metadata.messages</c>.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Value of the header <c>Retry-After</c>: whole seconds, or an HTTP date.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? RetryAfter { get; init; }

    /// <summary>Milliseconds, 0 to 600,000, in real time.</summary>
    public int? DelayMs { get; init; }

    /// <summary>The answer's body, for <see cref="FaultKind.Body"/> and <see cref="FaultKind.Status"/>.</summary>
    public string? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>How many matching calls it applies to; 0 or less is until it is cleared.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>How many matching calls go well before it begins.</summary>
    public int After { get; init; }

    /// <summary>Above 0, at most 1: the share of matching calls it applies to.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Whether the call takes effect before it goes wrong; null is what <see cref="Kind"/> says.</summary>
    public bool? Accept { get; init; }

    internal bool AcceptsFirst => Accept ?? Kind is FaultKind.Truncated or FaultKind.Cut or FaultKind.Slow or FaultKind.Delay
        or FaultKind.AcceptThenTimeout or FaultKind.AcceptThenReset;

    internal bool AppliesTo(CallTarget call) =>
        Target switch
        {
            FaultTarget.All => true,
            FaultTarget.Slack => call.Target == SandboxTarget.Slack,
            FaultTarget.DingTalk => call.Target == SandboxTarget.DingTalk,
            FaultTarget.SecurityCenter => call.Target == SandboxTarget.SecurityCenter,
        }
        && MethodMatches(call.Method)
        && (Destination is null || call.Answers(Destination))
        && (Contains is null || call.Content?.Invoke().Contains(Contains, StringComparison.Ordinal) == true);

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => this switch
    {
        { Status: < 200 or > 599 } => $"status: {Status} is not an HTTP status from 200 to 599.",
        { DelayMs: < 0 or > 600_000 } => $"delayMs: {DelayMs} is not between 0 and 600000.",
        { After: < 0 } => $"after: {After} is below 0.",
        { Probability: not (> 0 and <= 1) } => $"probability: {Probability} is not above 0 and at most 1.",
        { Kind: FaultKind.Body, Body: null } => "body: is required with kind 'body'.",
        { Target: FaultTarget.DingTalk, Method: not null } => "method: a robot has none; leave it out with target 'dingtalk'.",
        { Target: FaultTarget.DingTalk or FaultTarget.All, ErrorCode: not null } when !IsWholeNumber(ErrorCode) =>
            $"errorCode: '{ErrorCode}' is not a whole number, which DingTalk's codes are; target 'slack' and 'securityCenter' have words.",
        { RetryAfter: not null } when !IsRetryAfter(RetryAfter) => $"retryAfter: '{RetryAfter}' is neither whole seconds nor an HTTP date.",
        { ContentType: not null } when !Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(ContentType, out _) =>
            $"contentType: '{ContentType}' is not a media type.",
        _ => null,
    };

    private bool MethodMatches(string method) =>
        Method is null || (Method.EndsWith('*') ? method.StartsWith(Method[..^1], StringComparison.Ordinal) : method == Method);

    private static bool IsWholeNumber(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsRetryAfter(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        || DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
