using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Mail;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Hands a one-time link over: for reading once, and by mail.</summary>
public sealed partial class OneTimeLinkPanel
{
    private Step _step;
    private MailResult? _result;

    private enum Step
    {
        Ready,
        Sending,
        Sent,
        Failed,

        /// <summary>The person has been removed in the meantime.</summary>
        Gone,
    }

    [Inject]
    private LinkMailService Mail { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    /// <summary>Relative to the product's address.</summary>
    [Parameter, EditorRequired]
    public string Link { get; set; } = "";

    /// <summary>Whose link it is.</summary>
    [Parameter, EditorRequired]
    public string Email { get; set; } = "";

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Sends the mail at once; otherwise there is a button.</summary>
    [Parameter]
    public bool SendNow { get; set; }

    private Uri Address => Navigation.ToAbsoluteUri(Link);

    protected override Task OnInitializedAsync() => SendNow ? SendAsync() : Task.CompletedTask;

    // To its end, even if the panel is closed meanwhile.
    private async Task SendAsync()
    {
        _step = Step.Sending;
        _result = await Mail.SendAsync(Email, Address, Actor, CancellationToken.None);
        _step = _result switch
        {
            null => Step.Gone,
            { IsSent: true } => Step.Sent,
            _ => Step.Failed,
        };
    }
}
