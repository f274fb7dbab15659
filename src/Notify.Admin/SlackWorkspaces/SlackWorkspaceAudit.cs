using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>What the audit trail says about workspaces: tokens by their last four characters.</summary>
internal sealed class SlackWorkspaceAudit(AuditTrail trail)
{
    /// <summary>What the trail calls a workspace.</summary>
    public const string Noun = "slack-workspace";

    /// <summary>What entries about a workspace are about.</summary>
    public static AuditedSubject SubjectOf(int id) => new(Noun, id.ToString(CultureInfo.InvariantCulture));

    public AuditEntry Created(Actor actor, SlackWorkspace created) =>
        trail.Entry(actor, $"{Noun}.create", Subject(created), AuditTrail.Difference(new Dictionary<string, string?>(), Read(created)));

    /// <param name="before">As it was stored.</param>
    public AuditEntry Updated(Actor actor, SlackWorkspace before, SlackWorkspace after)
    {
        var old = Read(before);
        var now = Read(after);
        MarkAnother(old, now, "bot_token", before.BotToken != after.BotToken);
        MarkAnother(old, now, "app_token", before.AppToken != after.AppToken);
        MarkAnother(old, now, "config_token", before.ConfigToken != after.ConfigToken);
        MarkAnother(old, now, "refresh_token", before.RefreshToken != after.RefreshToken);
        return trail.Entry(actor, $"{Noun}.update", Subject(after), AuditTrail.Difference(old, now));
    }

    public AuditEntry Deleted(Actor actor, SlackWorkspace deleted) =>
        trail.Entry(actor, $"{Noun}.delete", Subject(deleted), AuditTrail.Difference(Read(deleted), new Dictionary<string, string?>()));

    /// <summary>Somebody had Slack asked about the bot token.</summary>
    public AuditEntry Checked(Actor actor, SlackWorkspace workspace, string code) => trail.Entry(
        actor, $"{Noun}.check", Subject(workspace), [new FieldChange("verdict", null, code)], code == SlackErrors.Accepted
        ? AuditResult.Done : AuditResult.Failed);

    /// <summary>Somebody wants Socket Mode connected again.</summary>
    public AuditEntry Connected(Actor actor, SlackWorkspace workspace) => trail.Entry(actor, $"{Noun}.connect", Subject(workspace));

    /// <summary>Somebody wants the people read now.</summary>
    public AuditEntry Asked(Actor actor, SlackWorkspace workspace) => trail.Entry(actor, $"{Noun}.read-people", Subject(workspace));

    /// <summary>Somebody wanted the pair renewed; failed where it is the same as before.</summary>
    public AuditEntry Renewed(Actor actor, SlackWorkspace before, SlackWorkspace after) => before.PairVersion != after.PairVersion
        ? trail.Entry(actor, $"{Noun}.renew", Subject(after))
        : trail.Entry(actor, $"{Noun}.renew", Subject(after),
            [new FieldChange("reason", null, after.PairReason ?? after.RotationCode ?? (after.RefreshToken is null ? "no_refresh_token" : "not_due"))],
            AuditResult.Failed);

    /// <summary>The product has renewed the pair.</summary>
    public AuditEntry Rotated(SlackWorkspace before, SlackWorkspace after) =>
        trail.Entry(Actor.System, $"{Noun}.rotate", Subject(after), AuditTrail.Difference(Pair(before), Pair(after)));

    /// <summary>The pair cannot be renewed any more.</summary>
    public AuditEntry PairLost(SlackWorkspace workspace) =>
        trail.Entry(Actor.System, $"{Noun}.rotate", Subject(workspace), [new FieldChange("reason", null, workspace.PairReason)],
            AuditResult.Failed);

    private static AuditSubject Subject(SlackWorkspace workspace) =>
        new(Noun, workspace.Id.ToString(CultureInfo.InvariantCulture), workspace.Name);

    private static Dictionary<string, string?> Read(SlackWorkspace workspace) => new(Pair(workspace))
    {
        ["name"] = workspace.Name,
        ["bot_token"] = workspace.BotToken.ToString(),
        ["app_token"] = workspace.AppToken?.ToString(),
        ["team_id"] = workspace.TeamId,
    };

    private static void MarkAnother(Dictionary<string, string?> old, Dictionary<string, string?> now, string field, bool isAnother)
    {
        if (isAnother && old[field] is not null && old[field] == now[field])
        {
            // Two tokens may end alike.
            now[field] += " (another)";
        }
    }

    private static Dictionary<string, string?> Pair(SlackWorkspace workspace) => new()
    {
        ["config_token"] = workspace.ConfigToken?.ToString(),
        ["refresh_token"] = workspace.RefreshToken?.ToString(),
        ["config_ends_at"] = workspace.ConfigEndsAt?.ToString("u", CultureInfo.InvariantCulture),
    };
}
