namespace Notify.Admin.Sources;

/// <summary>The kinds of sources that there are.</summary>
internal sealed class SourceKinds(IEnumerable<ISourceKind> kinds)
{
    /// <summary>Read by the rules of the standard, as <c>/api/events</c> does.</summary>
    public const string CloudEvents = "cloudevents";

    /// <summary>Messages, as a DingTalk robot is sent them.</summary>
    public const string DingTalkRobot = "dingtalk-robot";

    /// <summary>Messages, as a Slack incoming webhook is sent them.</summary>
    public const string SlackWebhook = "slack-webhook";

    /// <summary>Alerts that are read from an Alibaba Cloud Security Center account: nobody posts to it.</summary>
    public const string SecurityCenter = "security-center";

    // Their payloads are not mapped: each has a reader of its own.
    private static readonly string[] Unmapped = [CloudEvents, DingTalkRobot, SlackWebhook, SecurityCenter];

    private readonly Dictionary<string, ISourceKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>As scripts write them.</summary>
    public IReadOnlyList<string> Names => [.. Unmapped, .. _kinds.Keys.Order(StringComparer.Ordinal)];

    public ISourceKind? Find(string name) => _kinds.GetValueOrDefault(name);

    public bool Has(string name) => IsUnmapped(name) || _kinds.ContainsKey(name);

    /// <summary>Whether it is read rather than posted to.</summary>
    public static bool IsPolled(string name) => name == SecurityCenter;

    public static bool IsRobot(string name) => name is DingTalkRobot or SlackWebhook;

    /// <summary>Whether a mapping says nothing to it.</summary>
    public static bool IsUnmapped(string name) => Unmapped.Contains(name);
}
