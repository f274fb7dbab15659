using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>What the audit trail says about changes of integrations: the vendor's names, the token by its last four characters.</summary>
internal sealed class SlackIntegrationAudit(AuditTrail trail)
{
    private const string Noun = "slack-integration";
    private const string TokenName = "slackToken";

    public AuditEntry Created(Actor actor, SlackIntegration created) =>
        trail.Entry(actor, $"{Noun}.create", Subject(created), AuditTrail.Difference(new Dictionary<string, string?>(), Read(created)));

    /// <param name="before">As it was stored.</param>
    public AuditEntry Updated(Actor actor, SlackIntegration before, SlackIntegration after)
    {
        var old = Read(before);
        var now = Read(after);
        if (before.Token != after.Token && after.Token is not null && old[TokenName] == now[TokenName])
        {
            // Two tokens may end alike.
            now[TokenName] += " (another)";
        }

        return trail.Entry(actor, $"{Noun}.update", Subject(after), AuditTrail.Difference(old, now));
    }

    public AuditEntry Deleted(Actor actor, SlackIntegration deleted) =>
        trail.Entry(actor, $"{Noun}.delete", Subject(deleted), AuditTrail.Difference(Read(deleted), new Dictionary<string, string?>()));

    /// <summary>The bot was made a member of a channel at Slack.</summary>
    public AuditEntry Joined(Actor actor, SlackIntegrationView? integration, string channelId, string code) => trail.Entry(
        actor,
        "slack-channel.join",
        new AuditSubject(Noun, integration?.Id.ToString(CultureInfo.InvariantCulture), integration?.Values.Name),
        [new FieldChange("channelId", null, channelId), new FieldChange("verdict", null, code)],
        code == SlackErrors.Accepted ? AuditResult.Done : AuditResult.Failed);

    private static AuditSubject Subject(SlackIntegration integration) =>
        new(Noun, integration.Id.ToString(CultureInfo.InvariantCulture), integration.Name);

    private static Dictionary<string, string?> Read(SlackIntegration integration)
    {
        var values = SlackIntegrationFormModel.Of(integration);
        var read = SlackFormField.All.ToDictionary(field => field.VendorName, field => field.Read(values) is { Length: > 0 } value
            ? value : null);
        read[TokenName] = integration.Token?.ToString();
        return read;
    }
}
