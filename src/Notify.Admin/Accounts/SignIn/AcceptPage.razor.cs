using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Api;

namespace Notify.Admin.Accounts;

/// <summary>Where a one-time link leads: its person sets a password and is logged in.</summary>
public sealed partial class AcceptPage
{
    private string? _email;
    private PasswordOutcome? _outcome;
    private string? _repeatError;

    [Inject]
    private PasswordService Passwords { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "user")]
    private string? UserId { get; set; }

    [SupplyParameterFromQuery(Name = "code")]
    private string? Code { get; set; }

    [SupplyParameterFromForm(FormName = "accept")]
    private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "accept")]
    private string? Repeat { get; set; }

    private string? PasswordError => _outcome is PasswordOutcome.TooShort or PasswordOutcome.TooLong or PasswordOutcome.TooPlain
        ? T[$"Password.{_outcome}", AccountRules.ShortestPassword].Value
        : null;

    protected override async Task OnInitializedAsync() =>
        _email = await Passwords.EmailOfLinkAsync(UserId, Code, HttpContext.RequestAborted);

    private async Task AcceptAsync()
    {
        if (Password != Repeat)
        {
            _repeatError = T["RepeatPassword.Different"];
            return;
        }

        _outcome = await Passwords.AcceptLinkAsync(UserId!, Code!, Password ?? "", ClientAddress.Of(HttpContext),
            HttpContext.RequestAborted);
        switch (_outcome)
        {
            case PasswordOutcome.Done:
                HttpContext.Response.Redirect("/");
                break;
            case PasswordOutcome.NeedsCode:
                HttpContext.Response.Redirect("/Account/Code");
                break;
            case PasswordOutcome.LinkNotValid:
                _email = null;
                break;
        }
    }
}
