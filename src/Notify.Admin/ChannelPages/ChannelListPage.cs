using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.ChannelPages;

/// <summary>All channels of one kind: live, searched as one types, the search in the address, each with its switch.</summary>
/// <typeparam name="TItem">One line of the list.</typeparam>
public abstract class ChannelListPage<TItem> : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _subscriptions = [];
    private Actor? _actor;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>What is searched for, in the address.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    protected string? Query { get; set; }

    /// <summary>Null until they are read.</summary>
    protected IReadOnlyList<TItem>? Items { get; private set; }

    protected IReadOnlyList<TItem> Matching => [.. Items!.Where(item => Matches(item, Query))];

    protected bool MayEdit => _actor?.May(Policies.Edit) == true;

    public void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _stop.Cancel();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IReadOnlyList<TItem>> ListAsync(Actor actor, CancellationToken cancellationToken);

    protected abstract bool Matches(TItem item, string? search);

    protected abstract Task SwitchAsync(int id, bool isOn, Actor actor, CancellationToken cancellationToken);

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _subscriptions.Add(Changes.Subscribe(ChangeAreas.Channels, () => InvokeAsync(RefreshAsync)));
        _subscriptions.Add(Changes.Subscribe(ChangeAreas.Deliveries, () => InvokeAsync(RefreshAsync)));
        await LoadAsync();
    }

    protected void Search(string? text) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("q", string.IsNullOrWhiteSpace(text) ? null : text), new NavigationOptions { ReplaceHistoryEntry = true });

    protected async Task SwitchAsync((int Id, bool On) change)
    {
        await SwitchAsync(change.Id, change.On, _actor!, _stop.Token);
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
            Items = await ListAsync(_actor!, _stop.Token);
        }
    }
}
