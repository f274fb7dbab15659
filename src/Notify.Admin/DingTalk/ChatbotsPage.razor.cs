using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>All chatbots, live.</summary>
public sealed partial class ChatbotsPage : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _subscriptions = [];
    private IReadOnlyList<ChatbotListItem>? _items;
    private Actor? _actor;

    [Inject]
    private DingTalkChatbotService Chatbots { get; set; } = null!;

    [Inject]
    private ChatbotStatusService Status { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>What is searched for, in the address.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    private bool MayEdit => _actor?.May(Policies.Edit) == true;

    private IReadOnlyList<ChatbotListItem> Matching => [.. _items!.Where(item => item.Matches(Query))];

    private string CountText => Matching.Count == _items!.Count ? T["List.Count", _items.Count] : T["List.CountMatching", Matching.Count, _items.Count];

    public void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _subscriptions.Add(Changes.Subscribe(ChangeAreas.Channels, () => InvokeAsync(RefreshAsync)));
        _subscriptions.Add(Changes.Subscribe(ChangeAreas.Deliveries, () => InvokeAsync(RefreshAsync)));
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
            _items = await Status.ListAsync(_actor!, _stop.Token);
        }
    }

    private void Search(string? text) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("q", string.IsNullOrWhiteSpace(text) ? null : text), new NavigationOptions { ReplaceHistoryEntry = true });

    private async Task SwitchAsync((int Id, bool On) change)
    {
        await Chatbots.SwitchAsync([change.Id], change.On, _actor!, _stop.Token);
        await LoadAsync();
    }
}
