using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.LivePages;

/// <summary>A page of what has happened, newest first and live. The address holds filters, place and the row that is open; what is on
/// screen stays where it is: rows change in place, new ones are announced. A page gives it its filters, its rows and its service.</summary>
public abstract class HistoryPage<TAddress, TRow> : ComponentBase, IDisposable
    where TAddress : HistoryAddress, IHistoryAddress<TAddress>
{
    protected const int PageSize = 50;

    private readonly LatestLoad _load = new();
    private readonly List<IDisposable> _following = [];
    private string _path = "";

    [Inject]
    private PageFeed Feed { get; set; } = null!;

    [Inject]
    private SharedLooks Looks { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>The feature's texts; those of the list have the same keys everywhere.</summary>
    protected internal abstract IStringLocalizer Words { get; }

    protected internal TAddress Address { get; private set; } = TAddress.Parse(_ => null);

    /// <summary>Null until it is read.</summary>
    protected internal HistoryList<TRow>? List { get; private set; }

    /// <summary>The person who looks; null until that is known.</summary>
    protected Actor? Actor { get; private set; }

    /// <summary>How many rows have arrived above those on screen, counted up to <see cref="HistoryList.MostNew"/>.</summary>
    protected int NewCount { get; private set; }

    /// <summary>Grows when what is open may have changed.</summary>
    protected int Version { get; private set; }

    protected long? OpenId { get; private set; }

    protected DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Rows come, of <see cref="ChangeAreas"/>.</summary>
    protected abstract string Area { get; }

    /// <summary>What else changes rows after they have come.</summary>
    protected virtual IReadOnlyList<string> RowAreas => [];

    /// <summary>What else the open row shows.</summary>
    protected virtual IReadOnlyList<string> OpenRowAreas => [];

    /// <summary>The rows beside the open one, for its drawer.</summary>
    protected RowSteps Steps => new(IdAt(-1), IdAt(+1));

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _following.ForEach(following => following.Dispose());
        _load.Dispose();
        GC.SuppressFinalize(this);
    }

    protected internal abstract long IdOf(TRow row);

    /// <summary>Reads the page of an address. Others who look at the same share what comes of it.</summary>
    protected abstract Task<HistoryList<TRow>> ListAsync(TAddress address, CancellationToken cancellationToken);

    /// <summary>Reads what is shown beside the rows: names, choices of filters.</summary>
    protected virtual Task ReadBesideAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>How many rows of an address have come above an id, up to <see cref="HistoryList.MostNew"/>; shared like them.</summary>
    protected abstract Task<int> CountNewAsync(TAddress address, long above, CancellationToken cancellationToken);

    /// <summary>The same rows as they are now.</summary>
    protected virtual Task<IReadOnlyList<TRow>> ReadAgainAsync(IReadOnlyList<TRow> rows, CancellationToken cancellationToken) =>
        Task.FromResult(rows);

    /// <summary>Other filters, or another page of the list.</summary>
    protected virtual void OnMoved()
    {
    }

    /// <summary>Rows have been read and are on screen from now on, the same or others.</summary>
    protected virtual void OnShown()
    {
    }

    protected virtual string WriteId(long id) => id.ToString(CultureInfo.InvariantCulture);

    protected virtual long? ReadId(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    protected override async Task OnInitializedAsync()
    {
        Actor = Actor.From((await Authentication).User);
        _path = PathOf(Navigation.Uri);
        Navigation.LocationChanged += OnLocationChanged;
        _following.Add(Feed.Follow([Area, .. RowAreas], () => InvokeAsync(RefreshAsync), DispatchExceptionAsync));
        if (OpenRowAreas.Count > 0)
        {
            _following.Add(Feed.Follow(OpenRowAreas, () => InvokeAsync(RefreshOpenAsync), DispatchExceptionAsync));
        }

        ReadAddress();
        await LoadAsync();
    }

    protected Task LoadAsync() => _load.RunAsync(async stop =>
    {
        await ReadBesideAsync(stop);
        Show(await ListAsync(Address, stop), 0);
    });

    protected async Task ShowNewestAsync()
    {
        if (Address.IsNewest)
        {
            await LoadAsync();
        }
        else
        {
            Go(Address with { Cursor = PageCursor.Newest });
        }
    }

    protected internal string Link(TAddress address) => Navigation.GetUriWithQueryParameters(address.ToQuery());

    // Typing in a filter replaces the address: it is no step to go back to.
    protected internal void Go(TAddress address) => Navigation.NavigateTo(Link(address), replace: true);

    /// <summary>Opens a row; from one that is open to the next is no step to go back to.</summary>
    protected void Open(long id) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", WriteId(id)), replace: OpenId is not null);

    protected void Close() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", (string?)null), replace: true);

    private static string PathOf(string address) => new Uri(address).AbsolutePath;

    private long? IdAt(int step)
    {
        var rows = List?.Rows ?? [];
        var at = rows.Select(IdOf).ToList().IndexOf(OpenId ?? 0);
        return at >= 0 && at + step >= 0 && at + step < rows.Count ? IdOf(rows[at + step]) : null;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(MoveAsync);

    private async Task MoveAsync()
    {
        // The page that is left hears of it too.
        if (PathOf(Navigation.Uri) != _path)
        {
            return;
        }

        try
        {
            var before = Address;
            ReadAddress();
            if (before != Address)
            {
                OnMoved();
                StateHasChanged();
                await LoadAsync();
            }

            StateHasChanged();
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private void ReadAddress()
    {
        var query = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        string? Value(string name) => query.TryGetValue(name, out var values) ? values[^1] : null;
        Address = TAddress.Parse(Value);
        OpenId = Value("open") is { } open ? ReadId(open) : null;
    }

    private void Show(HistoryList<TRow> list, int newCount)
    {
        (List, NewCount) = (list, newCount);
        OnShown();
    }

    private async Task RefreshAsync()
    {
        if (List is not { } list || _load.Stop.IsCancellationRequested)
        {
            return;
        }

        var isChanged = OpenId is not null;
        Version += isChanged ? 1 : 0;
        if (list.Rows.Count == 0)
        {
            await FindFirstAsync(list);
            isChanged |= !ReferenceEquals(List, list);
        }
        else
        {
            var rows = ReadAgainAsync(list.Rows, _load.Stop);
            var count = CountAsync(list);
            await Task.WhenAll(rows, count);
            if (ReferenceEquals(List, list) && (NewCount != await count || !list.Rows.SequenceEqual(await rows)))
            {
                Show(list with { Rows = await rows }, await count);
                isChanged = true;
            }
        }

        if (isChanged)
        {
            await Feed.DrawAsync(StateHasChanged);
        }
    }

    // A search that finds nothing looks as far as its reach lets it: for all who wait for the same once.
    private async Task FindFirstAsync(HistoryList<TRow> list)
    {
        var address = Address;
        var found = await Looks.JoinAsync(
            (GetType(), "first", address, Actor!.Role), () => ListAsync(address, CancellationToken.None), _load.Stop);
        if (found.Rows.Count > 0 && address == Address && ReferenceEquals(List, list))
        {
            await ReadBesideAsync(_load.Stop);
            Show(found, 0);
        }
    }

    // New rows are counted above what begins at the newest, whichever way led there: "newer" comes to it with an address of its own. More
    // than are counted are not counted again: most of the time of a flood.
    private Task<int> CountAsync(HistoryList<TRow> list)
    {
        var (address, newest) = (Address with { Cursor = PageCursor.Newest }, IdOf(list.Rows[0]));
        return list.Cursors.HasNewer || NewCount >= HistoryList.MostNew ? Task.FromResult(NewCount)
            : Looks.JoinAsync((GetType(), "new", address, newest, Actor!.Role),
                () => CountNewAsync(address, newest, CancellationToken.None), _load.Stop);
    }

    private async Task RefreshOpenAsync()
    {
        if (OpenId is not null)
        {
            Version++;
            await Feed.DrawAsync(StateHasChanged);
        }
    }
}

/// <summary>The rows above and below the one that is open; null at the ends of what is on screen.</summary>
public sealed record RowSteps(long? Previous, long? Next);
