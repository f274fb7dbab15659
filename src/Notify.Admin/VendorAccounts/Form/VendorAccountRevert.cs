using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Gives an account its earlier name or endpoint back.</summary>
internal sealed class VendorAccountRevert(
    VendorAccountService service, IStringLocalizer<AuditText> texts, IStringLocalizer<VendorAccountText> words)
    : FormRevert<VendorAccountView, VendorAccountFormModel>($"{VendorAccountService.SubjectKind}.update", VendorAccountFields.Table, texts)
{
    protected override Task<VendorAccountView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken) =>
        service.FindAsync(id, actor, cancellationToken);

    protected override Task<SaveResult<VendorAccountView>> SaveAsync(
        VendorAccountView found, VendorAccountFormModel model, Actor actor, CancellationToken cancellationToken) =>
        service.SaveAsync(found, model, actor, cancellationToken);

    protected override string Explain(FieldRefusal refusal) => words[refusal.TextKey];
}
