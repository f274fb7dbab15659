using System.Globalization;
using System.Net;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Sends one body to one robot and judges the answer. Tests, drills and deliveries all come this way.</summary>
internal sealed class DingTalkSender(DingTalkRobotClient client, WebhookAllowList allowed, TimeProvider time)
{
    private const int MaxDetail = 500;
    private const int MaxRawAnswer = 4096;

    /// <summary>Never throws for anything the vendor or the network does; only for cancellation.</summary>
    public async Task<SendResult> SendAsync(RobotCredentials robot, string body, CancellationToken cancellationToken)
    {
        // The list may have changed since the webhook was saved.
        if (!allowed.Allows(robot.Webhook, out var refusal))
        {
            return Failed(DingTalkErrors.WebhookNotAllowed) with { Detail = refusal.ToString() };
        }

        var signature = Sign(robot);
        var started = time.GetTimestamp();
        var response = await client.PostAsync(new Uri(robot.Webhook.Value + signature?.Query), body, cancellationToken);
        // A relay or an error page may repeat the request.
        string?[] secrets = [robot.Webhook.Token, robot.Secret, signature?.Sign];
        var result = Judge(response);
        return result with
        {
            Detail = Redactor.RedactAndCut(result.Detail, MaxDetail, secrets),
            RawAnswer = response.Body.Length == 0 ? null : Redactor.RedactAndCut(response.Body, MaxRawAnswer, secrets),
            Duration = time.GetElapsedTime(started),
        };
    }

    private DingTalkSignature? Sign(RobotCredentials robot) =>
        robot is { SecurityMode: RobotSecurityMode.Signature, Secret: { Length: > 0 } secret }
        ? DingTalkSignature.Create(time.GetUtcNow(), secret)
        : null;

    private SendResult Judge(RobotResponse response)
    {
        if (response.Trouble is { } trouble)
        {
            return Failed(CodeOf(trouble)) with
            {
                Detail = response.Detail,
                OutcomeUnknown = trouble is RobotTrouble.Timeout or RobotTrouble.ConnectionLost or RobotTrouble.Unreadable,
            };
        }

        var answer = RobotAnswerReader.Read(response.Body);
        if (response.Status != HttpStatusCode.OK && (answer is null || !DingTalkErrors.AsksToComeLater(answer.ErrorCode)))
        {
            return Failed(DingTalkErrors.HttpStatusPrefix + ((int)response.Status).ToString(CultureInfo.InvariantCulture)) with
            {
                Detail = answer?.ErrorMessage,
                OutcomeUnknown = (int)response.Status >= 500,
                RetryAfter = response.RetryAfter,
            };
        }

        if (answer is null)
        {
            return Failed(DingTalkErrors.UnreadableAnswer) with { OutcomeUnknown = true };
        }

        if (answer.ErrorCode == 0)
        {
            return new SendResult { Code = DingTalkErrors.Accepted };
        }

        var code = DingTalkErrors.CodeOf(answer);
        var detail = answer.ErrorMessage;
        if (code == DingTalkErrors.TimestampInvalid && response.Date is { } theirs)
        {
            detail = ClockSkew.Append(detail, time.GetUtcNow(), theirs);
        }

        return Failed(code) with
        {
            Detail = string.IsNullOrWhiteSpace(detail) ? null : detail,
            CodeIsKnown = DingTalkErrors.IsKnown(code) || DingTalkErrors.SaysToComeLater(detail),
            RetryAfter = DingTalkErrors.RetryAfterOf(code) ?? answer.Wait ?? response.RetryAfter,
        };
    }

    private static SendResult Failed(string code) => new()
    {
        Code = code,
        Failure = DingTalkErrors.KindOf(code),
        CodeIsKnown = DingTalkErrors.IsKnown(code),
    };

    private static string CodeOf(RobotTrouble trouble) => trouble switch
    {
        RobotTrouble.ConnectionFailed => DingTalkErrors.ConnectionFailed,
        RobotTrouble.TlsFailed => DingTalkErrors.TlsFailed,
        RobotTrouble.AddressRefused => DingTalkErrors.AddressRefused,
        RobotTrouble.Timeout => DingTalkErrors.Timeout,
        RobotTrouble.ConnectionLost => DingTalkErrors.ConnectionLost,
        RobotTrouble.Unreadable => DingTalkErrors.UnreadableAnswer,
    };
}
