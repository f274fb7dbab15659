using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>All Slack workspaces, live.</summary>
public sealed partial class SlackWorkspacesPage : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _subscriptions = [];
    private IReadOnlyList<SlackWorkspaceListItem>? _items;
    private Actor? _actor;

    [Inject]
    private SlackWorkspaceService Workspaces { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackWorkspaceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    private bool MayEdit => _actor?.May(Policies.Edit) == true;

    public void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _subscriptions.Add(Changes.Subscribe(ChangeAreas.SlackWorkspaces, () => InvokeAsync(RefreshAsync)));
        _subscriptions.Add(Changes.Subscribe(ChangeAreas.Channels, () => InvokeAsync(RefreshAsync)));
        await LoadAsync();
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            _items = await Workspaces.ListAsync(_actor!, _stop.Token);
        }
    }

    private string PeopleOf(SlackWorkspaceListItem item) => item.Reading switch
    {
        { CompletedAt: not null } reading => $"{reading.People:N0}",
        { IsUnderWay: true } reading => T["People.ReadSoFar", reading.PeopleRead],
        _ => T["People.NotRead"],
    };
}
