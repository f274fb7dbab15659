using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;

namespace Notify.Admin.VendorAccounts;

/// <summary>The form of a new or stored account. It follows what others save and what the vendor says.</summary>
public sealed partial class VendorAccountForm
{
    private IReadOnlyList<VendorAccountUse> _uses = [];

    [Inject]
    private VendorAccountService Accounts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<VendorAccountText> T { get; set; } = null!;

    protected override string FormId => "vendor-account";

    protected override string SubjectKind => VendorAccountService.SubjectKind;

    protected override FormTable<VendorAccountView, VendorAccountFormModel> Table => VendorAccountFields.Table;

    protected internal override IStringLocalizer Words => T;

    protected internal override string ListAddress => "accounts";

    protected override IReadOnlyList<(string Area, Func<Task> Read)> Follows => Id is null ? []
        : [(ChangeAreas.VendorAccounts, RefreshAsync), (ChangeAreas.Channels, RefreshAsync), (ChangeAreas.Sources, RefreshAsync)];

    protected override VendorAccountFormModel Blank() => new() { Endpoint = EndpointsOf(VendorKind.SecurityCenter)[0] };

    protected override string AddressOf(int id) => $"accounts/{id}";

    protected override Task<VendorAccountView?> FindAsync(int id, CancellationToken cancellationToken) =>
        Accounts.FindAsync(id, Actor, cancellationToken);

    protected override Task<SaveResult<VendorAccountView>> SaveAsync(
        VendorAccountView? original, VendorAccountFormModel model, CancellationToken cancellationToken) =>
        Accounts.SaveAsync(original, model, Actor, cancellationToken);

    protected override async Task<bool> DeleteAsync(int id, CancellationToken cancellationToken)
    {
        await Accounts.DeleteAsync(id, Actor, cancellationToken);
        return true;
    }

    protected override async Task LoadRestAsync()
    {
        if (Id is { } id)
        {
            _uses = await Accounts.ListUsesAsync(id, Actor, Stop);
        }
    }

    private IReadOnlyList<string> EndpointsOf(VendorKind vendor) => Accounts.ListEndpoints(vendor, Actor);
}
