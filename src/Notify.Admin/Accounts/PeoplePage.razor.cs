using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>Everybody with an account.</summary>
public sealed partial class PeoplePage : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<Person>? _people;
    private IDisposable? _subscription;
    private Actor? _actor;
    private bool _inviting;
    private string? _openId;

    [Inject]
    private PeopleService People { get; set; } = null!;

    [Inject]
    private SingleSignOnOptions SignOn { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    private Person? Open => _people?.FirstOrDefault(person => person.Id == _openId);

    public void Dispose()
    {
        _subscription?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _subscription = Changes.Subscribe(ChangeAreas.People, () => InvokeAsync(async () =>
        {
            await LoadAsync();
            StateHasChanged();
        }));
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            _people = await People.ListAsync(_actor!, _stop.Token);
        }
    }
}
