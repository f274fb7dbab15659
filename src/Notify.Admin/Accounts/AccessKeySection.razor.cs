using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>The AccessKey pairs of the person who looks.</summary>
public sealed partial class AccessKeySection : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<AccessKeyRow>? _keys;
    private IDisposable? _subscription;
    private bool _creating;

    [Inject]
    private KeyService Keys { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    public void Dispose()
    {
        _subscription?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
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
            _keys = await Keys.ListAccessKeysAsync(Actor.UserId!, Actor, _stop.Token);
        }
    }

    private async Task OnDialogChangedAsync(bool isOpen)
    {
        _creating = isOpen;
        await LoadAsync();
    }

    private async Task RevokeAsync(AccessKeyRow key)
    {
        await Keys.RevokeAccessKeyAsync(key.Id, Actor, _stop.Token);
        await LoadAsync();
    }
}
