using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>Everybody's API keys: which are used, which should go.</summary>
public sealed partial class KeysPage
{
    private const int MostNames = 12;

    private readonly Dictionary<int, OwnedApiKey> _chosen = [];

    [Inject]
    private KeyService Keys { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.People];

    private bool IsPageChosen => Page!.Items.All(item => _chosen.ContainsKey(item.Key.Id));

    private string RevokeText => $"{T["Keys.Revoke.Text"]} {string.Join(", ", _chosen.Values.Take(MostNames)
        .Select(item => $"{item.Key.Name} ({item.Owner})"))}{(_chosen.Count > MostNames ? " …" : null)}";

    protected override Task<ListedPage<OwnedApiKey>> ListAsync(
        ListQuery<KeyFilter, KeySort> query, CancellationToken cancellationToken) => Keys.ListAsync(query, Actor, cancellationToken);

    private string TextOf(KeyFilter filter) => filter == KeyFilter.All ? S["List.AnyState"] : T[$"Keys.Filter.{filter}"];

    private void Filter(KeyFilter filter) => Show(Query with { Filter = filter, Page = 1 });

    private void Sort(ListOrder<KeySort> order) => Show(Query with { Sort = order.Sort, Descending = order.Descending, Page = 1 });

    private void Choose(OwnedApiKey item, bool isChosen)
    {
        if (!isChosen)
        {
            _chosen.Remove(item.Key.Id);
        }
        else if (_chosen.Count < ListQuery.MostSelected)
        {
            _chosen[item.Key.Id] = item;
        }
    }

    private void ChoosePage(bool isChosen)
    {
        foreach (var item in Page!.Items)
        {
            Choose(item, isChosen);
        }
    }

    private async Task RevokeAsync()
    {
        var revoked = await Keys.RevokeApiKeysAsync([.. _chosen.Keys], Actor, CancellationToken.None);
        _chosen.Clear();
        await ReloadAsync();
        Snackbar.Confirm(T.Counted("Keys.Revoked", revoked));
    }
}
