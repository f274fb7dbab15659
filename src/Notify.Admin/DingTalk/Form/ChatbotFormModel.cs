using System.Globalization;
using System.Text.Json.Serialization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>What an Admin is typing about one chatbot. What is right and wrong about it, <see cref="ChatbotWriter"/> says.</summary>
public sealed class ChatbotFormModel : IChannelModel<ChatbotFormModel>
{
    public string Name { get; set; } = string.Empty;

    /// <summary>A new webhook or token; empty keeps the stored one. Never filled from the store and never part of a kept draft.</summary>
    [JsonIgnore]
    public string? Webhook { get; set; }

    public RobotSecurityMode SecurityMode { get; set; } = RobotSecurityMode.Keyword;

    /// <summary>A new signing secret; empty keeps the stored one. Like <see cref="Webhook"/>.</summary>
    [JsonIgnore]
    public string? Secret { get; set; }

    public string Keyword { get; set; } = string.Empty;

    /// <summary>Minutes, as typed.</summary>
    public string Interval { get; set; } = "0";

    public DingTalkLanguage Language { get; set; } = DingTalkLanguage.Zh;

    public bool IsOn { get; set; } = true;

    public string Layout { get; set; } = string.Empty;

    public MentionMode Mention { get; set; }

    public string Mobiles { get; set; } = string.Empty;

    /// <summary>Empty is every asset group.</summary>
    public IReadOnlyList<string> GroupIds { get; set; } = [];

    /// <summary>The rules as the cards show them; valid.</summary>
    public string RulesJson { get; set; } = "[]";

    /// <summary>The text in the JSON editor while it has a mistake; null otherwise.</summary>
    public string? BrokenJson { get; set; }

    public string OwnRules { get; set; } = OwnRuleJson.None;

    public IReadOnlyList<int> RuleSets { get; set; } = [];

    public DeliveryPolicy Delivery { get; set; } = DeliveryPolicy.Off;

    public IReadOnlyList<string> Tags { get; set; } = [];

    [JsonIgnore]
    public bool HasWebhook => !string.IsNullOrWhiteSpace(Webhook);

    [JsonIgnore]
    public bool HasSecret => SecurityMode == RobotSecurityMode.Signature && !string.IsNullOrWhiteSpace(Secret);

    /// <summary>Null where what is typed is no whole number.</summary>
    [JsonIgnore]
    public int? Minutes => IntervalMinutes.Read(Interval);

    [JsonIgnore]
    public ConfigList Rules => ConfigList.Parse(RulesJson).List ?? ConfigList.Empty;

    public static ChatbotFormModel Of(DingTalkChatbot chatbot) => new()
    {
        Name = chatbot.Name,
        SecurityMode = chatbot.SecurityMode,
        Keyword = chatbot.Keyword ?? string.Empty,
        Interval = chatbot.IntervalMinutes.ToString(CultureInfo.InvariantCulture),
        Language = chatbot.Language,
        IsOn = chatbot.IsOn,
        Layout = chatbot.Layout,
        Mention = chatbot.Mention,
        Mobiles = chatbot.MentionMobiles?.Replace(",", ", ", StringComparison.Ordinal) ?? string.Empty,
        GroupIds = DingTalk.GroupIds.Read(chatbot.GroupIdList),
        RulesJson = chatbot.ConfigList,
        OwnRules = chatbot.OwnRules,
        RuleSets = RuleSetIds.Read(chatbot.RuleSets),
        Delivery = chatbot.Delivery,
        Tags = ChannelTags.Read(chatbot.Tags),
    };

    public ChatbotFormModel Copy() => (ChatbotFormModel)MemberwiseClone();

    /// <param name="id">Null creates a chatbot.</param>
    /// <param name="expectedVersion">The version that was read.</param>
    internal ChatbotChange ToChange(int? id, int? expectedVersion) => new()
    {
        Id = id,
        ExpectedVersion = expectedVersion,
        Name = Name,
        Webhook = Webhook,
        IntervalMinutes = Minutes ?? -1,
        Language = Language,
        Rules = Rules,
        GroupIds = GroupIds,
        IsOn = IsOn,
        Security = new SecurityChange(SecurityMode, Secret, Keyword),
        Mentions = new MentionChange(Mention, Mobiles),
        OwnRules = OwnRules,
        RuleSets = RuleSets,
        Layout = Layout,
        Delivery = Delivery,
        Tags = Tags,
    };

    /// <summary>Whether it hears an event, by its rules, as if it were on.</summary>
    internal Func<EventRecord, bool> ToHearing()
    {
        var (rules, groups) = (Rules, GroupIds);
        return record => RuleEvaluator.Hears(rules, groups, isOn: true, DingTalkMatcherSnapshot.FactsOf(record));
    }
}
