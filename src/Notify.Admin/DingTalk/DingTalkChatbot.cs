using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>The robot's security setting at DingTalk; messages are made to pass it.</summary>
public enum RobotSecurityMode
{
    /// <summary>Custom keywords (自定义关键词): a keyword goes into every message.</summary>
    Keyword = 1,

    /// <summary>Signature (加签): every request is signed with the secret.</summary>
    Signature = 2,

    /// <summary>IP addresses: DingTalk lets only listed senders through; nothing to do here.</summary>
    IpList = 3,
}

/// <summary>Whom a message mentions.</summary>
public enum MentionMode
{
    Nobody = 0,
    Everyone = 1,
    Mobiles = 2,
}

/// <summary><c>DingTalkLang</c>: the language of the messages.</summary>
public enum DingTalkLanguage
{
    Zh = 1,
    En = 2,
}

/// <summary>One DingTalk robot webhook with its rules.</summary>
public sealed class DingTalkChatbot : IListedChannel
{
    public int Id { get; init; }

    /// <summary><c>RuleActionName</c>, 2 to 64 characters; need not be unique.</summary>
    public required string Name { get; set; }

    /// <summary>The webhook without its query: scheme, host, port and path.</summary>
    public required string WebhookBase { get; set; }

    /// <summary>The <c>access_token</c> of the webhook.</summary>
    public required ProtectedString AccessToken { get; set; }

    /// <summary>Keyed fingerprint of <see cref="WebhookUrl.Identity"/>, which is the token alone: equal for chatbots on the same robot, by
    /// whichever address they reach it.</summary>
    public required string Fingerprint { get; set; }

    public RobotSecurityMode SecurityMode { get; set; } = RobotSecurityMode.Keyword;

    /// <summary>The signing secret (<c>SEC…</c>), with <see cref="RobotSecurityMode.Signature"/>.</summary>
    public ProtectedString? Secret { get; set; }

    /// <summary>The keyword put into every message. A robot may want one beside another security setting: all that are set must
    /// pass.</summary>
    public string? Keyword { get; set; }

    /// <summary><c>IntervalTime</c> in minutes; 0 is no limit.</summary>
    public int IntervalMinutes { get; set; }

    public DingTalkLanguage Language { get; set; } = DingTalkLanguage.Zh;

    /// <summary>What its messages show, as <see cref="MessageLayout"/> writes it; empty is the standard.</summary>
    public string Layout { get; set; } = "";

    public MentionMode Mention { get; set; }

    /// <summary>Mobile numbers to mention, comma-separated, with <see cref="MentionMode.Mobiles"/>.</summary>
    public string? MentionMobiles { get; set; }

    /// <summary><c>GroupIdList</c> as a JSON array of strings; <c>[]</c> is every group.</summary>
    public string GroupIdList { get; set; } = "[]";

    /// <summary><c>ConfigList</c> as minified JSON, content and order as written.</summary>
    public string ConfigList { get; set; } = "[]";

    /// <summary><c>Status</c> 1. Off: hears nothing, and what waits for it ends as skipped.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>What it hears beside <see cref="ConfigList"/>, as JSON; the vendor's API knows nothing of it.</summary>
    public string OwnRules { get; set; } = OwnRuleJson.None;

    /// <summary>The rule sets that it uses beside them, as <see cref="RuleSetIds"/> writes them.</summary>
    public string RuleSets { get; set; } = "";

    public DeliveryPolicy Delivery { get; set; } = DeliveryPolicy.Off;

    /// <inheritdoc/>
    public string Tags { get; set; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public string? ChangedBy { get; set; }

    /// <summary>Grows with each save; a save against an older one is a conflict.</summary>
    public int Version { get; set; }

    /// <summary>What readers of the API and people are shown of the webhook: <c>…?access_token=****wxyz</c>.</summary>
    public string MaskedUrl => $"{WebhookBase}?{WebhookUrl.TokenParameter}=****{AccessToken.LastFour.TrimStart('•')}";

    /// <summary>Of the webhook.</summary>
    public string Host => Uri.TryCreate(WebhookBase, UriKind.Absolute, out var webhook) ? webhook.Authority : WebhookBase;

    /// <inheritdoc/>
    public string SortName { get => ListedText.ToSort(Name); private set => _ = value; }

    /// <summary>Name, robot, and what it hears in the words of both languages.</summary>
    public string SearchText
    {
        get
        {
            var rules = Rules.ConfigList.Parse(ConfigList).List ?? Rules.ConfigList.Empty;
            return ListedText.ToSearch(Name, Host, $"…{AccessToken.LastFour}", RuleSentence.Brief(rules, RuleLanguage.Zh),
                RuleSentence.Brief(rules, RuleLanguage.En), Tags);
        }

        private set => _ = value;
    }
}
