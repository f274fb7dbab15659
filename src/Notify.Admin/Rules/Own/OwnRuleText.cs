namespace Notify.Admin.Rules;

/// <summary>Says own rules in words: what a rule hears, and why it heard an event or did not.</summary>
public static class OwnRuleText
{
    private static readonly Bilingual Events = new("Events {0}", "{0}的事件");
    private static readonly Bilingual And = new(", ", "、");
    private static readonly Bilingual Numbered = new("Own rule {0}", "自定义规则 {0}");
    private static readonly Bilingual Named = new("Own rule {0} “{1}”", "自定义规则 {0}“{1}”");
    private static readonly Bilingual NumberedInSet = new("Rule set “{0}”, rule {1}", "规则集“{0}”的规则 {1}");
    private static readonly Bilingual NamedInSet = new("Rule set “{0}”, rule {1} “{2}”", "规则集“{0}”的规则 {1}“{2}”");
    private static readonly Bilingual OfOtherKindInSet =
        new("Rule set “{0}”: no rule is for events of this kind", "规则集“{0}”：没有针对此类事件的规则");

    private static readonly Bilingual OfOtherKind = new("No own rule is for events of this kind", "没有针对此类事件的自定义规则");
    private static readonly Bilingual Count = new("{0} own rules", "{0} 条自定义规则");
    private static readonly Bilingual One = new("1 own rule", "1 条自定义规则");
    private static readonly Bilingual SetCount = new("{0} rule sets", "{0} 个规则集");
    private static readonly Bilingual OneSet = new("1 rule set", "1 个规则集");
    private static readonly Bilingual Says = new("{0}; the rule asks for {1}", "{0}；规则要求{1}");
    private static readonly Bilingual Is = new("{0} is {1}", "{0}为{1}");
    private static readonly Bilingual NotGiven = new("{0} is not given", "未提供{0}");
    private static readonly Bilingual Unfinished = new("Not finished: a condition has no value", "尚未完成：有条件没有填写值");

    private static readonly Dictionary<OwnField, Bilingual> Clauses = new()
    {
        [OwnField.Kind] = new("of kind {0}", "类型为{0}"),
        [OwnField.State] = new("with state {0}", "状态为{0}"),
        [OwnField.Severity] = new("of severity {0}", "严重程度为{0}"),
        [OwnField.Source] = new("from source {0}", "来自来源{0}"),
        [OwnField.Group] = new("of group {0}", "属于分组{0}"),
        [OwnField.Asset] = new("on asset {0}", "资产为{0}"),
        [OwnField.Label] = new("with label {0} = {1}", "标签 {0} 为{1}"),
        [OwnField.Text] = new("with {0} in title or text", "标题或正文包含{0}"),
        [OwnField.New] = new("seen for the first time in {0} days", "{0} 天内首次出现"),
    };

    private static readonly Bilingual NewInOneDay = new("seen for the first time in a day", "1 天内首次出现");
    private static readonly Bilingual NeverSeen = new("No earlier event is the same", "没有更早的相同事件");
    private static readonly Bilingual SeenDaysAgo = new("The same was seen {0} d before", "{0} 天前出现过相同事件");
    private static readonly Bilingual SeenHoursAgo = new("The same was seen {0} h before", "{0} 小时前出现过相同事件");
    private static readonly Bilingual SeenMinutesAgo = new("The same was seen {0} min before", "{0} 分钟前出现过相同事件");
    private static readonly Bilingual SeverityFrom = new("from {0} on", "严重程度不低于{0}");
    private static readonly Bilingual AssetLike = new("on an asset like {0}", "资产匹配{0}");
    private static readonly Bilingual LabelPresent = new("with a label {0}", "带有标签 {0}");
    private static readonly Bilingual LabelName = new("Label {0}", "标签 {0}");

    private static readonly Dictionary<OwnField, Bilingual> Names = new()
    {
        [OwnField.Kind] = new("Kind", "类型"),
        [OwnField.State] = new("State", "状态"),
        [OwnField.Severity] = new("Severity", "严重程度"),
        [OwnField.Source] = new("Source", "来源"),
        [OwnField.Group] = new("Group", "分组"),
        [OwnField.Asset] = new("Asset", "资产"),
        [OwnField.Label] = new("Label", "标签"),
        [OwnField.Text] = new("Title or text", "标题或正文"),
        [OwnField.New] = new("New", "首次出现"),
    };

    /// <summary>What a field is called.</summary>
    public static string NameOf(OwnField field, RuleLanguage language) => Names[field].In(language);

    /// <summary>For example "Events from High on, of group “7”".</summary>
    public static string Sentence(OwnRule rule, RuleLanguage language) =>
        rule.Conditions.IsEmpty || rule.Conditions.Any(condition => condition is OneOfCondition { Values.IsEmpty: true })
            ? Unfinished.In(language)
            : RuleSentence.Fill(Events.In(language),
                string.Join(And.In(language), rule.Conditions.Select(condition => Clause(condition, language))));

    /// <summary>How many own rules and rule sets there are; null where there are none.</summary>
    public static string? Brief(OwnRuleList list, int sets, RuleLanguage language)
    {
        string?[] parts = [Counted(list.Rules.Length, One, Count, language), Counted(sets, OneSet, SetCount, language)];
        return parts.OfType<string>().ToList() is { Count: > 0 } known ? string.Join(" · ", known) : null;
    }

    /// <summary>What a rule is called, by its position from 0.</summary>
    /// <param name="set">The rule set that it is of; null where it is a channel's own.</param>
    public static string Title(OwnRule? rule, int at, RuleLanguage language, string? set = null) => (set, rule?.Name) switch
    {
        (null, null) => RuleSentence.Fill(Numbered.In(language), at + 1),
        (null, { } name) => RuleSentence.Fill(Named.In(language), at + 1, name),
        (_, null) => RuleSentence.Fill(NumberedInSet.In(language), set, at + 1),
        (_, { } name) => RuleSentence.Fill(NamedInSet.In(language), set, at + 1, name),
    };

    /// <summary>The conditions of the rule that an event comes nearest to, with what the event says. The event is heard exactly where all
    /// of them passed.</summary>
    /// <param name="set">The rule set that they are; null where they are a channel's own.</param>
    public static IReadOnlyList<ConditionText> Explain(OwnRuleList list, OwnFacts facts, RuleLanguage language, string? set = null)
    {
        if (list.Nearest(facts) is not var (at, _))
        {
            var other = set is null ? OfOtherKind.In(language) : RuleSentence.Fill(OfOtherKindInSet.In(language), set);
            return [new(other, Passed: false)];
        }

        var title = Title(list.Rules[at], at, language, set);
        return [.. list.Rules[at].Conditions.Select(condition =>
            new ConditionText($"{title}: {Explain(condition, facts, language)}", condition.Holds(facts)))];
    }

    private static string? Counted(int count, Bilingual one, Bilingual many, RuleLanguage language) => count switch
    {
        0 => null,
        1 => one.In(language),
        _ => RuleSentence.Fill(many.In(language), count),
    };

    private static string Explain(OwnCondition condition, OwnFacts facts, RuleLanguage language)
    {
        var label = condition is OneOfCondition { Label: { } one } ? one : (condition as LabelPresentCondition)?.Label;
        var name = label is null ? NameOf(condition.Field, language) : RuleSentence.Fill(LabelName.In(language), label);
        var clause = Clause(condition, language);
        if (condition.Field == OwnField.Text)
        {
            return clause;
        }

        var said = condition.Field == OwnField.New ? Seen(facts.SeenAgo, language)
            : facts.Show(condition.Field, label) is { } value
            ? RuleSentence.Fill(Is.In(language), name, OwnWords.NameOf(condition.Field, value, language))
            : RuleSentence.Fill(NotGiven.In(language), name);
        return RuleSentence.Fill(Says.In(language), said, clause);
    }

    private static string Clause(OwnCondition condition, RuleLanguage language) => condition switch
    {
        OneOfCondition { Label: { } label } some => RuleSentence.Fill(Clauses[OwnField.Label].In(language), label, Values(some, language)),
        OneOfCondition some => RuleSentence.Fill(Clauses[some.Field].In(language), Values(some, language)),
        SeverityFromCondition severity =>
            RuleSentence.Fill(SeverityFrom.In(language), OwnWords.NameOf(OwnField.Severity, severity.From, language)),
        AssetLikeCondition asset => RuleSentence.Fill(AssetLike.In(language), RuleSentence.Quote(asset.Pattern)),
        LabelPresentCondition present => RuleSentence.Fill(LabelPresent.In(language), present.Label),
        TextCondition text => RuleSentence.Fill(Clauses[OwnField.Text].In(language), RuleSentence.Quote(text.Contains)),
        NewCondition { Days: 1 } => NewInOneDay.In(language),
        NewCondition { Days: var days } => RuleSentence.Fill(Clauses[OwnField.New].In(language), days),
        _ => "",
    };

    private static string Seen(TimeSpan? ago, RuleLanguage language) => ago switch
    {
        null => NeverSeen.In(language),
        { TotalDays: >= 1 and var days } => RuleSentence.Fill(SeenDaysAgo.In(language), (int)days),
        { TotalHours: >= 1 and var hours } => RuleSentence.Fill(SeenHoursAgo.In(language), (int)hours),
        { TotalMinutes: var minutes } => RuleSentence.Fill(SeenMinutesAgo.In(language), (int)minutes),
    };

    private static string Values(OneOfCondition some, RuleLanguage language) => some.Values.IsEmpty ? "…"
        : RuleSentence.List([.. some.Values.Select(value => OwnWords.NameOf(some.Field, value, language))], language);
}
