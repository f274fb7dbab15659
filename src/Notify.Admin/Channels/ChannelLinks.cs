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

    /// <summary>One channel's page, at what can be set.</summary>
    public static string ToForm(ChannelKey channel) => $"{ToList(channel.Kind)}/{channel.Id}";

    /// <summary>One channel's page, at how sending has gone.</summary>
    public static string ToActivity(ChannelKey channel) => $"{ToForm(channel)}?tab=activity";

    /// <summary>One channel's page, at where it posts and with which secrets; a test is sent from there.</summary>
    public static string ToDestination(ChannelKey channel) => $"{ToForm(channel)}?tab=destination";

    /// <summary>The list of rule sets.</summary>
    public const string RuleSets = "rule-sets";

    /// <summary>One rule set's page.</summary>
    public static string ToRuleSet(int id) => $"{RuleSets}/{id}";

    /// <summary>The list of inhibitions.</summary>
    public const string Inhibitions = "inhibitions";

    /// <summary>One inhibition's page.</summary>
    public static string ToInhibition(int id) => $"{Inhibitions}/{id}";

    /// <summary>The form of a new channel.</summary>
    public static string ToNew(ChannelKind kind) => $"{ToList(kind)}/new";
}
