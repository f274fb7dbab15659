using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary>Chooses among planned lines, applies the chosen ones and shows how that goes. Another plan needs another one of these: give it
/// a key.</summary>
public sealed partial class BulkChange : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<int> _chosen = [];
    private IDisposable? _subscription;
    private IReadOnlyList<BulkRun> _runs = [];
    private BulkStart? _start;

    [Inject]
    private BulkAccessService Bulk { get; set; } = null!;

    [Inject]
    private AccessChangeService Changes { get; set; } = null!;

    [Inject]
    private PageFeed Feed { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<BulkLine> Lines { get; set; } = [];

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Every line that has a plan is chosen at first.</summary>
    [Parameter]
    public bool ChooseAll { get; set; }

    private IEnumerable<BulkLine> ChosenLines => Lines.Where(line => _chosen.Contains(line.FunctionId));

    private bool Widens => ChosenLines.Any(line => line.Plan!.Warns(AccessWarningKind.EveryoneGains));

    private string ConfirmText =>
        string.Join(' ', ChosenLines.SelectMany(line => line.Plan!.Warnings).Select(warning => warning.Kind).Distinct()
        .Select(kind => T[$"Warning.{kind}"].Value).Prepend(T["Bulk.ConfirmText", ChosenLines.Sum(line => line.Plan!.Calls.Count)].Value));

    public void Dispose()
    {
        _subscription?.Dispose();
        _stop.Cancel();
    }

    protected override void OnInitialized()
    {
        if (ChooseAll)
        {
            _chosen.UnionWith(Lines.Where(line => line.Plan is not null).Select(line => line.FunctionId));
        }
    }

    private async Task ApplyAsync()
    {
        _start = await Bulk.ApplyAsync(ChosenLines, Actor, _stop.Token);
        if (_start.Begun > 0)
        {
            _subscription ??= Feed.Follow([ChangeAreas.FunctionAccess], () => InvokeAsync(RefreshAsync), DispatchExceptionAsync);
            await RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        if (_start is { } start && !_stop.IsCancellationRequested)
        {
            _runs = await Changes.ListBulkAsync(start.Id, Actor, _stop.Token);
            StateHasChanged();
        }
    }
}
