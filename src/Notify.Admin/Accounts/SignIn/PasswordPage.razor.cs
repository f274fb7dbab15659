using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Api;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>Changing one's password. Static, because it renews the session cookie.</summary>
public sealed partial class PasswordPage
{
    private PasswordOutcome? _outcome;
    private string? _repeatError;
    private bool _hasPassword;

    [Inject]
    private PasswordService Passwords { get; set; } = null!;

    [Inject]
    private SingleSignOnOptions SignOn { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "password")]
    private string? Current { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    private string? Repeat { get; set; }

    private string? CurrentError => _outcome is PasswordOutcome.WrongCurrentPassword ? T["Password.WrongCurrentPassword"].Value : null;

    private string? PasswordError => _outcome is PasswordOutcome.TooShort or PasswordOutcome.TooLong or PasswordOutcome.TooPlain
        ? T[$"Password.{_outcome}", AccountRules.ShortestPassword].Value
        : null;

    protected override async Task OnInitializedAsync() =>
        _hasPassword = await Passwords.HasPasswordAsync(Actor.From(HttpContext.User), HttpContext.RequestAborted);

    private async Task ChangeAsync()
    {
        if (Password != Repeat)
        {
            _repeatError = T["RepeatPassword.Different"];
            return;
        }

        _outcome = await Passwords.ChangeAsync(
            Actor.From(HttpContext.User), Current ?? "", Password ?? "", ClientAddress.Of(HttpContext), HttpContext.RequestAborted);
        if (_outcome is PasswordOutcome.Done)
        {
            HttpContext.Response.Redirect("/profile?password=changed");
        }
        else if (_outcome is PasswordOutcome.Throttled)
        {
            HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
    }
}
