using Notify.Admin.Channels;

namespace Notify.Admin.DingTalk;

/// <summary>Composes what a robot is sent: markdown messages of at most <see cref="RobotMarkdown.MaxBytes"/> bytes, which name every
/// event's id and each delivery's short id.</summary>
internal static class DingTalkMessageComposer
{
    /// <summary>Every item is in exactly one of the messages.</summary>
    public static IReadOnlyList<ComposedMessage> Compose(RobotMessageSettings settings, ChannelMessage message)
    {
        var frame = new MessageFrame(settings, message);
        return message.Items switch
        {
            [] => [],
            [{ Event.Posted: { } posted } item] when message.Purpose == MessagePurpose.Event =>
                [PostedRobotMessage.Compose(settings, frame, posted, item)],
            [var item] => [EventMessage.Compose(frame, item)],
            _ => DigestMessage.Compose(frame, message.Items),
        };
    }
}
