using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.VendorAccounts;

/// <summary>All accounts, live.</summary>
public sealed partial class VendorAccountsPage
{
    private IReadOnlyList<VendorAccountListItem>? _items;

    private IReadOnlyDictionary<int, ProvisionedObject> _files = new Dictionary<int, ProvisionedObject>();

    [Inject]
    private ProvisionedMarks Files { get; set; } = null!;

    [Inject]
    private VendorAccountService Accounts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<VendorAccountText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.VendorAccounts, ChangeAreas.Channels, ChangeAreas.Sources];

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _files = await Files.ListAsync(VendorAccountService.SubjectKind, cancellationToken);
        _items = await Accounts.ListAsync(Actor, cancellationToken);
    }
}
