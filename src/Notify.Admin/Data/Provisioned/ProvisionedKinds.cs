namespace Notify.Admin.Data;

/// <summary>The kinds of things that are kept as their file has them, as marks name them.</summary>
internal static class ProvisionedKinds
{
    /// <summary>People, whose roles are kept.</summary>
    public const string Person = "person";

    /// <summary>Settings, by their keys.</summary>
    public const string Setting = "setting";

    /// <summary>That a channel is linked with an account.</summary>
    public const string Link = "channel-link";

    /// <summary>Those of which the trail tells as of a kind of its own, that they were changed or deleted.</summary>
    public static readonly IReadOnlySet<string> Things = new HashSet<string>(StringComparer.Ordinal)
    {
        "slack-integration", "dingtalk-chatbot", "rule-set", "inhibition", "source", "slack-workspace", "vendor-account", "asset-group",
    };

    /// <param name="channelKind">As the trail calls it.</param>
    public static string LinkIdOf(string channelKind, string channelId) => $"{channelKind}/{channelId}";
}
