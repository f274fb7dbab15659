using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>What the audit trail says about workspaces: tokens by their last four characters.</summary>
internal sealed class SlackWorkspaceAudit(AuditTrail trail)
{
    private const string Noun = "slack-workspace";

    /// <summary>The product has renewed the pair.</summary>
    public AuditEntry Rotated(SlackWorkspace before, SlackWorkspace after) =>
        trail.Entry(Actor.System, $"{Noun}.rotate", Subject(after), AuditTrail.Difference(Pair(before), Pair(after)));

    /// <summary>The pair cannot be renewed any more.</summary>
    public AuditEntry PairLost(SlackWorkspace workspace) =>
        trail.Entry(Actor.System, $"{Noun}.rotate", Subject(workspace), [new FieldChange("reason", null, workspace.PairReason)], AuditResult.Failed);

    private static AuditSubject Subject(SlackWorkspace workspace) =>
        new(Noun, workspace.Id.ToString(CultureInfo.InvariantCulture), workspace.Name);

    private static Dictionary<string, string?> Pair(SlackWorkspace workspace) => new()
    {
        ["config_token"] = workspace.ConfigToken?.ToString(),
        ["refresh_token"] = workspace.RefreshToken?.ToString(),
        ["config_ends_at"] = workspace.ConfigEndsAt?.ToString("u", CultureInfo.InvariantCulture),
    };
}
