using Microsoft.AspNetCore.Components;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.ChannelPages;

/// <summary>The channels of one kind, a page at a time: live, narrowed and sorted as the address says.</summary>
/// <typeparam name="TItem">One line of the list.</typeparam>
public abstract class ChannelListPage<TItem> : LivePage
    where TItem : IChannelListItem
{
    [SupplyParameterFromQuery(Name = "q")]
    private string? SearchInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? FilterInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? SortInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageInAddress { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Null until it is read.</summary>
    public ListedPage<TItem>? Page { get; private set; }

    /// <summary>What the address says.</summary>
    public ChannelListQuery Query { get; private set; } = new();

    public abstract ChannelKind Kind { get; }

    /// <summary>Who looks.</summary>
    public Actor Reader => Actor;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Channels, ChangeAreas.Deliveries];

    protected abstract Task<ListedPage<TItem>> ListAsync(ChannelListQuery query, Actor actor, CancellationToken cancellationToken);

    /// <summary>The channels of all pages, at most <see cref="ChannelListQuery.MostSelected"/>.</summary>
    public abstract Task<IReadOnlyList<ChannelName>> ListNamesAsync();

    /// <returns>False when it has been deleted.</returns>
    public abstract Task<bool> SwitchAsync(int id, bool isOn, CancellationToken cancellationToken);

    /// <summary>Sends the newest event that a channel matched, else an example, marked as a test, to the channel as it is saved.</summary>
    /// <returns>What came of it, with the refusal in words; null when it has been deleted.</returns>
    public abstract Task<(TestOutcome Outcome, string? Refusal)?> TestAsync(int id, CancellationToken cancellationToken);

    /// <summary>Deleting what is gone already is no error.</summary>
    public abstract Task DeleteAsync(int id, CancellationToken cancellationToken);

    /// <summary>Shows another page, search, filter or order. The address is replaced: Back leaves the list.</summary>
    public void Show(ChannelListQuery query) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(query.ToAddress()), new NavigationOptions { ReplaceHistoryEntry = true });

    /// <summary>The address of another page of the same list.</summary>
    public string AddressOf(int page) => Navigation.GetUriWithQueryParameters((Query with { Page = page }).ToAddress());

    /// <summary>Reads what is shown anew.</summary>
    public Task ReloadAsync() => LoadAsync();

    protected override async Task OnParametersSetAsync()
    {
        // Before it is known who looks nothing is read yet, and then what is in the address by then.
        if (TakeAddress() && Actor is not null)
        {
            await LoadAsync();
        }
    }

    protected override Task OnInitializedAsync()
    {
        TakeAddress();
        return base.OnInitializedAsync();
    }

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var query = Query;
        var page = await ListAsync(query, Actor, cancellationToken);
        if (query != Query)
        {
            // Somebody has typed on: what is asked for now is being read.
            return;
        }

        if (page is { Items.Count: 0, Matching: > 0 })
        {
            // The last rows of the last page are gone.
            Show(query with { Page = page.Pages });
        }

        Page = page;
    }

    private bool TakeAddress()
    {
        var query = ChannelListQuery.Parse(SearchInAddress, FilterInAddress, SortInAddress, PageInAddress);
        var isAnother = query != Query;
        Query = query;
        return isAnother;
    }
}
