using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary>The managed functions, live.</summary>
public sealed partial class FunctionsPage : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _subscription;
    private IReadOnlyList<FunctionRow>? _rows;
    private IReadOnlyDictionary<int, string> _workspaces = new Dictionary<int, string>();
    private bool _hasWorkspace;
    private int _due;
    private Actor? _actor;

    [Inject]
    private FunctionAccessService Functions { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>What is searched for, in the address.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "drifted")]
    private bool OnlyDrifted { get; set; }

    private bool MayEdit => _actor?.May(Policies.Edit) == true;

    private bool MayOperate => _actor?.May(Policies.Operate) == true;

    private IReadOnlyList<FunctionRow> Matching => [.. _rows!.Where(row => row.Matches(Query) && (!OnlyDrifted || row.DriftedAt is not null))];

    public void Dispose()
    {
        _subscription?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _subscription = Changes.Subscribe(ChangeAreas.FunctionAccess, () => InvokeAsync(RefreshAsync));
        var workspaces = await Functions.ListWorkspacesAsync(_actor, _stop.Token);
        _workspaces = workspaces.ToDictionary(workspace => workspace.Id, workspace => workspace.Name);
        _hasWorkspace = workspaces.Any(workspace => workspace.CanManage);
        await LoadAsync();
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            _rows = await Functions.ListAsync(_actor!, _stop.Token);
            _due = await Functions.CountDueAsync(_actor!, _stop.Token);
        }
    }

    private async Task CheckAllAsync()
    {
        await Functions.CheckAsync(null, _actor!, _stop.Token);
        await LoadAsync();
    }

    private void Search(string? text) => Go("q", string.IsNullOrWhiteSpace(text) ? null : text);

    private void ShowDrifted(bool only) => Go("drifted", only ? "true" : null);

    private void ShowAll() => Navigation.NavigateTo("slack/functions", new NavigationOptions { ReplaceHistoryEntry = true });

    private void Go(string name, string? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, value), new NavigationOptions { ReplaceHistoryEntry = true });
}
