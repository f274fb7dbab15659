namespace Notify.Admin.Channels;

/// <summary>Where a channel's own pages are, without a leading slash, as the base address wants it.</summary>
public static class ChannelLinks
{
    /// <summary>The list of a kind's channels.</summary>
    public static string ToList(ChannelKind kind) => kind switch
    {
        ChannelKind.Slack => "slack/integrations",
        ChannelKind.DingTalk => "dingtalk/chatbots",
    };

    /// <summary>One channel's form.</summary>
    public static string ToForm(ChannelKey channel) => $"{ToList(channel.Kind)}/{channel.Id}";

    /// <summary>The form of a new channel.</summary>
    public static string ToNew(ChannelKind kind) => $"{ToList(kind)}/new";
}
