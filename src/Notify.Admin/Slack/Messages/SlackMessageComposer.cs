using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>Composes what is posted to a Slack channel: the JSON of <c>chat.postMessage</c> without the token. Every message names the
/// CloudEvents id and the short delivery id of each event it carries.</summary>
internal static class SlackMessageComposer
{
    /// <summary>Every item is in exactly one of the messages; one item always takes one message.</summary>
    public static IReadOnlyList<ComposedMessage> Compose(SlackMessageSettings settings, ChannelMessage message) => message.Items switch
    {
        [] => [],
        [{ Event.Posted: { } posted } item] when message.Purpose == MessagePurpose.Event =>
            [SlackPostedMessage.Compose(settings, posted, item)],
        [var item] => [SlackEventMessage.Compose(new SlackFrame(settings, message), item)],
        _ => SlackDigestMessage.Compose(new SlackFrame(settings, message), message),
    };
}
