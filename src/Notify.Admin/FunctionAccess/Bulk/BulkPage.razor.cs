using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
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

    private readonly LatestLoad _load = new();
    private Actor? _actor;
    private IReadOnlyList<FunctionRow>? _functions;
    private IReadOnlyList<AccessWorkspace> _workspaces = [];
    private IReadOnlyList<TabItem> _tabs = [];
    private IReadOnlyList<BulkLine>? _lines;
    private AccessPlan? _comparison;
    private AccessUser? _person;
    private string _tab = GiveTab;
    private int _workspaceId;
    private int _first;
    private int _second;

    [Inject]
    private FunctionAccessService Functions { get; set; } = null!;

    [Inject]
    private BulkAccessService Bulk { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    private string PersonName => _person?.Email ?? _person?.Label ?? "";

    public void Dispose() => _load.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _tabs = [new(GiveTab, T["Bulk.give"]), new(TakeTab, T["Bulk.take"]), new(CopyTab, T["Bulk.copy"]),
            new(CompareTab, T["Bulk.compare"])];
        _workspaces = await Functions.ListWorkspacesAsync(_actor, _load.Stop);
        _workspaceId = _workspaces.Count > 0 ? _workspaces[0].Id : 0;
        _functions = await Functions.ListAsync(_actor, _load.Stop);
    }

    private string NameOf(int id) => _functions!.FirstOrDefault(row => row.Id == id)?.Name ?? "";

    private void Choose(string tab)
    {
        _load.Cancel();
        (_tab, _lines, _person, _comparison, _first, _second) = (tab, null, null, null, 0, 0);
    }

    private void ChooseWorkspace(ChangeEventArgs change)
    {
        Choose(_tab);
        _workspaceId = int.TryParse(change.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
    }

    private Task PlanPersonAsync(AccessUser person)
    {
        Choose(_tab);
        _person = person;
        return _load.RunAsync(
            stop => Bulk.PlanPersonAsync(_workspaceId, person, _tab == GiveTab, _actor!, stop), lines => _lines = lines);
    }

    private Task ChooseFirstAsync(int id)
    {
        _load.Cancel();
        (_first, _lines) = (id, null);
        return _tab == CompareTab ? CompareAsync()
            : id > 0 ? _load.RunAsync(stop => Bulk.PlanCopyAsync(id, _actor!, stop), lines => _lines = lines)
            : Task.CompletedTask;
    }

    private Task ChooseSecondAsync(int id)
    {
        _second = id;
        return CompareAsync();
    }

    private Task CompareAsync()
    {
        _load.Cancel();
        _comparison = null;
        return _first > 0 && _second > 0
            ? _load.RunAsync(stop => Bulk.CompareAsync(_first, _second, _actor!, stop), comparison => _comparison = comparison)
            : Task.CompletedTask;
    }
}
