using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Api;

namespace Notify.Admin.Accounts;

/// <summary>The first visit to an empty store.</summary>
public sealed partial class SetupPage
{
    private SetupOutcome? _outcome;
    private string? _repeatError;

    [Inject]
    private SetupService Setup { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "setup")]
    private string? Code { get; set; }

    /// <summary>Of the log's link.</summary>
    [SupplyParameterFromQuery(Name = "code")]
    private string? CodeOfLink { get; set; }

    [SupplyParameterFromForm(FormName = "setup")]
    private string? Email { get; set; }

    [SupplyParameterFromForm(FormName = "setup")]
    private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "setup")]
    private string? Repeat { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (!await Setup.IsNeededAsync(HttpContext.RequestAborted))
        {
            HttpContext.Response.Redirect("/Account/Login");
        }
    }

    private async Task SetUpAsync()
    {
        if (Password != Repeat)
        {
            _repeatError = T["RepeatPassword.Different"];
            return;
        }

        _outcome = await Setup.CompleteAsync(Code ?? "", Email ?? "", Password ?? "", ClientAddress.Of(HttpContext),
            HttpContext.RequestAborted);
        switch (_outcome)
        {
            case SetupOutcome.Done:
                HttpContext.Response.Redirect("/");
                break;
            case SetupOutcome.AlreadyDone:
                HttpContext.Response.Redirect("/Account/Login");
                break;
            case SetupOutcome.Throttled:
                HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                break;
        }
    }

    private string? ErrorOf(params ReadOnlySpan<SetupOutcome> outcomes) =>
        _outcome is { } outcome && outcomes.Contains(outcome) ? T[$"Setup.{outcome}", AccountRules.ShortestPassword].Value : null;
}
