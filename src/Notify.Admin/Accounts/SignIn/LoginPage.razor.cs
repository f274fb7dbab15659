using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Api;

namespace Notify.Admin.Accounts;

/// <summary>Logging in: a plain form, since only a response can set the session cookie.</summary>
public sealed partial class LoginPage
{
    private LoginOutcome? _outcome;

    [Inject]
    private LoginService Login { get; set; } = null!;

    [Inject]
    private SingleSignOnOptions SignOn { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    private string? Problem { get; set; }

    [SupplyParameterFromForm(FormName = "login")]
    private string? Email { get; set; }

    [SupplyParameterFromForm(FormName = "login")]
    private string? Password { get; set; }

    private SignOnOutcome? SignOnProblem =>
        SignOn.IsOn && Enum.TryParse<SignOnOutcome>(Problem, out var problem) && problem != SignOnOutcome.Done && Enum.IsDefined(problem)
        ? problem
        : null;

    protected override async Task OnInitializedAsync()
    {
        // A page whose session has ended sends its reader here; if the browser has a newer one, it goes straight back.
        if (HttpMethods.IsGet(HttpContext.Request.Method) && await Login.HasSessionAsync(HttpContext.User, HttpContext.RequestAborted))
        {
            HttpContext.Response.Redirect(ReturnAddress.Of(ReturnUrl));
        }
    }

    private async Task LogInAsync()
    {
        var outcome = await Login.LogInAsync(Email ?? "", Password ?? "", ClientAddress.Of(HttpContext), HttpContext.RequestAborted);
        switch (outcome)
        {
            case LoginOutcome.Done:
                HttpContext.Response.Redirect(ReturnAddress.Of(ReturnUrl));
                return;
            case LoginOutcome.NeedsCode:
                HttpContext.Response.Redirect($"/Account/Code?ReturnUrl={Uri.EscapeDataString(ReturnAddress.Of(ReturnUrl))}");
                return;
        }

        _outcome = outcome;
        if (outcome is LoginOutcome.Throttled)
        {
            HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
    }
}
