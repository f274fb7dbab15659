using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>Composes what is posted to a Slack channel: the JSON of <c>chat.postMessage</c> without the token. Every message names the
/// CloudEvents id and the short delivery id of each event it carries.</summary>
internal static class SlackMessageComposer
{
    private const int MaxPerson = 120;

    /// <summary>Every item is in exactly one of the messages; one item always takes one message. A test or drill needs no item; an event or
    /// digest without any is nothing.</summary>
    public static IReadOnlyList<ComposedMessage> Compose(string channelId, ChannelMessage message) => message.Items switch
    {
        [] when message.Purpose is MessagePurpose.Test => [WithoutEvent(
            channelId,
            message,
            "Test message from Notify.Admin",
            "This is a test, not an alert: nothing has happened. Notifications of this integration will arrive in this channel.",
            "Test")],
        [] when message.Purpose is MessagePurpose.Drill => [WithoutEvent(
            channelId,
            message,
            "DRILL: this is not an alert",
            "This is a drill. Nothing has happened and nothing needs to be done; it shows that notifications reach this channel.",
            "Drill")],
        [] => [],
        [var item] => [SlackEventMessage.Compose(channelId, Mark(message.Purpose), item)],
        _ => SlackDigestMessage.Compose(channelId, Mark(message.Purpose), message),
    };

    // A test or drill may carry an example: then each of its messages says so first.
    private static string? Mark(MessagePurpose purpose) => purpose switch
    {
        MessagePurpose.Test => "TEST, not an alert",
        MessagePurpose.Drill => "DRILL, not an alert",
        MessagePurpose.Event or MessagePurpose.Digest => null,
    };

    private static ComposedMessage WithoutEvent(string channelId, ChannelMessage message, string title, string text, string noun)
    {
        var person = SlackEventText.Line(message.RequestedBy, MaxPerson);
        var layout = new SlackLayout();
        layout.Header(title);
        layout.Section(text);
        layout.Fields(
        [
            .. person.Length > 0 ? [("Requested by", person)] : Array.Empty<(string, string)>(),
            ("Time", SlackWords.Moment(message.At)),
        ]);
        layout.Context($"{noun} {message.ShortId} · Notify.Admin");
        return layout.ToMessage(channelId, person.Length > 0
            ? $"{title} (requested by {person}, {message.ShortId})" : $"{title} ({message.ShortId})", []);
    }
}
