namespace Notify.Admin.Rules;

/// <summary>What came of reading own rules.</summary>
/// <param name="List">Null where it has not the form of rules; with problems only it may break a limit, as a form does while somebody
/// types.</param>
public sealed record OwnRuleReading(OwnRuleList? List, IReadOnlyList<OwnRuleProblem> Problems)
{
    public bool IsValid => Problems.Count == 0;

    /// <summary>The rules to match with: none where anything is wrong with them.</summary>
    public OwnRuleList Rules => IsValid ? List! : OwnRuleList.Empty;
}

/// <summary>One thing that is wrong with own rules.</summary>
/// <param name="Path">Where in the JSON: <c>[1].conditions[0].oneOf[2]</c>.</param>
/// <param name="Rule">From 0; null where no rule can be told.</param>
/// <param name="Condition">From 0; null where it is not about one.</param>
/// <param name="Text">What is wrong, naming the limit.</param>
public sealed record OwnRuleProblem(string Path, int? Rule, int? Condition, Bilingual Text)
{
    private static readonly Bilingual InRule = new("Own rule {0}: {1}", "自定义规则 {0}：{1}");
    private static readonly Bilingual InRuleOfSet = new("Rule {0}: {1}", "规则 {0}：{1}");
    private static readonly Bilingual InConditionOfSet = new("Rule {0}, condition {1}: {2}", "规则 {0} 的条件 {1}：{2}");
    private static readonly Bilingual InCondition = new("Own rule {0}, condition {1}: {2}", "自定义规则 {0} 的条件 {1}：{2}");

    /// <summary>With the rule and the condition before it.</summary>
    /// <param name="isShared">The rules are a rule set's, and no channel's own.</param>
    public string Say(RuleLanguage language, bool isShared = false) => (Rule, Condition) switch
    {
        ({ } rule, { } condition) => RuleSentence.Fill(
            (isShared ? InConditionOfSet : InCondition).In(language), rule + 1, condition + 1, Text.In(language)),
        ({ } rule, null) => RuleSentence.Fill((isShared ? InRuleOfSet : InRule).In(language), rule + 1, Text.In(language)),
        _ => Text.In(language),
    };

    internal static Bilingual Fill(Bilingual text, params ReadOnlySpan<object?> parts) =>
        new(RuleSentence.Fill(text.En, parts), RuleSentence.Fill(text.Zh, parts));
}
