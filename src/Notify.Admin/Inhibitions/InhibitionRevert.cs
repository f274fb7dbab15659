using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.Inhibitions;

/// <summary>Takes edits of inhibitions back.</summary>
internal sealed class InhibitionRevert(InhibitionService service, IStringLocalizer<AuditText> texts, IStringLocalizer<InhibitionText> words)
    : FormRevert<InhibitionView, InhibitionFormModel>("inhibition.update", InhibitionFields.Table, texts)
{
    protected override Task<InhibitionView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken) =>
        service.FindAsync(id, actor, cancellationToken);

    protected override Task<SaveResult<InhibitionView>> SaveAsync(
        InhibitionView found, InhibitionFormModel model, Actor actor, CancellationToken cancellationToken) =>
        service.SaveAsync(found, model, actor, cancellationToken);

    protected override string Explain(FieldRefusal refusal) => words[refusal.TextKey, refusal.Argument ?? ""];
}
