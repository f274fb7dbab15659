namespace Notify.Admin.Channels;

/// <summary>The vendor behind a channel.</summary>
public enum ChannelKind
{
    Slack = 1,
    DingTalk = 2,
}

/// <summary>Names one channel: a Slack integration or a DingTalk chatbot, by its row id.</summary>
public readonly record struct ChannelKey(ChannelKind Kind, int Id);
