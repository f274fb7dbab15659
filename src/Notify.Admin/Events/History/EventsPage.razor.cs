using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Events;

/// <summary>Every event, live. The address holds filters, page and the event that is open.</summary>
public sealed partial class EventsPage : IDisposable
{
    private const int PageSize = 50;

    private readonly LatestLoad _load = new();
    private readonly List<IDisposable> _subscriptions = [];
    private EventAddress _address = EventAddress.Empty;
    private EventPage? _page;
    private ChannelNames _names = ChannelNames.None;
    private Actor? _actor;
    private int _new;
    private int _version;

    [Inject]
    private EventService Events { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<EventsText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    private long? OpenId { get; set; }

    private EventFilter Filter => _address.ToFilter(Time.GetUtcNow());

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _load.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        Navigation.LocationChanged += OnLocationChanged;
        _subscriptions.Add(Changes.Subscribe(ChangeAreas.Events, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync));
        // The open event shows its deliveries' states and what the rules say now.
        _subscriptions.Add(Changes.Subscribe(ChangeAreas.Deliveries, () => InvokeAsync(RefreshStory), DispatchExceptionAsync));
        _subscriptions.Add(Changes.Subscribe(ChangeAreas.Channels, () => InvokeAsync(RefreshStory), DispatchExceptionAsync));
        ReadAddress();
        await LoadAsync();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => InvokeAsync(async () =>
    {
        if (Navigation.ToBaseRelativePath(e.Location).Split('?')[0] == "events")
        {
            var before = _address;
            ReadAddress();
            if (before != _address)
            {
                await LoadAsync();
            }

            StateHasChanged();
        }
    });

    private void ReadAddress()
    {
        var query = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        string? Value(string name) => query.TryGetValue(name, out var values) ? values[^1] : null;
        _address = EventAddress.Parse(Value);
        OpenId = long.TryParse(Value("open"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    private Task LoadAsync() => _load.RunAsync(async stop =>
    {
        var names = await Events.ChannelNamesAsync(_actor!, stop);
        var page = await Events.ListAsync(Filter, _address.Cursor, PageSize, _actor!, stop);
        (_names, _page, _new) = (names, page, 0);
    });

    // Events never change, so only new ones are looked for.
    private async Task RefreshAsync()
    {
        if (_page is not { } page || _load.Stop.IsCancellationRequested)
        {
            return;
        }

        if (page.Rows.Count == 0)
        {
            await LoadAsync();
        }
        else if (_address.IsNewest)
        {
            var fresh = await Events.CountNewAsync(Filter, page.Rows[0].Event.RowId, _actor!, _load.Stop);
            if (ReferenceEquals(_page, page))
            {
                _new = fresh;
            }
        }

        StateHasChanged();
    }

    private void RefreshStory()
    {
        if (OpenId is not null)
        {
            _version++;
            StateHasChanged();
        }
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

    private string Link(EventAddress address) => Navigation.GetUriWithQueryParameters(address.ToQuery());

    private void Go(EventAddress address) => Navigation.NavigateTo(Link(address), replace: true);

    private void Open(long rowId) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", rowId));

    private void Close() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", (string?)null), replace: true);
}
