using Microsoft.AspNetCore.Components;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.ChannelPages;

/// <summary>All channels of one kind: live, searched as one types, the search in the address, each with its switch.</summary>
/// <typeparam name="TItem">One line of the list.</typeparam>
public abstract class ChannelListPage<TItem> : LivePage
{
    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>What is searched for, in the address.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    protected string? Query { get; set; }

    /// <summary>Null until they are read.</summary>
    protected IReadOnlyList<TItem>? Items { get; private set; }

    protected IReadOnlyList<TItem> Matching => [.. Items!.Where(item => Matches(item, Query))];

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Channels, ChangeAreas.Deliveries];

    protected abstract Task<IReadOnlyList<TItem>> ListAsync(Actor actor, CancellationToken cancellationToken);

    protected abstract bool Matches(TItem item, string? search);

    protected abstract Task SwitchAsync(int id, bool isOn, Actor actor, CancellationToken cancellationToken);

    protected override async Task ReadAsync(CancellationToken cancellationToken) => Items = await ListAsync(Actor, cancellationToken);

    protected void Search(string? text) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("q", string.IsNullOrWhiteSpace(text) ? null : text),
        new NavigationOptions { ReplaceHistoryEntry = true });

    protected async Task SwitchAsync((int Id, bool On) change)
    {
        await SwitchAsync(change.Id, change.On, Actor, Stop);
        await LoadAsync();
    }
}
