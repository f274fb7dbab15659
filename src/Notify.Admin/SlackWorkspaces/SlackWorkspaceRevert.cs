using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Gives a workspace its earlier name back.</summary>
internal sealed class SlackWorkspaceRevert(
    SlackWorkspaceService service, IStringLocalizer<AuditText> texts, IStringLocalizer<SlackWorkspaceText> words)
    : FormRevert<SlackWorkspaceView, SlackWorkspaceFormModel>("slack-workspace.update", SlackWorkspaceFields.Table, texts)
{
    protected override Task<SlackWorkspaceView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken) =>
        service.FindAsync(id, actor, cancellationToken);

    protected override Task<SaveResult<SlackWorkspaceView>> SaveAsync(
        SlackWorkspaceView found, SlackWorkspaceFormModel model, Actor actor, CancellationToken cancellationToken) =>
        service.SaveAsync(found, model, actor, cancellationToken);

    protected override string Explain(FieldRefusal refusal) => words[refusal.TextKey];
}
