using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Deliveries;

/// <summary>Every delivery, live. The address holds filters, page and the delivery that is open.</summary>
public sealed partial class DeliveriesPage : IDisposable
{
    private const int PageSize = 50;

    // More channels than this are tried, and only counted.
    private const int MostTried = 5;

    private readonly LatestLoad _load = new();
    private readonly HashSet<long> _selected = [];
    private IDisposable? _subscription;
    private DeliveryAddress _address = DeliveryAddress.Empty;
    private DeliveryPage? _page;
    private ChannelNames _names = ChannelNames.None;
    private Actor? _actor;
    private SendAgainTarget? _again;
    private SendAgainResult? _result;
    private readonly Dictionary<ChannelKey, ChannelTryOutcome> _tried = [];
    private DateTimeOffset _resultAt;
    private bool _legend;
    private int _new;
    private int _version;

    [Inject]
    private DeliveryService Deliveries { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveriesText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "state")]
    private string? StateText { get; set; }

    [SupplyParameterFromQuery(Name = "channel")]
    private string? ChannelText { get; set; }

    [SupplyParameterFromQuery(Name = "time")]
    private string? PeriodText { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? ToText { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? SearchedText { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? BeforeText { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? AfterText { get; set; }

    [SupplyParameterFromQuery(Name = "open")]
    private string? OpenText { get; set; }

    private bool MayOperate => _actor?.May(Policies.Operate) == true;

    private long? OpenId => OpenText is null ? null : ShortIds.ToDelivery(OpenText);

    private IEnumerable<DeliveryRow> Selection => _page?.Rows.Where(row => _selected.Contains(row.Id)) ?? [];

    // What is still on its way is not sent again.
    private bool MaySendFiltered => _address.ActiveCount > 0 && _page is { } page && (page.Rows.Any(row => row.State.IsFinal())
        || (page.Cursors.Older is not null && (_address.StateList.Count == 0 || _address.StateList.Any(DeliveryStates.IsFinal))));

    private bool MayTryFiltered => _address.ActiveCount > 0 && _page?.Rows.Any(IsHeldByChannel) == true;

    private DeliveryFilter Filter => _address.ToFilter(Time.GetUtcNow());

    public void Dispose()
    {
        _subscription?.Dispose();
        _load.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _subscription = Changes.Subscribe(ChangeAreas.Deliveries, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var address = DeliveryAddress.Parse(StateText, ChannelText, TimePeriod.Parse(PeriodText, FromText, ToText), SearchedText,
            BeforeText, AfterText);
        if (address == _address)
        {
            return;
        }

        _address = address;
        _selected.Clear();
        if (_actor is not null)
        {
            await LoadAsync();
        }
    }

    private Task LoadAsync() => _load.RunAsync(async stop =>
    {
        var names = await Deliveries.ChannelNamesAsync(_actor!, stop);
        var page = await Deliveries.ListAsync(Filter, _address.Cursor, PageSize, _actor!, stop);
        (_names, _page, _new) = (names, page, 0);
    });

    // What is on screen stays where it is: rows change in place, new ones are announced.
    private async Task RefreshAsync()
    {
        if (_page is not { } page || _load.Stop.IsCancellationRequested)
        {
            return;
        }

        _version++;
        if (page.Rows.Count == 0)
        {
            await LoadAsync();
        }
        else
        {
            var rows = await Deliveries.RefreshAsync([.. page.Rows.Select(row => row.Id)], _actor!, _load.Stop);
            var fresh = _address.IsNewest ? await Deliveries.CountNewAsync(Filter, page.Rows[0].Id, _actor!, _load.Stop) : 0;
            if (ReferenceEquals(_page, page))
            {
                (_page, _new) = (page with { Rows = rows }, fresh);
            }
        }

        StateHasChanged();
    }

    private async Task ShowNewestAsync()
    {
        if (_address.IsNewest)
        {
            await LoadAsync();
        }
        else
        {
            Go(_address with { Cursor = PageCursor.Newest });
        }
    }

    private string Link(DeliveryAddress address) => Navigation.GetUriWithQueryParameters(address.ToQuery());

    // Typing in a filter is no step to go back to.
    private void Go(DeliveryAddress address) => Navigation.NavigateTo(Link(address), replace: true);

    private void Open(long id) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", ShortIds.OfDelivery(id)));

    private void Close() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", (string?)null), replace: true);

    private void Turn(IReadOnlyList<long> ids)
    {
        foreach (var id in ids)
        {
            if (!_selected.Remove(id))
            {
                _selected.Add(id);
            }
        }
    }

    private static bool IsHeldByChannel(DeliveryRow row) =>
        row is { State: DeliveryState.Held, HoldReason: HoldReason.NeedsAttention };

    private async Task TryChannelsAsync(SendAgainTarget target)
    {
        _tried.Clear();
        var tries = await Deliveries.TryChannelsAgainAsync(target, _actor!, CancellationToken.None);
        _selected.Clear();
        var outcomes = await Task.WhenAll(tries.Take(MostTried).Select(tried => Deliveries.AwaitTryAsync(tried, CancellationToken.None)));
        foreach (var (at, tried) in tries.Index())
        {
            _tried[tried.Channel] = at < outcomes.Length ? outcomes[at]
                : new ChannelTryOutcome(ChannelTryVerdict.Pending, Time.GetUtcNow());
        }
    }

    private void ShowResult(SendAgainResult result)
    {
        (_result, _resultAt, _again) = (result, Time.GetUtcNow(), null);
        _selected.Clear();
    }
}
