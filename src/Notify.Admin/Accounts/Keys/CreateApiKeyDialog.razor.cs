using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>Creates an API key. The key lives here only while the window that shows it is open.</summary>
public sealed partial class CreateApiKeyDialog
{
    private string _name = "";
    private ApiKeyScope _scope;
    private int? _days;
    private bool _working;
    private KeyRefusal? _refusal;
    private NewApiKey? _created;

    [Inject]
    private KeyService Keys { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

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

    private bool MayPostEvents => Actor.May(Policies.Operate);

    private ApiKeyScope Usual => MayPostEvents ? ApiKeyScope.Ingest : ApiKeyScope.Full;

    private string FormId { get; } = ElementIds.Next("create-key");

    private string? NameError => _refusal is KeyRefusal.NameMissing or KeyRefusal.NameTooLong or KeyRefusal.NameNotPlain
        ? T[$"ApiKeys.{_refusal}"].Value : null;

    private string? DaysError => _refusal is KeyRefusal.ExpiryOutOfRange ? T["ApiKeys.ExpiryOutOfRange", KeyService.MostDays].Value : null;

    protected override void OnInitialized() => _scope = Usual;

    private async Task CreateAsync()
    {
        // A second press would make a second key, and take the first one's secret off the screen.
        if (_working || _created is not null)
        {
            return;
        }

        _working = true;
        try
        {
            var created = await Keys.CreateApiKeyAsync(_name, _scope, _days, Actor, CancellationToken.None);
            _refusal = created.Refusal;
            _created = created.Refusal is null ? created : null;
        }
        finally
        {
            _working = false;
        }
    }

    private async Task CloseAsync(bool isOpen)
    {
        (_name, _scope, _days, _refusal, _created) = ("", Usual, null, null, null);
        await IsOpenChanged.InvokeAsync(isOpen);
    }
}
