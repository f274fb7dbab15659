namespace Notify.Admin.Rules;

/// <summary>What one event of a type is called, for lists and messages.</summary>
public static class EventKinds
{
    private static readonly Dictionary<string, Bilingual> Scans = new(StringComparer.Ordinal)
    {
        ["scan.started"] = new("Scan started", "扫描已开始"),
        ["scan.completed"] = new("Scan completed", "扫描已完成"),
        ["scan.aborted"] = new("Scan aborted", "扫描异常中止"),
        ["scan.stopped"] = new("Scan stopped", "扫描已停止"),
        ["scan.deleted"] = new("Scan deleted", "扫描已删除"),
        ["scan.paused"] = new("Scan paused", "扫描已暂停"),
        ["scan.resumed"] = new("Scan resumed", "扫描已恢复"),
    };

    private static readonly Dictionary<string, Bilingual> Others = new(StringComparer.Ordinal)
    {
        // notify.message is what a tool posted as a message for a chat.
        ["notify.message"] = new("Message", "消息"),
    };

    private static readonly Dictionary<string, Bilingual> Alerts = new(StringComparer.Ordinal)
    {
        ["vul"] = new("Vulnerability", "漏洞"),
        ["hc"] = new("Baseline risk", "基线风险"),
        ["suspicious"] = new("Security alert", "安全告警"),
        ["ak-leakage"] = new("AccessKey pair leak", "AccessKey泄露"),
        ["honeypot"] = new("Cloud honeypot alert", "云蜜罐告警"),
        ["rasp"] = new("Application protection alert", "应用防护告警"),
    };

    /// <summary>The name of a scan event; null for other types.</summary>
    public static Bilingual? FindScan(string type) => Scans.TryGetValue(type, out var name) ? name : null;

    /// <summary>The name for a CloudEvents <c>type</c>; null for one that the product does not know.</summary>
    public static Bilingual? Find(string type) =>
        FindScan(type) ?? FindOther(type)
        ?? (Vocabulary.FindByType(type) is { } alertType ? Alerts[alertType.Suffix] : null);

    private static Bilingual? FindOther(string type) => Others.TryGetValue(type, out var name) ? name : null;
}
