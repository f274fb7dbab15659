using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>Makes an event that a chatbot's first rule matches.</summary>
internal static class RuleExample
{
    /// <param name="configList">As stored; where it has no rule the example is of the first alert type.</param>
    /// <param name="groupIdList">As stored.</param>
    public static EventRecord Of(string configList, string groupIdList, DateTimeOffset now)
    {
        var rule = ConfigList.Parse(configList).List?.Rules.FirstOrDefault();
        var type = rule?.AlertType ?? Vocabulary.AlertTypes[0];
        var facts = new AlertFacts(type)
        {
            ItemLevel = ValueOf(type, rule, Vocabulary.ItemLevel),
            EventType = ValueOf(type, rule, Vocabulary.EventType),
            Type = ValueOf(type, rule, Vocabulary.Type),
            Necessity = ValueOf(type, rule, Vocabulary.Necessity),
            GroupId = GroupIds.Read(groupIdList) is [var first, ..] ? first : null,
        };
        return new EventRecord(0, $"example-{type.Suffix}", "example", rule?.Type ?? type.FullName, now,
            (Severity)EventSeverity.Of(facts), new EventFields
        {
            Title = "An example, nothing has happened",
            Chinese = new EventWords("示例，并未发生任何事件", null),
            Asset = "web-01 (10.0.3.17)",
            ItemLevel = facts.ItemLevel,
            EventType = facts.EventType,
            Type = facts.Type,
            Necessity = facts.Necessity,
            GroupId = facts.GroupId,
        });
    }

    private static string? ValueOf(AlertType type, AlertRule? rule, string key) =>
        type.FindKey(key) is not { } known ? null
        : rule?.Find(key) is { AcceptsAll: false, Values: [var first, ..] } ? known.Canonical(first)
        : known.ConcreteValues.FirstOrDefault()?.Literal;
}
