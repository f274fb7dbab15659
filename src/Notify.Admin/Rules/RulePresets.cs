using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>A ready-made list of rules.</summary>
/// <param name="Id">Stable, for links and tests.</param>
public sealed record RulePreset(string Id, Bilingual Label, Bilingual Explanation, ConfigList List);

/// <summary>Ready-made rules, derived from the vocabulary so that they keep up with it.</summary>
public static class RulePresets
{
    private static readonly string[] Intrusions = ["suspicious", "ak-leakage", "honeypot", "rasp"];

    public static ImmutableArray<RulePreset> All { get; } =
    [
        new("everything",
            new("Everything", "全部"),
            new("Every alert type, every level.", "所有告警类型，不限等级。"),
            Build(Vocabulary.AlertTypes.Select(AlertRule.ForAll))),
        new("critical-and-high",
            new("Critical and high only", "仅紧急和高危"),
            new("Every alert type, but only what is urgent.", "所有告警类型，仅限紧急和高危。"),
            Build(Vocabulary.AlertTypes.Select(type => AtLeast(type, EventSeverity.High)))),
        new("medium-and-above",
            new("Medium and above", "中危及以上"),
            new("Every alert type without the lowest level.", "所有告警类型，不含最低等级。"),
            Build(Vocabulary.AlertTypes.Select(type => AtLeast(type, EventSeverity.Medium)))),
        new("intrusions",
            new("Intrusions", "入侵"),
            new("Alerts, AccessKey pair leaks, honeypot and application protection: something is happening.",
                "安全告警、AccessKey 泄露、云蜜罐和应用防护：正在发生的事件。"),
            Build(Vocabulary.AlertTypes.Where(type => Intrusions.Contains(type.Suffix)).Select(AlertRule.ForAll))),
        new("exposures",
            new("Exposures", "暴露面"),
            new("Vulnerabilities and baseline risks: something should be mended.", "漏洞和基线风险：需要修复的问题。"),
            Build(Vocabulary.AlertTypes.Where(type => !Intrusions.Contains(type.Suffix)).Select(AlertRule.ForAll))),
    ];

    /// <summary>A rule for the events of one alert type that rank at least <paramref name="severity"/> (see <see cref="EventSeverity"/>).
    /// A key that does not decide the rank is not restricted.</summary>
    public static AlertRule AtLeast(AlertType alertType, int severity) =>
        new(alertType.FullName, alertType.Keys.Select(key =>
        {
            var urgent = key.Values.Where(value => value.Severity >= severity).Select(value => value.Literal).ToList();
            return urgent.Count == 0 ? new ConfigItem(key.Name, Vocabulary.All) : new ConfigItem(key.Name, urgent);
        }));

    private static ConfigList Build(IEnumerable<AlertRule> rules) =>
        ConfigList.Create(rules).List ?? throw new InvalidOperationException("A preset is not valid.");
}
