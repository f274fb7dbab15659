using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Takes edits of integrations back.</summary>
internal sealed class SlackIntegrationRevert(
    SlackIntegrationService service, IStringLocalizer<AuditText> texts, IStringLocalizer<SlackText> words,
    IStringLocalizer<DeliveryPolicyText> policyWords)
    : FormRevert<SlackIntegrationView, SlackIntegrationFormModel>("slack-integration.update", SlackFields.Table, texts)
{
    protected override Task<SlackIntegrationView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken) =>
        service.FindAsync(id, actor, cancellationToken);

    protected override Task<SaveResult<SlackIntegrationView>> SaveAsync(
        SlackIntegrationView found, SlackIntegrationFormModel model, Actor actor, CancellationToken cancellationToken) =>
        service.SaveAsync(found, model, actor, cancellationToken);

    protected override string Explain(FieldRefusal refusal) => DeliveryPolicyField.IsOne(refusal.Field)
        ? policyWords[refusal.TextKey, refusal.Argument ?? ""] : words[refusal.TextKey, refusal.Argument ?? ""];
}
