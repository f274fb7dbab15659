using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>All channels of one kind: live, searched as one types, the search in the address, each with its switch.</summary>
/// <typeparam name="TItem">One line of the list.</typeparam>
public abstract class ChannelListPage<TItem> : LivePage
{
    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChannelPagesText> Words { get; set; } = null!;

    /// <summary>What is searched for, in the address.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    protected string? Query { get; set; }

    /// <summary>Null until they are read.</summary>
    protected IReadOnlyList<TItem>? Items { get; private set; }

    protected IReadOnlyList<TItem> Matching => [.. Items!.Where(item => Matches(item, Query))];

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Channels, ChangeAreas.Deliveries];

    protected abstract Task<IReadOnlyList<TItem>> ListAsync(Actor actor, CancellationToken cancellationToken);

    protected abstract bool Matches(TItem item, string? search);

    protected abstract (int Id, string Name) Identify(TItem item);

    protected abstract Task SwitchAsync(int id, bool isOn, Actor actor, CancellationToken cancellationToken);

    protected override async Task ReadAsync(CancellationToken cancellationToken) => Items = await ListAsync(Actor, cancellationToken);

    protected void Search(string? text) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("q", string.IsNullOrWhiteSpace(text) ? null : text),
        new NavigationOptions { ReplaceHistoryEntry = true });

    protected async Task SwitchAsync((int Id, bool On) change)
    {
        await SwitchAndReadAsync(change.Id, change.On);
        // Null where somebody deleted it meanwhile.
        if (Items!.Select(Identify).FirstOrDefault(item => item.Id == change.Id).Name is { } name)
        {
            Snackbar.Confirm(Words[change.On ? "Switched.On" : "Switched.Off", name], Words["Undo"],
                () => InvokeAsync(() => UndoAsync(change.Id, !change.On)));
        }
    }

    // The bar outlives the page: it may be clicked on another one.
    private async Task UndoAsync(int id, bool isOn)
    {
        await SwitchAndReadAsync(id, isOn);
        StateHasChanged();
    }

    private async Task SwitchAndReadAsync(int id, bool isOn)
    {
        await SwitchAsync(id, isOn, Actor, CancellationToken.None);
        await LoadAsync();
    }
}
