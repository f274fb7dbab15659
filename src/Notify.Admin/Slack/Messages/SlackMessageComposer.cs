using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>Composes what is posted to a Slack channel: the JSON of <c>chat.postMessage</c> without the token. Every message names the
/// CloudEvents id and the short delivery id of each event it carries.</summary>
internal static class SlackMessageComposer
{
    private const int MaxPerson = 120;

    /// <summary>Every item is in exactly one of the messages; one item always takes one message.</summary>
    public static IReadOnlyList<ComposedMessage> Compose(string channelId, ChannelMessage message) => message.Items switch
    {
        [] => [],
        [{ Event.Posted: { } posted } item] when message.Purpose == MessagePurpose.Event =>
            [SlackPostedMessage.Compose(channelId, posted, item)],
        [var item] => [SlackEventMessage.Compose(channelId, Mark(message), item, IsReal(message) ? "Delivery" : $"{message.Purpose}")],
        _ => SlackDigestMessage.Compose(channelId, Mark(message), message),
    };

    private static bool IsReal(ChannelMessage message) => message.Purpose is MessagePurpose.Event or MessagePurpose.Digest;

    /// <summary>Says first that nothing has happened, and who asked; null for a real message.</summary>
    private static string? Mark(ChannelMessage message)
    {
        if (IsReal(message))
        {
            return null;
        }

        var person = SlackEventText.Line(message.RequestedBy, MaxPerson);
        var what = message.Purpose is MessagePurpose.Drill ? "SCHEDULED TEST" : "TEST";
        return $"{what}, not an alert{(person.Length > 0 ? $" (requested by {person})" : "")}";
    }
}
