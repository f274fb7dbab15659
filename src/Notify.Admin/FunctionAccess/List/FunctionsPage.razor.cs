using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.FunctionAccess;

/// <summary>The managed functions, live, a page at a time.</summary>
public sealed partial class FunctionsPage
{
    private IReadOnlyDictionary<int, string> _workspaces = new Dictionary<int, string>();
    private bool _hasWorkspace;
    private int _due;

    [Inject]
    private FunctionAccessService Functions { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.FunctionAccess, ChangeAreas.SlackWorkspaces];

    protected override async Task<ListedPage<FunctionRow>> ListAsync(
        ListQuery<FunctionFilter, FunctionSort> query, CancellationToken cancellationToken)
    {
        var workspaces = await Functions.ListWorkspacesAsync(Actor, cancellationToken);
        _workspaces = workspaces.ToDictionary(workspace => workspace.Id, workspace => workspace.Name);
        _hasWorkspace = workspaces.Any(workspace => workspace.CanManage);
        _due = await Functions.CountDueAsync(Actor, cancellationToken);
        return await Functions.ListPageAsync(query, Actor, cancellationToken);
    }

    private async Task CheckAllAsync()
    {
        await Functions.CheckAsync(null, Actor, Stop);
        await LoadAsync();
    }

    private void Filter(FunctionFilter filter) => Show(Query with { Filter = filter, Page = 1 });

    private void Sort(ListOrder<FunctionSort> order) => Show(Query with { Sort = order.Sort, Descending = order.Descending, Page = 1 });
}
