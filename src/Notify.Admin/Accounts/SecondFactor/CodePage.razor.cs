using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Api;

namespace Notify.Admin.Accounts;

/// <summary>The second step of logging in: the code of the authenticator app, or a recovery code.</summary>
public sealed partial class CodePage
{
    private CodeOutcome? _outcome;

    [Inject]
    private TwoFactorService TwoFactor { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(FormName = "code")]
    private string? Code { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (HttpMethods.IsGet(HttpContext.Request.Method) && !await TwoFactor.IsPendingAsync(HttpContext.RequestAborted))
        {
            StartOver();
        }
    }

    private async Task LogInAsync()
    {
        _outcome = await TwoFactor.LogInAsync(Code ?? "", ClientAddress.Of(HttpContext), HttpContext.RequestAborted);
        switch (_outcome)
        {
            case CodeOutcome.Right:
                HttpContext.Response.Redirect(ReturnAddress.Of(ReturnUrl));
                break;
            case CodeOutcome.Expired:
                StartOver();
                break;
            case CodeOutcome.Throttled:
                HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                break;
        }
    }

    private void StartOver() =>
        HttpContext.Response.Redirect($"/Account/Login?ReturnUrl={Uri.EscapeDataString(ReturnAddress.Of(ReturnUrl))}");
}
