using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>A chatbot as matching reads it.</summary>
/// <param name="IsReadable">False when the stored rules are not valid any more: it then has none.</param>
internal sealed record NamedSubscription(string Name, RuleSubscription Subscription, bool IsReadable)
{
    /// <summary>As stored.</summary>
    public string OwnRules { get; init; } = OwnRuleJson.None;

    /// <summary>As stored.</summary>
    public string RuleSets { get; init; } = "";

    /// <param name="configList">As stored.</param>
    /// <param name="groupIdList">As stored.</param>
    public static NamedSubscription Read(int id, string name, string configList, string groupIdList, bool isOn)
    {
        var rules = ConfigList.Parse(configList);
        return new NamedSubscription(name, new RuleSubscription(id, rules.List ?? ConfigList.Empty, GroupIds.Read(groupIdList), isOn),
            rules.IsValid);
    }
}
