using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Api;
using Notify.Admin.Events;

namespace Notify.Admin.Sources;

/// <summary>Takes messages in that are posted as to a DingTalk robot or a Slack webhook: each becomes an event, and goes the way of all
/// events.</summary>
internal sealed class RobotIntake(SourceGate gate, SourceActivity activity, EventIntake intake, TimeProvider time)
{
    /// <param name="key">The token, or the three parts of the webhook's path; never logged or stored.</param>
    /// <param name="kind">The kind of source that such an address is.</param>
    public Task<SourceTaking> TakeAsync(string key, string kind, HttpContext http, CancellationToken cancellationToken) => gate.PassAsync(
        key, source => source == kind, http, _ => RequestBody.DefaultLimit, (source, body) => TakeMessageAsync(source, http.Request, body),
        cancellationToken);

    /// <summary>Takes a message of a sender that has proved itself.</summary>
    internal async Task<SourceTaking> TakeMessageAsync(Source source, HttpRequest request, byte[] body)
    {
        var (message, refusal) = Read(source, request.ContentType, body);
        if (message is null)
        {
            return new SourceTaking(refusal);
        }

        var result = await intake.AcceptAsync([SourceEvents.OfMessage(source, IdOf(source, request, body), message)]);
        if (result.IsBusy)
        {
            return new SourceTaking(SourceRefusal.StoreBusy);
        }

        if (result.Duplicates > 0)
        {
            return new SourceTaking(SourceRefusal.Replayed);
        }

        activity.Took(source.Id, TakenPayload.Of(request, body, time.GetUtcNow(), result.Accepted, 0, 0, []));
        return new SourceTaking(null, result.Accepted);
    }

    /// <summary>Reads a message in its vendor's form.</summary>
    internal static (PostedText? Message, SourceRefusal? Refusal) Read(Source source, string? contentType, byte[] body)
    {
        using var document = PayloadJson.Parse(contentType, body);
        if (source.Kind == SourceKinds.SlackWebhook)
        {
            var (mrkdwn, error) = SlackWebhookRequest.Read(document?.RootElement);
            return error is null ? (PostedText.OfSlack(document!.RootElement, mrkdwn!, source.LetsMentions), null) : (null, error);
        }

        var (message, wrong) = DingTalkRobotRequest.Read(contentType, body.Length, document?.RootElement);
        return wrong is null ? (PostedText.OfDingTalk(document!.RootElement, message!, source.LetsMentions), null) : (null, wrong);
    }

    // Neither vendor gives messages an id, and the same words twice are two messages. But one signature is for one message: the store,
    // which keeps each id once, for as long as its event, refuses the other.
    private static string IdOf(Source source, HttpRequest request, byte[] body) => source.Proof == SourceProof.Sign
        ? Convert.ToHexStringLower(SHA256.HashData(
            [.. Encoding.UTF8.GetBytes($"{request.Query["timestamp"]}\n"), .. SHA256.HashData(body)]))[..32]
        : Guid.CreateVersion7().ToString("N");
}
