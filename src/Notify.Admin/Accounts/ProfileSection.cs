using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>A part of the profile page that lists what the person who looks has, and reads it again when it changes anywhere.</summary>
public abstract class ProfileSection : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _subscription;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Inject]
    protected IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
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

    /// <summary>Reads the list again, unless the page is gone.</summary>
    protected Task LoadAsync() => _stop.IsCancellationRequested ? Task.CompletedTask : ReadAsync(_stop.Token);

    protected abstract Task ReadAsync(CancellationToken cancellationToken);
}
