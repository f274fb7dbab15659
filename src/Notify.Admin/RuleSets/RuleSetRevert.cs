using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.RuleSets;

/// <summary>Takes edits of rule sets back.</summary>
internal sealed class RuleSetRevert(RuleSetService service, IStringLocalizer<AuditText> texts, IStringLocalizer<RuleSetText> words)
    : FormRevert<RuleSetView, RuleSetFormModel>("rule-set.update", RuleSetFields.Table, texts)
{
    protected override Task<RuleSetView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken) =>
        service.FindAsync(id, actor, cancellationToken);

    protected override Task<SaveResult<RuleSetView>> SaveAsync(
        RuleSetView found, RuleSetFormModel model, Actor actor, CancellationToken cancellationToken) =>
        service.SaveAsync(found, model, actor, cancellationToken);

    protected override string Explain(FieldRefusal refusal) => words[refusal.TextKey, refusal.Argument ?? ""];
}
