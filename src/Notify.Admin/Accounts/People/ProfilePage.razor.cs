using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>One's own account: password, second factor, sessions and keys.</summary>
public sealed partial class ProfilePage
{
    private Actor? _actor;
    private string? _session;
    private bool _hasPassword;

    [Inject]
    private PasswordService Passwords { get; set; } = null!;

    [Inject]
    private SingleSignOnOptions SignOn { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "password")]
    private string? PasswordState { get; set; }

    [SupplyParameterFromQuery(Name = "twoFactor")]
    private string? TwoFactorState { get; set; }

    [SupplyParameterFromQuery(Name = "display")]
    private string? DisplayState { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var user = (await Authentication).User;
        var actor = Actor.From(user);
        _hasPassword = await Passwords.HasPasswordAsync(actor, CancellationToken.None);
        (_actor, _session) = (actor, SessionService.IdOf(user));
    }
}
