using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Overview;

/// <summary>The first page: is anything wrong, and what to do about it. Live.</summary>
public sealed partial class OverviewPage : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _subscriptions = [];
    private OverviewPicture? _picture;
    private Actor? _actor;

    [Inject]
    private OverviewService Overview { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<OverviewText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        foreach (var area in (string[])[ChangeAreas.Events, ChangeAreas.Deliveries, ChangeAreas.Channels, ChangeAreas.SlackWorkspaces])
        {
            _subscriptions.Add(Changes.Subscribe(area, RefreshAsync));
        }

        await LoadAsync();
    }

    // Counts are kept for a moment: waiting that long first makes the last change of a burst visible.
    private async Task RefreshAsync()
    {
        try
        {
            await Task.Delay(Overview.Pause, Time, _stop.Token);
            await InvokeAsync(async () =>
            {
                await LoadAsync();
                StateHasChanged();
            });
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone.
        }
    }

    private async Task LoadAsync() => _picture = await Overview.GetAsync(_actor!, _stop.Token);
}
