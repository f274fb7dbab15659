using System.Buffers;
using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>ConfigList's words: the table of the vendor's <c>CreateOrUpdateDingTalk</c> page as data. The one place to add a
/// word.</summary>
public static class Vocabulary
{
    /// <summary>The value that accepts every event, whatever its field says or if it is absent.</summary>
    public const string All = "all";

    public const string ItemLevel = "item_level";
    public const string EventType = "event_type";
    public const string Type = "type";
    public const string Necessity = "necessity";

    /// <summary>What follows this in a <c>type</c> identifies the alert type; what precedes it names the vendor's environment.</summary>
    public const string SuffixMarker = "sas-event-";

    private const int MaxTypeLength = 128;

    private static readonly SearchValues<char> TypeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly Bilingual RiskLevel = new("Risk level", "风险等级");
    private static readonly Bilingual Rated = new("rated {0}", "风险等级为{0}");
    private static readonly Bilingual AnyRisk = new("of any risk level", "风险等级不限");

    private static readonly AlertTypeValue AnyValue = new(All, new("All", "全部"), "dingtalk_all", []);

    private static readonly ImmutableArray<AlertTypeValue> RiskLevels =
    [
        AnyValue,
        Value("high", "High", "高危", "dingtalk_level_high", severity: EventSeverity.High),
        Value("medium", "Medium", "中危", "dingtalk_level_medium", severity: EventSeverity.Medium),
        Value("low", "Low", "低危", "dingtalk_level_low", severity: EventSeverity.Low),
    ];

    /// <summary>The alert types in the vendor's order.</summary>
    public static ImmutableArray<AlertType> AlertTypes { get; } =
    [
        new("vul",
            new("Vulnerabilities", "漏洞"),
            new("vulnerabilities", "漏洞"),
            new("Weaknesses found in software, systems and web applications.", "在软件、系统和 Web 应用中发现的漏洞。"),
            "dingtalk_vul",
            [
                new(Type, new("Vulnerability type", "漏洞类型"), IsOpen: false, "dingtalk_vul_type",
                    new("of type {0}", "漏洞类型为{0}"), new("of any type", "漏洞类型不限"),
                    [
                        AnyValue,
                        Value("cms", "Web-CMS vulnerability", "Web-CMS漏洞", "dingtalk_vul_cms"),
                        // The label key says "cve" where the value says "oval"; so does the vendor's own sample.
                        Value("oval", "Linux software vulnerability", "Linux软件漏洞", "dingtalk_vul_cve"),
                        Value("sys", "Windows system vulnerability", "Windows系统漏洞", "dingtalk_vul_sys"),
                        Value("emg", "Urgent vulnerability", "应急漏洞", "dingtalk_vul_emg"),
                    ]),
                new(Necessity, RiskLevel, IsOpen: false, "dingtalk_vul_necessity", Rated, AnyRisk,
                    [
                        AnyValue,
                        Value("asap", "High", "高", "dingtalk_vul_asap", severity: EventSeverity.High),
                        Value("later", "Medium", "中", "dingtalk_vul_later", severity: EventSeverity.Medium),
                        Value("nntf", "Low", "低", "dingtalk_vul_nntf", severity: EventSeverity.Low),
                    ]),
            ]),
        new("hc",
            new("Baseline risks", "基线风险"),
            new("baseline risks", "基线风险"),
            new("Settings that fall short of the security baseline, such as weak passwords.", "不符合安全基线的配置，例如弱口令。"),
            "dingtalk_hc",
            [LevelOf("hc")]),
        new("suspicious",
            new("Alerts", "安全告警"),
            new("alerts", "安全告警"),
            new("Signs of an intrusion on servers and cloud products, such as a webshell or an unusual logon.",
                "服务器和云产品上的入侵迹象，例如网站后门或异常登录。"),
            "dingtalk_suspicious",
            [
                new(ItemLevel, new("Severity", "告警等级"), IsOpen: false, "dingtalk_suspicious_item_level",
                    new("that are {0}", "等级为{0}"), new("of any severity", "等级不限"),
                    [
                        AnyValue,
                        Value("serious", "Critical", "紧急", "dingtalk_suspicious_serious", severity: EventSeverity.Critical),
                        Value("suspicious", "Suspicious", "可疑", "dingtalk_suspicious_suspicious", severity: EventSeverity.Medium),
                        Value("remind", "Remind", "提醒", "dingtalk_suspicious_remind", severity: EventSeverity.Low),
                    ]),
                new(EventType, new("Alert category", "告警类别"), IsOpen: true, "dingtalk_suspicious_event_type",
                    new("of type {0}", "类别为{0}"), new("of any type", "类别不限"),
                    AlertCategories()),
            ]),
        new("ak-leakage",
            new("AccessKey pair leaks", "AccessKey泄露"),
            new("AccessKey pair leaks", "AccessKey泄露"),
            new("AccessKey pairs found in public places, such as code repositories.", "在公开位置（例如代码仓库）发现的 AccessKey 泄露。"),
            "dingtalk_ak_leakage",
            [
                new(Type, new("Leak type", "泄露类型"), IsOpen: false, "dingtalk_ak_leakage_type",
                    new("of type {0}", "泄露类型为{0}"), new("of any type", "泄露类型不限"),
                    [AnyValue]),
            ])
        {
            BaseSeverity = EventSeverity.High,
        },
        new("honeypot",
            new("Cloud honeypot", "云蜜罐"),
            new("cloud honeypot alerts", "云蜜罐告警"),
            new("Someone touched a decoy: probes of and attacks on the cloud honeypot.", "有人触碰了诱饵：针对云蜜罐的探测和攻击。"),
            "dingtalk_honeypot",
            [LevelOf("honeypot")]),
        new("rasp",
            new("Application protection", "应用防护"),
            new("application protection alerts", "应用防护告警"),
            new("Attacks that application protection saw inside running applications.", "应用防护在运行中的应用内发现的攻击。"),
            "dingtalk_rasp",
            [LevelOf("rasp")]),
    ];

    /// <summary>The alert type with this suffix, compared ordinally.</summary>
    public static AlertType? Find(ReadOnlySpan<char> suffix)
    {
        foreach (var alertType in AlertTypes)
        {
            if (suffix.SequenceEqual(alertType.Suffix))
            {
                return alertType;
            }
        }

        return null;
    }

    /// <summary>The alert type that a ConfigList <c>type</c> or a CloudEvents <c>type</c> names, with any prefix
    /// (<c>sas_analysis_online-…</c>, <c>sas_analysis_pre-…</c>); null when it names none.</summary>
    public static AlertType? FindByType(string type)
    {
        var at = type.LastIndexOf(SuffixMarker, StringComparison.Ordinal);
        return at < 0 || type.Length > MaxTypeLength || type.AsSpan().ContainsAnyExcept(TypeCharacters) ? null
            : Find(type.AsSpan(at + SuffixMarker.Length));
    }

    /// <summary>Whether a CloudEvents <c>type</c> claims to be an alert type, known or not.</summary>
    public static bool NamesAlertType(string type) => type.Contains(SuffixMarker, StringComparison.Ordinal);

    private static AlertTypeKey LevelOf(string suffix) =>
        new(ItemLevel, RiskLevel, IsOpen: false, $"dingtalk_{suffix}_item_level", Rated, AnyRisk, RiskLevels);

    // The literals are the vendor's English page. Its sibling operations list the same values in Chinese, and in English under other
    // translations; which of them arrives cannot be known from the pages, so all of them mean the literal.
    private static ImmutableArray<AlertTypeValue> AlertCategories() =>
    [
        AnyValue,
        Category("Suspicious process", "进程异常行为", "process"),
        Category("Webshell", "网站后门", "webshell"),
        Category("Unusual logon", "异常登录", "logon"),
        Category("Exception", "异常事件", "exception"),
        Category("Sensitive file tampering", "敏感文件篡改", "file_tampering"),
        Category("Malicious process (cloud threat detection)", "恶意进程（云查杀）", "malicious_process"),
        Category("Unusual network connection", "异常网络连接", "network", "Suspicious network connection"),
        Category("Others", "其他", "others", "Other"),
        Category("Abnormal account", "异常账号", "account", "Suspicious account"),
        Category("Application intrusion event", "应用入侵事件", "intrusion"),
        Category("Cloud threat detection", "云产品威胁检测", "cloud_threat"),
        Category("Precision defense", "精准防御", "precision_defense", "Precise defense"),
        Category("Application whitelist", "应用白名单", "whitelist"),
        Category("Persistent webshell", "持久化后门", "persistent_webshell"),
    ];

    private static AlertTypeValue Category(string literal, string chinese, string labelKey, params ReadOnlySpan<string> otherEnglish) =>
        new(literal, new(literal, chinese), "dingtalk_event_" + labelKey, [chinese, .. otherEnglish]);

    private static AlertTypeValue Value(string literal, string english, string chinese, string labelKey, int? severity = null) =>
        new(literal, new(english, chinese), labelKey, []) { Severity = severity };
}
