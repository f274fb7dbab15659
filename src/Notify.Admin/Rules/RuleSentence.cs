using System.Globalization;

namespace Notify.Admin.Rules;

/// <summary>Says in plain words what a rule hears, from the same vocabulary that matching reads.</summary>
public static class RuleSentence
{
    /// <summary>Longer lists name the first of their values and count the rest.</summary>
    private const int MostNamed = 6;

    private static readonly Bilingual Or = new(" or ", "或");
    private static readonly Bilingual Comma = new(", ", "、");
    private static readonly Bilingual Others = new("{0} others", "另外 {0} 项");
    private static readonly Bilingual AnyGroup = new("from any asset group", "来自任意资产分组");
    private static readonly Bilingual SomeGroups = new("from asset group {0}", "来自资产分组{0}");
    private static readonly Bilingual NoRules = new("This chatbot sends nothing: it has no rules.", "该机器人不会收到任何通知：尚未设置规则。");
    private static readonly Bilingual NothingChosen = new("Nothing: no {0} is chosen", "不会发送任何通知：尚未选择{0}");
    private static readonly Bilingual SwitchedOff = new("This chatbot sends nothing: it is switched off.", "该机器人不会收到任何通知：已停用。");

    /// <summary>For example "Alerts that are Critical or Suspicious, of type Webshell, from any asset group".</summary>
    /// <param name="groupNames">Empty: any asset group.</param>
    public static string For(AlertRule rule, IReadOnlyList<string> groupNames, RuleLanguage language)
    {
        if (rule.Items.FirstOrDefault(item => item.Values.IsEmpty) is { } empty)
        {
            var label = rule.AlertType?.FindKey(empty.Key)?.Label.In(language) ?? Quote(empty.Key);
            return Fill(NothingChosen.In(language), language == RuleLanguage.En ? label.ToLowerInvariant() : label);
        }

        var groups = groupNames.Count == 0
            ? AnyGroup.In(language)
            : Fill(SomeGroups.In(language), List([.. groupNames.Select(Quote)], language));
        return language == RuleLanguage.Zh ? $"{SubjectInChinese(rule)}，{groups}" : $"{SubjectInEnglish(rule)}, {groups}";
    }

    /// <summary>One sentence a rule, or the one that says why the chatbot hears nothing.</summary>
    public static IReadOnlyList<string> ForChatbot(ConfigList list, IReadOnlyList<string> groupNames, bool isOn, RuleLanguage language) =>
        !isOn ? [SwitchedOff.In(language)]
        : list.Rules.IsEmpty ? [NoRules.In(language)]
        : [.. list.Rules.Select(rule => For(rule, groupNames, language))];

    /// <summary>For a table's cell: "Alerts: Critical or Suspicious · Baseline risks"; empty when there are no rules.</summary>
    public static string Brief(ConfigList list, RuleLanguage language) =>
        string.Join(" · ", list.Rules.Select(rule => Brief(rule, language)));

    /// <summary>The values as a list in words, "A, B or C"; those the vendor does not document stand in quotation marks.</summary>
    public static string Values(ConfigItem item, AlertTypeKey key, RuleLanguage language) =>
        List([.. item.Values.Select(value => Value(value, key, language))], language);

    /// <summary>The label of a value, or the value itself in quotation marks when the vendor does not document it.</summary>
    public static string Value(string value, AlertTypeKey key, RuleLanguage language) =>
        key.Find(value)?.Label.In(language) ?? Quote(value);

    internal static string List(IReadOnlyList<string> words, RuleLanguage language)
    {
        IReadOnlyList<string> named = words.Count <= MostNamed
            ? words
            : [.. words.Take(MostNamed - 1), Fill(Others.In(language), words.Count - MostNamed + 1)];
        return named.Count == 1
            ? named[0]
            : string.Join(Comma.In(language), named.SkipLast(1)) + Or.In(language) + named[^1];
    }

    internal static string Quote(string text) => $"“{text}”";

    internal static string Fill(string template, params ReadOnlySpan<object?> parts) =>
        string.Format(CultureInfo.InvariantCulture, template, parts);

    private static string SubjectInEnglish(AlertRule rule)
    {
        if (rule.AlertType is not { } alertType)
        {
            return Quote(rule.Type);
        }

        var noun = alertType.Noun.En;
        return IsUnrestricted(rule)
            ? $"All {noun}"
            : $"{char.ToUpperInvariant(noun[0])}{noun[1..]} {string.Join(", ", Clauses(rule, alertType, RuleLanguage.En))}";
    }

    private static string SubjectInChinese(AlertRule rule)
    {
        if (rule.AlertType is not { } alertType)
        {
            return Quote(rule.Type);
        }

        return IsUnrestricted(rule)
            ? $"全部{alertType.Noun.Zh}"
            : $"{string.Join('，', Clauses(rule, alertType, RuleLanguage.Zh))}的{alertType.Noun.Zh}";
    }

    private static IEnumerable<string> Clauses(AlertRule rule, AlertType alertType, RuleLanguage language) =>
        alertType.Keys.Select(key => rule.Find(key.Name) is { AcceptsAll: false } item
            ? Fill(key.Restricted.In(language), Values(item, key, language))
            : key.Unrestricted.In(language));

    private static bool IsUnrestricted(AlertRule rule) => rule.Items.All(item => item.AcceptsAll);

    private static string Brief(AlertRule rule, RuleLanguage language)
    {
        if (rule.AlertType is not { } alertType)
        {
            return Quote(rule.Type);
        }

        var restricted = rule.Items
            .Where(item => !item.AcceptsAll && !item.Values.IsEmpty)
            .Select(item => alertType.FindKey(item.Key) is { } key ? Values(item, key, language) : Quote(item.Key))
            .ToList();
        var label = alertType.Label.In(language);
        return restricted.Count == 0 ? label
            : language == RuleLanguage.Zh ? $"{label}：{string.Join('；', restricted)}"
            : $"{label}: {string.Join("; ", restricted)}";
    }
}
