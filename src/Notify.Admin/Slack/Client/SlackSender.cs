using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>Posts one body and judges the outcome. Tests, drills and deliveries all come through here, so a passing test means
/// something.</summary>
internal sealed class SlackSender(SlackClient client)
{
    /// <param name="token">The plain token, unprotected by the caller for this call.</param>
    /// <param name="body">One <see cref="ComposedMessage.Body"/>.</param>
    public async Task<SendResult> SendAsync(string token, string body, CancellationToken cancellationToken)
    {
        var answer = await client.PostMessageAsync(token, body, cancellationToken);
        var verdict = SlackErrors.Judge(answer.Code);
        return new SendResult
        {
            Code = answer.Code,
            Failure = answer.Ok ? null : verdict.Kind,
            CodeIsKnown = answer.Ok || verdict.IsKnown,
            Detail = answer.Detail,
            RawAnswer = answer.RawAnswer,
            OutcomeUnknown = answer.OutcomeUnknown,
            RetryAfter = answer.RetryAfter,
            VendorMessageId = answer.Value?.Ts,
            VendorChannelId = answer.Value?.Channel,
            Duration = answer.Duration,
        };
    }
}
