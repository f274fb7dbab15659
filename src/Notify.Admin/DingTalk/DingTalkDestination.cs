using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.DingTalk;

/// <summary>A chatbot, saved or a draft, as delivery needs it. Compared by value: delivery asks whether it was edited meanwhile.</summary>
internal sealed record DingTalkDestination : Destination
{
    /// <summary>The webhook without its query.</summary>
    public required string WebhookBase { get; init; }

    public required ProtectedString AccessToken { get; init; }

    public required RobotSecurityMode SecurityMode { get; init; }

    public ProtectedString? Secret { get; init; }

    public string? Keyword { get; init; }

    public DingTalkLanguage Language { get; init; }

    public MentionMode Mention { get; init; }

    /// <summary>Comma-separated.</summary>
    public string? MentionMobiles { get; init; }

    /// <summary>The rules as stored: an example event is made for the first.</summary>
    public string ConfigList { get; init; } = "[]";

    public string GroupIdList { get; init; } = "[]";

    public MessageLayout Layout { get; init; } = MessageLayout.Standard;

    /// <summary>Where people reach this console.</summary>
    public Uri? Console { get; init; }

    /// <summary>What the settings say about the look of messages.</summary>
    public RobotMessageSettings ToMessageSettings() => new(
        Name,
        Language,
        Keyword,
        Mention,
        Mention == MentionMode.Mobiles && MobileNumbers.TryRead(MentionMobiles, out var numbers, out _) ? numbers : [])
    {
        Layout = Layout,
        Console = Console,
    };
}
