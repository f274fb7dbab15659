using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>Posts one body and judges the outcome. Tests, drills and deliveries all come through here, so a passing test means
/// something.</summary>
internal sealed class SlackSender(SlackClient client)
{
    /// <param name="token">The plain token, unprotected by the caller for this call.</param>
    public async Task<SendResult> SendAsync(string token, ComposedMessage message, CancellationToken cancellationToken)
    {
        var answer = message.FollowUp == FollowUp.Update
            ? await client.UpdateMessageAsync(token, message.Body, cancellationToken)
            : await client.PostMessageAsync(token, message.Body, cancellationToken);
        var verdict = SlackErrors.Judge(answer.Code, message.FollowUp);
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
            // Slack posts the answer to a deleted message into the channel, and says so only by leaving the thread out.
            StandsAlone = message.FollowUp == FollowUp.Reply && answer is { Ok: true, Value.ThreadTs: null },
            Duration = answer.Duration,
        };
    }
}
