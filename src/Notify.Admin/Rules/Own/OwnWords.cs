using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>The closed lists of own rules: how JSON writes them, and what they are called.</summary>
public static class OwnWords
{
    public const string NoState = "none";

    /// <summary>By rank.</summary>
    public static readonly ImmutableArray<string> Severities = ["notStated", "informative", "low", "medium", "high", "critical"];

    /// <summary>In the order of <c>EventState</c>.</summary>
    public static readonly ImmutableArray<string> States = [NoState, "opened", "resolved"];

    private static readonly Bilingual[] SeverityNames =
    [
        new("Not stated", "未说明"), new("Informative", "提示"), new("Low", "低"), new("Medium", "中"), new("High", "高"),
        new("Critical", "严重"),
    ];

    private static readonly Bilingual[] StateNames = [new("none", "无"), new("opened", "未恢复"), new("resolved", "已恢复")];

    private static readonly string[] Scans =
    [
        "scan.started", "scan.completed", "scan.aborted", "scan.stopped", "scan.deleted", "scan.paused", "scan.resumed",
    ];

    /// <summary>The kinds that the product itself knows; other tools have their own.</summary>
    public static readonly ImmutableArray<string> Kinds =
        [.. Scans, .. Vocabulary.AlertTypes.Select(AlertKind), "alertmanager.alert", "grafana.alert", "falco.alert", "notify.message"];

    /// <summary>An alert type without the prefix that names the vendor's environment.</summary>
    public static string AlertKind(AlertType alert) => $"sas-event-{alert.Suffix}";

    /// <summary>The words that a field may have; empty where any will do.</summary>
    public static ImmutableArray<string> ClosedList(OwnField field) => field switch
    {
        OwnField.Severity => Severities,
        OwnField.State => States,
        _ => [],
    };

    /// <summary>What a value is called; a foreign one stands in quotation marks.</summary>
    public static string NameOf(OwnField field, string value, RuleLanguage language) => field switch
    {
        OwnField.Severity when Severities.IndexOf(value) is >= 0 and var rank => SeverityNames[rank].In(language),
        OwnField.State when States.IndexOf(value) is >= 0 and var state => StateNames[state].In(language),
        OwnField.Kind when EventKinds.Find(value) is { } kind => kind.In(language),
        _ => RuleSentence.Quote(value),
    };
}
