using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>The sessions of the person who looks.</summary>
public sealed partial class SessionSection : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<SessionRow>? _sessions;
    private IDisposable? _subscription;

    [Inject]
    private SessionService Sessions { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The id of the session in which this page is open.</summary>
    [Parameter]
    public string? Current { get; set; }

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
            _sessions = await Sessions.ListAsync(Actor, _stop.Token);
        }
    }

    private async Task EndAsync(SessionRow session)
    {
        await Sessions.EndAsync(session.Id, Actor, CancellationToken.None);
        await LoadAsync();
    }

    private async Task EndOthersAsync()
    {
        if (Current is { } current)
        {
            await Sessions.EndOthersAsync(current, Actor, CancellationToken.None);
            await LoadAsync();
        }
    }
}
