using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>The passkeys of the person who looks. A new one arrives through the change feed.</summary>
public sealed partial class PasskeySection : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<PasskeyRow>? _passkeys;
    private IDisposable? _subscription;

    [Inject]
    private PasskeyService Passkeys { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

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
            _passkeys = await Passkeys.ListAsync(Actor, _stop.Token);
        }
    }

    private async Task RemoveAsync(PasskeyRow passkey)
    {
        await Passkeys.RemoveAsync(passkey.Id, Actor, CancellationToken.None);
        await LoadAsync();
    }
}
