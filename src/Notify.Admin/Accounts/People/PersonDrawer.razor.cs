using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>What an Admin can do with one person.</summary>
public sealed partial class PersonDrawer
{
    private Person? _shown;
    private string? _role;
    private string? _link;
    private PersonRefusal? _refusal;
    private IReadOnlyList<ApiKeyRow> _apiKeys = [];
    private IReadOnlyList<AccessKeyRow> _accessKeys = [];

    [Inject]
    private PeopleService People { get; set; } = null!;

    [Inject]
    private KeyService Keys { get; set; } = null!;

    [Inject]
    private SingleSignOnOptions SignOn { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>Null closes it.</summary>
    [Parameter]
    public Person? Person { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Null where the person was invited here.</summary>
    [Parameter]
    public ProvisionedObject? From { get; set; }

    [Parameter]
    public EventCallback OnClosed { get; set; }

    private bool IsLocked => From is { IsEditable: false };

    protected override async Task OnParametersSetAsync()
    {
        if (Person is null || Person == _shown)
        {
            return;
        }

        if (Person.Id != _shown?.Id)
        {
            (_link, _refusal) = (null, null);
        }

        if (Person.Id != _shown?.Id || Person.Role != _shown.Role)
        {
            _role = Person.Role;
        }

        _shown = Person;
        await LoadKeysAsync();
    }

    private async Task LoadKeysAsync()
    {
        _apiKeys = await Keys.ListApiKeysAsync(_shown!.Id, Actor, CancellationToken.None);
        _accessKeys = await Keys.ListAccessKeysAsync(_shown.Id, Actor, CancellationToken.None);
    }

    private Task ChangeRoleAsync() => RunAsync(token => People.ChangeRoleAsync(_shown!.Id, _role!, Actor, token));

    private Task CreateLinkAsync() => RunAsync(token => People.CreateLinkAsync(_shown!.Id, Actor, token));

    // The page hears of the change through the feed and passes the person down again.
    private async Task RunAsync(Func<CancellationToken, Task<PersonResult>> change)
    {
        var result = await change(CancellationToken.None);
        (_refusal, _link) = (result.Refusal, result.Link);
    }

    private async Task RevokeAsync(ApiKeyRow key)
    {
        await Keys.RevokeApiKeyAsync(key.Id, Actor, CancellationToken.None);
        await LoadKeysAsync();
    }

    private async Task RevokeAsync(AccessKeyRow key)
    {
        await Keys.RevokeAccessKeyAsync(key.Id, Actor, CancellationToken.None);
        await LoadKeysAsync();
    }

    private async Task CloseAsync(bool isOpen)
    {
        _link = null;
        _refusal = null;
        await OnClosed.InvokeAsync();
    }
}
