using Notify.Admin.Channels;

namespace Notify.Admin.DingTalk;

/// <summary>Composes what a robot is sent: markdown messages of at most <see cref="RobotMarkdown.MaxBytes"/> bytes, which name every
/// event's id and each delivery's short id.</summary>
internal static class DingTalkMessageComposer
{
    /// <summary>Every item is in exactly one of the messages. A test or drill needs no item; an event or digest without any is
    /// nothing.</summary>
    public static IReadOnlyList<ComposedMessage> Compose(RobotMessageSettings settings, ChannelMessage message)
    {
        var frame = new MessageFrame(settings, message);
        return message.Items switch
        {
            [] when message.Purpose is MessagePurpose.Test or MessagePurpose.Drill => [WithoutEvents(frame)],
            [] => [],
            [var item] => [EventMessage.Compose(frame, item)],
            _ => DigestMessage.Compose(frame, message.Items),
        };
    }

    private static ComposedMessage WithoutEvents(MessageFrame frame)
    {
        var text = frame.Opening().TrimEnd() + frame.Closing(null, mentions: true);
        return MessageFrame.Compose(frame.Body(frame.Title(null, "Notify.Admin"), text, mentions: true), []);
    }
}
