using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;

namespace Notify.Admin.FunctionAccess;

/// <summary>The managed functions, live.</summary>
public sealed partial class FunctionsPage
{
    private IReadOnlyList<FunctionRow>? _rows;
    private IReadOnlyDictionary<int, string> _workspaces = new Dictionary<int, string>();
    private bool _hasWorkspace;
    private int _due;

    [Inject]
    private FunctionAccessService Functions { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    /// <summary>What is searched for, in the address.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "drifted")]
    private bool OnlyDrifted { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.FunctionAccess, ChangeAreas.SlackWorkspaces];

    private IReadOnlyList<FunctionRow> Matching =>
        [.. _rows!.Where(row => row.Matches(Query) && (!OnlyDrifted || row.DriftedAt is not null))];

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var workspaces = await Functions.ListWorkspacesAsync(Actor, cancellationToken);
        _workspaces = workspaces.ToDictionary(workspace => workspace.Id, workspace => workspace.Name);
        _hasWorkspace = workspaces.Any(workspace => workspace.CanManage);
        _due = await Functions.CountDueAsync(Actor, cancellationToken);
        _rows = await Functions.ListAsync(Actor, cancellationToken);
    }

    private async Task CheckAllAsync()
    {
        await Functions.CheckAsync(null, Actor, Stop);
        await LoadAsync();
    }

    private void Search(string? text) => Go("q", string.IsNullOrWhiteSpace(text) ? null : text);

    private void ShowDrifted(bool only) => Go("drifted", only ? "true" : null);

    private void ShowAll() => Navigation.NavigateTo("slack/functions", new NavigationOptions { ReplaceHistoryEntry = true });

    private void Go(string name, string? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, value), new NavigationOptions { ReplaceHistoryEntry = true });
}
