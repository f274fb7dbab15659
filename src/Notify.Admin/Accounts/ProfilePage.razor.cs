using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>One's own account: password and keys.</summary>
public sealed partial class ProfilePage
{
    private Actor? _actor;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "password")]
    private string? PasswordState { get; set; }

    protected override async Task OnParametersSetAsync() => _actor = Actor.From((await Authentication).User);
}
