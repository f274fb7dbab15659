using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Api;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>One's own second factor: turn on, new recovery codes, turn off. Static, because it renews the session cookie.</summary>
public sealed partial class TwoFactorPage
{
    private TwoFactorState? _state;
    private CodeOutcome? _outcome;
    private IReadOnlyList<string>? _recoveryCodes;
    private string? _key;
    private string? _offer;
    private bool _turnedOn;
    private bool _isReplacing;

    [Inject]
    private TwoFactorService TwoFactor { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "turn-on", Name = "Code")]
    private string? FirstCode { get; set; }

    [SupplyParameterFromForm(FormName = "turn-on")]
    private string? Offer { get; set; }

    [SupplyParameterFromForm(FormName = "replace", Name = "Code")]
    private string? ReplaceCode { get; set; }

    [SupplyParameterFromForm(FormName = "turn-off", Name = "Code")]
    private string? OffCode { get; set; }

    private Actor Actor => Actor.From(HttpContext.User);

    private string Address => ClientAddress.Of(HttpContext);

    private string? Problem => _outcome switch
    {
        CodeOutcome.Locked or CodeOutcome.Throttled => $"Login.{_outcome}",
        CodeOutcome.Expired => "TwoFactor.Expired",
        _ => null,
    };

    protected override async Task OnInitializedAsync()
    {
        // The key passes through this page, and the recovery codes: no cache may keep it.
        HttpContext.Response.Headers.CacheControl = "no-store";
        await LoadAsync();
    }

    private async Task TurnOnAsync()
    {
        var result = await TwoFactor.TurnOnAsync(Offer ?? "", FirstCode ?? "", Actor, HttpContext.RequestAborted);
        (_outcome, _recoveryCodes, _turnedOn) = (result.Outcome, result.RecoveryCodes, result.RecoveryCodes is not null);
        await LoadAsync();
    }

    private async Task ReplaceAsync()
    {
        _isReplacing = true;
        var result = await TwoFactor.ReplaceRecoveryCodesAsync(ReplaceCode ?? "", Actor, Address, HttpContext.RequestAborted);
        (_outcome, _recoveryCodes) = (result.Outcome, result.RecoveryCodes);
        await LoadAsync();
    }

    private async Task TurnOffAsync()
    {
        _outcome = await TwoFactor.TurnOffAsync(OffCode ?? "", Actor, Address, HttpContext.RequestAborted);
        if (_outcome is CodeOutcome.Right)
        {
            HttpContext.Response.Redirect("/profile?twoFactor=off");
            return;
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _state = await TwoFactor.StateAsync(Actor, HttpContext.RequestAborted);
        if (!_state.IsOn)
        {
            // After a wrong code the app need not be set up again.
            _key = Offer is null || _outcome is CodeOutcome.Expired ? null : TwoFactor.KeyOf(Offer, Actor);
            (_key, _offer) = _key is null ? TwoFactor.NewOffer(Actor) : (_key, Offer!);
        }
    }
}
