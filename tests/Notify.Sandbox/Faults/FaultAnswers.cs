using System.Globalization;
using System.Text;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.SecurityCenter;
using Notify.Sandbox.Slack;

namespace Notify.Sandbox.Faults;

/// <summary>What a fault makes of an answer.</summary>
internal static class FaultAnswers
{
    /// <param name="fault">The fault.</param>
    /// <param name="target">Whose error shape to use.</param>
    /// <param name="honest">The answer that was due, if the call was judged first.</param>
    /// <returns>The answer to send; null when there is none at all.</returns>
    public static Answer? Spoil(SandboxFault fault, SandboxTarget target, Answer? honest)
    {
        Answer? answer = fault.Kind switch
        {
            FaultKind.Timeout or FaultKind.Reset or FaultKind.AcceptThenTimeout or FaultKind.AcceptThenReset => null,
            FaultKind.Status => Status(fault, target),
            FaultKind.Body => Text(fault.Status ?? StatusCodes.Status200OK, fault.ContentType ?? "application/json; charset=utf-8",
            fault.Body ?? ""),
            FaultKind.ErrorCode => ErrorCode(fault, target) is var refusal
                ? refusal with { Status = fault.Status ?? refusal.Status } : null,
            FaultKind.Html => Html(fault.Status ?? StatusCodes.Status502BadGateway),
            FaultKind.Truncated => (honest ?? Success(target)) is var whole
            ? whole with { Body = whole.Body[..(whole.Body.Length / 2)], Code = "truncated" } : null,
            FaultKind.Cut or FaultKind.Slow or FaultKind.Delay => honest ?? Success(target),
        };
        return answer is not null && fault.RetryAfter is { } wait ? answer.With("Retry-After", wait) : answer;
    }

    private static Answer Status(SandboxFault fault, SandboxTarget target)
    {
        var status = fault.Status ?? StatusCodes.Status500InternalServerError;
        if (fault.Body is not null)
        {
            return Text(status, fault.ContentType ?? "text/plain; charset=utf-8", fault.Body);
        }

        return status == StatusCodes.Status429TooManyRequests && target == SandboxTarget.Slack
            ? SlackAnswers.Error("ratelimited") with { Status = status }
            : Text(status, "text/plain; charset=utf-8", "");
    }

    private static Answer ErrorCode(SandboxFault fault, SandboxTarget target) => target switch
    {
        SandboxTarget.Slack =>
            SlackAnswers.Error(fault.ErrorCode ?? "internal_error", fault.ErrorMessage is null ? [] : [fault.ErrorMessage]),
        SandboxTarget.DingTalk => RobotAnswers.Error(
            int.Parse(fault.ErrorCode ?? "-1", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), fault.ErrorMessage),
        SandboxTarget.SecurityCenter => SecurityCenterAnswers.Error(StatusCodes.Status400BadRequest, fault.ErrorCode ?? "ServerError",
            fault.ErrorMessage ?? "The sandbox was told to refuse this call."),
    };

    private static Answer Success(SandboxTarget target) => target switch
    {
        SandboxTarget.Slack => SlackAnswers.Ok([]),
        SandboxTarget.DingTalk => RobotAnswers.Ok,
        SandboxTarget.SecurityCenter => SecurityCenterAnswers.Ok([]),
    };

    private static Answer Html(int status) => Text(status, "text/html; charset=utf-8", $"""
        <html>
        <head><title>{status} Bad Gateway</title></head>
        <body><center><h1>{status} Bad Gateway</h1></center><hr><center>sandbox gateway</center></body>
        </html>
        """);

    private static Answer Text(int status, string contentType, string body) => new()
    {
        Status = status,
        ContentType = contentType,
        Body = Encoding.UTF8.GetBytes(body),
        Code = $"HTTP {status}",
    };
}
