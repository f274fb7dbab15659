using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.FunctionAccess;

/// <summary>Joiner, leaver, copy and comparison over many functions.</summary>
public sealed partial class BulkPage : IDisposable
{
    private const string GiveTab = "give";
    private const string TakeTab = "take";
    private const string CopyTab = "copy";
    private const string CompareTab = "compare";

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<int> _chosen = [];
    private IDisposable? _subscription;
    private Actor? _actor;
    private IReadOnlyList<FunctionRow>? _functions;
    private IReadOnlyList<AccessWorkspace> _workspaces = [];
    private IReadOnlyList<TabItem> _tabs = [];
    private IReadOnlyList<BulkLine>? _lines;
    private IReadOnlyList<AccessRun> _runs = [];
    private AccessPlan? _comparison;
    private AccessUser? _person;
    private Guid? _bulkId;
    private string _tab = GiveTab;
    private int _workspaceId;
    private int _first;
    private int _second;

    [Inject]
    private FunctionAccessService Functions { get; set; } = null!;

    [Inject]
    private BulkAccessService Bulk { get; set; } = null!;

    [Inject]
    private AccessChangeService Changes { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    private string PersonName => _person?.Email ?? _person?.Label ?? "";

    private IEnumerable<BulkLine> ChosenLines => (_lines ?? []).Where(line => _chosen.Contains(line.FunctionId));

    private bool Widens => ChosenLines.Any(line => line.Plan!.Warns(AccessWarningKind.EveryoneGains));

    private string ConfirmText => string.Join(' ', ChosenLines.SelectMany(line => line.Plan!.Warnings).Select(warning => warning.Kind).Distinct()
        .Select(kind => T[$"Warning.{kind}"].Value).Prepend(T["Bulk.ConfirmText", ChosenLines.Sum(line => line.Plan!.Calls.Count)].Value));

    public void Dispose()
    {
        _subscription?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _tabs = [new(GiveTab, T["Bulk.give"]), new(TakeTab, T["Bulk.take"]), new(CopyTab, T["Bulk.copy"]), new(CompareTab, T["Bulk.compare"])];
        _workspaces = await Functions.ListWorkspacesAsync(_actor, _stop.Token);
        _workspaceId = _workspaces.Count > 0 ? _workspaces[0].Id : 0;
        _functions = await Functions.ListAsync(_actor, _stop.Token);
        _subscription = Feed.Subscribe(ChangeAreas.FunctionAccess, () => InvokeAsync(RefreshAsync));
    }

    private async Task RefreshAsync()
    {
        if (_bulkId is { } id && !_stop.IsCancellationRequested)
        {
            _runs = await Changes.ListBulkAsync(id, _actor!, _stop.Token);
            StateHasChanged();
        }
    }

    private string NameOf(int id) => _functions!.FirstOrDefault(row => row.Id == id)?.Name ?? "";

    private void Choose(string tab)
    {
        (_tab, _lines, _runs, _bulkId, _person, _comparison, _first, _second) = (tab, null, [], null, null, null, 0, 0);
        _chosen.Clear();
    }

    private void ChooseWorkspace(ChangeEventArgs change)
    {
        Choose(_tab);
        _workspaceId = Number(change);
    }

    private async Task PlanPersonAsync(AccessUser person)
    {
        Choose(_tab);
        _person = person;
        Show(await Bulk.PlanPersonAsync(_workspaceId, person, _tab == GiveTab, _actor!, _stop.Token), chooseAll: _tab == TakeTab);
    }

    private async Task ChooseFirstAsync(ChangeEventArgs change)
    {
        _first = Number(change);
        if (_tab == CompareTab)
        {
            await CompareAsync();
            return;
        }

        (_runs, _bulkId, _lines) = ([], null, null);
        if (_first > 0)
        {
            Show(await Bulk.PlanCopyAsync(_first, _actor!, _stop.Token), chooseAll: false);
        }
    }

    private async Task ChooseSecondAsync(ChangeEventArgs change)
    {
        _second = Number(change);
        await CompareAsync();
    }

    private async Task CompareAsync() =>
        _comparison = _first > 0 && _second > 0 ? await Bulk.CompareAsync(_first, _second, _actor!, _stop.Token) : null;

    private void Show(IReadOnlyList<BulkLine> lines, bool chooseAll)
    {
        _lines = lines;
        _chosen.Clear();
        if (chooseAll)
        {
            _chosen.UnionWith(lines.Where(line => line.Plan is not null).Select(line => line.FunctionId));
        }
    }

    private async Task ApplyAsync()
    {
        _bulkId = await Bulk.ApplyAsync(ChosenLines, _actor!, _stop.Token);
        await RefreshAsync();
    }

    private static int Number(ChangeEventArgs change) => int.TryParse(change.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
