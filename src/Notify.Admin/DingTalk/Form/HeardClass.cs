using System.Globalization;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>Alerts that a chatbot's form opens with an unsaved rule for, as its address says it.</summary>
/// <param name="GroupId">Null for every asset group.</param>
public sealed record HeardClass(AlertClass Alerts, string? GroupId)
{
    /// <summary>Reads the address of a form; null where it asks for none.</summary>
    public static HeardClass? Parse(string? hear, string? severity, string? subType, string? groupId) =>
        hear is not null && Vocabulary.Find(hear) is { } alertType
        && int.TryParse(severity, NumberStyles.None, CultureInfo.InvariantCulture, out var rank) && rank <= EventSeverity.Critical
            ? new HeardClass(new AlertClass(alertType, rank, AlertClass.SubKeyOf(alertType)?.Find(subType ?? "")?.Literal),
                AssetGroupId.TryParse(groupId, out var id) ? id : null)
            : null;

    /// <summary>The query string of a form that opens with the rule.</summary>
    public string ToQuery() => string.Create(CultureInfo.InvariantCulture, $"hear={Alerts.AlertType.Suffix}&severity={Alerts.Severity}")
        + (string.IsNullOrEmpty(Alerts.SubType) ? "" : $"&sub={Uri.EscapeDataString(Alerts.SubType)}")
        + (GroupId is null ? "" : $"&group={GroupId}");
}
