using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>Invites a person.</summary>
public sealed partial class InviteDialog
{
    private string _email = "";
    private string? _role = Roles.Viewer;
    private bool _sendMail = true;
    private bool _working;
    private PersonRefusal? _refusal;
    private string? _link;

    [Inject]
    private PeopleService People { get; set; } = null!;

    [Inject]
    private LinkMailService Mail { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback<bool> IsOpenChanged { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    private string FormId { get; } = ElementIds.Next("invite");

    private string? EmailError => _refusal is { } refusal ? T[$"PersonRefusal.{refusal}"].Value : null;

    private async Task InviteAsync()
    {
        // A second press would find the person invited, and take the link away.
        if (_working || _link is not null)
        {
            return;
        }

        _working = true;
        try
        {
            var result = await People.InviteAsync(_email, _role!, Actor, CancellationToken.None);
            (_refusal, _link) = (result.Refusal, result.Link);
        }
        finally
        {
            _working = false;
        }
    }

    private async Task CloseAsync(bool isOpen)
    {
        (_email, _role, _sendMail, _refusal, _link) = ("", Roles.Viewer, true, null, null);
        await IsOpenChanged.InvokeAsync(isOpen);
    }
}
