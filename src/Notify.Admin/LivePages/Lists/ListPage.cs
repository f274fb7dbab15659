using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Notify.Admin.LivePages;

/// <summary>A list, a page at a time: live, narrowed and sorted as its address says. What it costs grows with the page, not with the
/// list.</summary>
/// <typeparam name="TQuery">What its address says.</typeparam>
/// <typeparam name="TItem">One line of it.</typeparam>
public abstract class ListPage<TQuery, TItem> : LivePage
    where TQuery : ListQuery, IListQuery<TQuery>
{
    private string _path = "";

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Null until it is read.</summary>
    public ListedPage<TItem>? Page { get; private set; }

    /// <summary>What the address says.</summary>
    public TQuery Query { get; private set; } = TQuery.Parse(_ => null);

    protected abstract Task<ListedPage<TItem>> ListAsync(TQuery query, CancellationToken cancellationToken);

    /// <summary>Shows another page, search, filter or order. The address is replaced: Back leaves the list.</summary>
    public void Show(TQuery query) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(query.ToAddress()), new NavigationOptions { ReplaceHistoryEntry = true });

    /// <summary>Shows what is found by a text.</summary>
    public void Search(string? text) => Show(Query with { Search = string.IsNullOrWhiteSpace(text) ? null : text, Page = 1 });

    /// <summary>Shows the list without search and filters.</summary>
    public void ShowAll() => Show((TQuery)Query.ToWhole());

    /// <summary>The address of another page of the same list.</summary>
    public string AddressOf(int page) => Navigation.GetUriWithQueryParameters((Query with { Page = page }).ToAddress());

    /// <summary>Reads what is shown anew, and draws it: who asks is only a part of the page.</summary>
    public async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    protected override Task OnInitializedAsync()
    {
        _path = new Uri(Navigation.Uri).AbsolutePath;
        Navigation.LocationChanged += OnLocationChanged;
        Query = ListAddress.Read<TQuery>(Navigation.Uri);
        return base.OnInitializedAsync();
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= OnLocationChanged;
        base.Dispose(disposing);
    }

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var query = Query;
        Take(query, await ListAsync(query, cancellationToken));
    }

    /// <summary>Shows what was read.</summary>
    /// <returns>False where somebody has typed on meanwhile: what is asked for now is being read.</returns>
    protected bool Take(TQuery query, ListedPage<TItem> page)
    {
        if (query != Query)
        {
            return false;
        }

        if (page is { Items.Count: 0, Matching: > 0 })
        {
            // The last rows of the last page are gone.
            Show(query with { Page = page.Pages });
        }

        Page = page;
        return true;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(MoveAsync);

    private async Task MoveAsync()
    {
        // The page that is left hears of it too.
        if (new Uri(Navigation.Uri).AbsolutePath != _path)
        {
            return;
        }

        try
        {
            var before = Query;
            Query = ListAddress.Read<TQuery>(Navigation.Uri);
            // Before it is known who looks nothing is read yet, and then what is in the address by then.
            if (before != Query && Actor is not null)
            {
                StateHasChanged();
                await LoadAsync();
                StateHasChanged();
            }
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }
}
