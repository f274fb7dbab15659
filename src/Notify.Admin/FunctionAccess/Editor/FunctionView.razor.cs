using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary>One function: what Slack has, what is wanted, the plan between them, and what was changed; live.</summary>
public sealed partial class FunctionView : IDisposable
{
    private const int HistoryPage = 10;

    private readonly CancellationTokenSource _stop = new();
    private readonly AccessDraft _draft = new();
    private IDisposable? _subscription;
    private Actor? _actor;
    private ManagedFunction? _function;
    private string? _workspaceName;
    private bool _isGone;
    private PersonNames _names = PersonNames.None;
    private IReadOnlyDictionary<string, string> _teams = new Dictionary<string, string>();
    private AccessPlan? _plan;
    private CodeExplanation? _planRefusal;
    private string? _planCode;
    private AccessRun? _run;
    private bool _showRun;
    private string? _notice;
    private IReadOnlyList<HistoryEntry> _history = [];
    private bool _hasMoreHistory;

    [Inject]
    private FunctionAccessService Functions { get; set; } = null!;

    [Inject]
    private AccessChangeService Changes { get; set; } = null!;

    [Inject]
    private PageFeed Feed { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Parameter, EditorRequired]
    public int Id { get; set; }

    private bool MayEdit => _actor?.May(Policies.Edit) == true;

    private bool MayOperate => _actor?.May(Policies.Operate) == true;

    private bool IsChanging => _run is { IsOpen: true };

    private bool IsEdited => _function is not null && !_draft.ToList().SameAs(_function.Wanted);

    private string DriftText
    {
        get
        {
            var plan = AccessPlanner.Make(_function!.Wanted, _function.Now!);
            return plan.ChangesType
                ? T["Drift.Event.Type", T.Type(plan.TypeFrom), T.Type(plan.TypeTo)]
                : T["Drift.Event.Members", plan.Gains.Count, plan.Loses.Count, plan.TeamsGain.Count + plan.OrgsGain.Count,
                    plan.TeamsLose.Count + plan.OrgsLose.Count];
        }
    }

    private string ApplyText => string.Join(' ', new[] { T["Apply.Text", _plan!.Calls.Count, _plan.Gains.Count, _plan.Loses.Count].Value }
        .Concat(_plan.Warnings.Select(warning => T[$"Warning.{warning.Kind}"].Value)));

    public void Dispose()
    {
        _subscription?.Dispose();
        _stop.Cancel();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        await LoadAsync();
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _subscription = Feed.Follow([ChangeAreas.FunctionAccess], () => InvokeAsync(RefreshAsync), DispatchExceptionAsync);
        if (_function is null)
        {
            return;
        }

        _draft.Fill(_function.Wanted);
        _showRun = _run is { IsOpen: false, State: not AccessRunState.Done };
        _workspaceName = (await Functions.ListWorkspacesAsync(_actor, _stop.Token))
            .FirstOrDefault(workspace => workspace.Id == _function.WorkspaceId)?.Name;
        _teams = (await Functions.TeamsAsync(_function.WorkspaceId, _actor, _stop.Token))
            .ToDictionary(team => team.TeamId, team => team.Name);
        StateHasChanged();
        if (MayOperate && !IsChanging)
        {
            await ReadAsync();
        }
    }

    private async Task RefreshAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        var wasOpen = IsChanging;
        var wasEdited = IsEdited;
        var found = await Functions.FindAsync(Id, _actor!, _stop.Token);
        if (found is null)
        {
            _isGone = true;
            return;
        }

        var isNewWish = _function is not null && !found.Wanted.SameAs(_function.Wanted);
        _function = found;
        _run = await Changes.LatestAsync(Id, _actor!, _stop.Token);
        if (isNewWish && (!wasEdited || _draft.ToList().SameAs(found.Wanted)))
        {
            _draft.Fill(found.Wanted);
        }

        if (_plan is not null && found.Now is { } now && now.Basis != _plan.Basis && !IsChanging)
        {
            _plan = null;
        }

        if (wasOpen && !IsChanging)
        {
            _showRun = true;
        }

        var history = await Functions.HistoryAsync(Id, null, Math.Max(HistoryPage, _history.Count) + 1, _actor!, _stop.Token);
        ShowHistory(history, Math.Max(HistoryPage, _history.Count));
        _names = await NamesAsync();
    }

    private async Task<PersonNames> NamesAsync()
    {
        var lists = new[] { _function!.Now, _function.Wanted, _run?.Wanted, _run?.Before, _plan?.Wanted }
            .Concat(_history.SelectMany(entry => new[] { entry.Before, entry.After })).OfType<AccessList>().Append(_draft.ToList());
        var ids = lists.SelectMany(list => list.UserIds).Distinct(StringComparer.Ordinal);
        return new PersonNames(await Functions.PeopleAsync(_function.WorkspaceId, ids, _actor!, _stop.Token));
    }

    private async Task ReadAsync()
    {
        if (await Functions.RefreshAsync(Id, _actor!, _stop.Token) is not null)
        {
            await LoadAsync();
        }
    }

    private async Task OnEdited()
    {
        (_plan, _planRefusal) = (null, null);
        _names = await NamesAsync();
    }

    private void Discard()
    {
        _draft.Fill(_function!.Wanted);
        (_plan, _planRefusal) = (null, null);
    }

    private Task PlanFromAsync(AccessList list)
    {
        _draft.Fill(list);
        _showRun = false;
        return PlanDraftAsync();
    }

    private async Task PlanDraftAsync()
    {
        await PlanAsync();
        await JS.InvokeVoidAsync("notify.focus", "plan-title");
    }

    private Task GoBackAsync(HistoryEntry entry) => PlanFromAsync(entry.Before ?? entry.After ?? entry.Wanted);

    private async Task PlanAsync()
    {
        (_plan, _planRefusal, _planCode) = (null, null, null);
        if (await Changes.PlanAsync(Id, _draft.ToList(), _actor!, _stop.Token) is not { } result)
        {
            _isGone = true;
            return;
        }

        await LoadAsync();
        _plan = result.Plan;
        if (result.Code is { } code)
        {
            (_planRefusal, _planCode) = (AccessErrors.Explain(T, code, result.Detail), code);
        }

        _names = await NamesAsync();
    }

    private async Task KeepAsync(AccessWarning warning)
    {
        _draft.Add(warning.Users);
        await PlanAsync();
    }

    private async Task ApplyAsync()
    {
        if (await Changes.ApplyAsync(Id, _plan!.Wanted, _plan.Basis, _actor!, _stop.Token) is not var (run, isQueued))
        {
            _isGone = true;
            return;
        }

        _notice = isQueued ? null : T["Apply.Busy"].Value;
        _run = run;
        _plan = null;
        _showRun = true;
    }

    private async Task AcceptAsync()
    {
        if (!await Functions.AcceptAsync(Id, _function!.Now!.Basis, _actor!, _stop.Token))
        {
            _notice = T["Drift.NotAccepted"];
        }

        await LoadAsync();
        Discard();
    }

    private async Task<bool> RenameAsync(string name)
    {
        var isRenamed = await Functions.RenameAsync(Id, name, _actor!, _stop.Token);
        await RefreshAsync();
        return isRenamed;
    }

    private async Task RemoveAsync()
    {
        await Functions.RemoveAsync(Id, _actor!, _stop.Token);

        // The guard must have been drawn without edits before the page leaves.
        Discard();
        StateHasChanged();
        await Task.Yield();
        Navigation.NavigateTo("slack/functions");
    }

    private async Task MoreHistoryAsync()
    {
        var most = _history.Count + HistoryPage;
        ShowHistory(await Functions.HistoryAsync(Id, null, most + 1, _actor!, _stop.Token), most);
    }

    private void ShowHistory(IReadOnlyList<HistoryEntry> entries, int most) =>
        (_history, _hasMoreHistory) = ([.. entries.Take(most)], entries.Count > most);
}
