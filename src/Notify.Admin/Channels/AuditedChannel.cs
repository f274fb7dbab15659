using System.Globalization;

namespace Notify.Admin.Channels;

/// <summary>How the audit trail names a channel as its subject: the same for what is changed, tested and tried again.</summary>
public static class AuditedChannel
{
    public static string KindOf(ChannelKind kind) => kind switch
    {
        ChannelKind.Slack => "slack-integration",
        ChannelKind.DingTalk => "dingtalk-chatbot",
    };

    public static string IdOf(ChannelKey channel) => channel.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The channel that an entry is about; null where it is about something else.</summary>
    public static ChannelKey? Find(string? subjectKind, string? subjectId)
    {
        foreach (var kind in Enum.GetValues<ChannelKind>())
        {
            if (KindOf(kind) == subjectKind && int.TryParse(subjectId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return new ChannelKey(kind, id);
            }
        }

        return null;
    }
}
