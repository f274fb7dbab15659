using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>What the audit trail says about changes of integrations: the vendor's names, the token by its last four characters.</summary>
internal sealed class SlackIntegrationAudit(AuditTrail trail)
{
    private static readonly string Noun = AuditedChannel.KindOf(ChannelKind.Slack);

    public AuditEntry Created(Actor actor, SlackIntegration created) => Entry(actor, "create", null, created);

    /// <param name="before">As it was stored.</param>
    public AuditEntry Updated(Actor actor, SlackIntegration before, SlackIntegration after) => Entry(actor, "update", before, after);

    public AuditEntry Deleted(Actor actor, SlackIntegration deleted) => Entry(actor, "delete", deleted, null);

    /// <summary>The bot was made a member of a channel at Slack.</summary>
    public AuditEntry Joined(Actor actor, SlackIntegrationView? integration, string channelId, string code) => trail.Entry(
        actor,
        "slack-channel.join",
        new AuditSubject(Noun, integration?.Id.ToString(CultureInfo.InvariantCulture), integration?.Values.Name),
        [new FieldChange("channelId", null, channelId), new FieldChange("verdict", null, code)],
        code == SlackErrors.Accepted ? AuditResult.Done : AuditResult.Failed);

    private AuditEntry Entry(Actor actor, string verb, SlackIntegration? before, SlackIntegration? after)
    {
        var subject = (after ?? before)!;
        return trail.Entry(
            actor,
            $"{Noun}.{verb}",
            new AuditSubject(Noun, subject.Id.ToString(CultureInfo.InvariantCulture), subject.Name),
            SlackFields.Table.Difference(View(before), View(after)));
    }

    private static SlackIntegrationView? View(SlackIntegration? integration) =>
        integration is null ? null : SlackIntegrationView.Of(integration);
}
