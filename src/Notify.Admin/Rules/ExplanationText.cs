using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>One condition in words, and whether it held.</summary>
public readonly record struct ConditionText(string Text, bool Passed);

/// <summary>Puts explanations into words: what the event says beside what the rule accepts.</summary>
public static class ExplanationText
{
    private static readonly Bilingual On = new("The chatbot is on", "机器人已启用");
    private static readonly Bilingual Off = new("The chatbot is off", "机器人已停用");
    private static readonly Bilingual NotAnAlert = new("The event is not a security alert; chatbots match only those",
        "该事件不是安全告警，机器人只接收安全告警");
    private static readonly Bilingual NoRules = new("The chatbot has no rules", "机器人尚未设置规则");
    private static readonly Bilingual NoRuleForType = new("The chatbot has no rule for {0}", "机器人没有针对{0}的规则");
    private static readonly Bilingual RuleForType = new("Rule {0} is for {1}", "第 {0} 条规则针对{1}");
    private static readonly Bilingual Given = new("{0} is {1}", "{0}为{1}");
    private static readonly Bilingual NotGiven = new("{0} is not given", "未提供{0}");
    private static readonly Bilingual RuleAccepts = new("{0}; the rule accepts {1}", "{0}；规则接受{1}");
    private static readonly Bilingual RuleAcceptsAny = new("{0}; the rule accepts any", "{0}；规则不限");
    private static readonly Bilingual ChatbotAccepts = new("{0}; the chatbot accepts {1}", "{0}；机器人接受{1}");
    private static readonly Bilingual ChatbotAcceptsAny = new("{0}; the chatbot accepts any", "{0}；机器人不限");
    private static readonly Bilingual AssetGroup = new("Asset group", "资产分组");

    /// <summary>Every condition between this event and this chatbot. The chatbot hears the event exactly when all of them passed.</summary>
    /// <param name="groupName">The name of an asset group by its id; the id itself where none is known.</param>
    public static ImmutableArray<ConditionText> Describe(ChatbotExplanation explanation, Func<string, string> groupName,
        RuleLanguage language)
    {
        var texts = ImmutableArray.CreateBuilder<ConditionText>();
        texts.Add(new((explanation.IsOn ? On : Off).In(language), explanation.IsOn));
        AddRule(texts, explanation, language);
        texts.Add(Describe(explanation.Group, groupName, language));
        return texts.ToImmutable();
    }

    /// <summary>For example "Severity is Remind; the rule accepts Critical or Suspicious".</summary>
    public static ConditionText Describe(RuleCondition condition, RuleLanguage language)
    {
        if (condition.Key is not { } key)
        {
            return new(RuleSentence.Fill(NotGiven.In(language), RuleSentence.Quote(condition.Item.Key)), condition.Passed);
        }

        var said = Said(key.Label.In(language), condition.Value is { } value ? RuleSentence.Value(value, key, language) : null, language);
        var text = condition.Item.AcceptsAll
            ? RuleSentence.Fill(RuleAcceptsAny.In(language), said)
            : RuleSentence.Fill(RuleAccepts.In(language), said, RuleSentence.Values(condition.Item, key, language));
        return new(text, condition.Passed);
    }

    private static void AddRule(ImmutableArray<ConditionText>.Builder texts, ChatbotExplanation explanation, RuleLanguage language)
    {
        if (explanation.AlertType is not { } alertType)
        {
            texts.Add(new(NotAnAlert.In(language), Passed: false));
            return;
        }

        if (explanation.Rules.IsEmpty)
        {
            texts.Add(new(NoRules.In(language), Passed: false));
            return;
        }

        // A valid list has at most one rule for an alert type.
        var at = explanation.Rules.IndexOf(explanation.Rules.FirstOrDefault(rule => rule.IsOfType)!);
        if (at < 0)
        {
            texts.Add(new(RuleSentence.Fill(NoRuleForType.In(language), alertType.Noun.In(language)), Passed: false));
            return;
        }

        texts.Add(new(RuleSentence.Fill(RuleForType.In(language), at + 1, alertType.Noun.In(language)), Passed: true));
        foreach (var condition in explanation.Rules[at].Conditions)
        {
            texts.Add(Describe(condition, language));
        }
    }

    private static ConditionText Describe(GroupCondition group, Func<string, string> groupName, RuleLanguage language)
    {
        var said = Said(AssetGroup.In(language), group.Value is { } id ? RuleSentence.Quote(groupName(id)) : null, language);
        var text = group.Accepted.IsEmpty
            ? RuleSentence.Fill(ChatbotAcceptsAny.In(language), said)
            : RuleSentence.Fill(ChatbotAccepts.In(language), said,
                RuleSentence.List([.. group.Accepted.Select(accepted => RuleSentence.Quote(groupName(accepted)))], language));
        return new(text, group.Passed);
    }

    private static string Said(string label, string? value, RuleLanguage language) =>
        value is null ? RuleSentence.Fill(NotGiven.In(language), label) : RuleSentence.Fill(Given.In(language), label, value);
}
