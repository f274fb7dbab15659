namespace Notify.Admin.DingTalk;

/// <summary>Settings of section <c>DingTalk</c>. Configuration only: what the server may post to is never editable in the
/// browser.</summary>
public sealed class DingTalkOptions
{
    public const string Section = "DingTalk";

    public const string DefaultWebhook = "https://oapi.dingtalk.com/robot/send";

    /// <summary>The robot addresses (scheme, host, port, path) that a webhook may have. Null until configuration gives an element:
    /// the binder appends to an initialised list, and here any element replaces the default.</summary>
    public string[]? AllowedWebhooks { get; set; }

    /// <summary>What applies: the configured addresses, else DingTalk's own.</summary>
    public IReadOnlyList<string> EffectiveWebhooks => AllowedWebhooks is { Length: > 0 } given ? given : [DefaultWebhook];
}
