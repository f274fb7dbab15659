using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>The form of a new or stored workspace. It follows what others save and what Slack says, and keeps what is typed.</summary>
public sealed partial class SlackWorkspaceForm : IAsyncDisposable
{
    private const string FormId = "slack-workspace";

    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _subscriptions = [];
    private EditContext _context = null!;
    private ValidationMessageStore _messages = null!;
    private DraftKeeper<SlackWorkspaceDraft> _drafts = null!;
    private SlackWorkspaceEdit? _edit;
    private SlackWorkspaceView? _theirs;
    private IReadOnlyList<SlackConflictField> _conflicts = [];
    private IReadOnlyList<WorkspaceUse> _uses = [];
    private DirectoryReading? _reading;
    private FormNotice? _notice;
    private string? _focus;
    private bool _isLoaded;
    private bool _isSaving;
    private bool _isGone;

    [Inject]
    private SlackWorkspaceService Workspaces { get; set; } = null!;

    [Inject]
    private FormDraftService Drafts { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private ILogger<SlackWorkspaceForm> Logger { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackWorkspaceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackText> SlackTexts { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The stored workspace; null for a new one.</summary>
    [Parameter]
    public int? Id { get; set; }

    /// <summary>It has just been added: says what to do next.</summary>
    [Parameter]
    public bool IsJustAdded { get; set; }

    private bool MayEdit => Actor.May(Policies.Edit);

    private string Title => _edit?.Original?.Name ?? T["Form.TitleNew"];

    public async ValueTask DisposeAsync()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        await _stop.CancelAsync();
        _stop.Dispose();
        if (_drafts is not null)
        {
            await _drafts.DisposeAsync();
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _context = new EditContext(this);
        _messages = new ValidationMessageStore(_context);
        _drafts = new DraftKeeper<SlackWorkspaceDraft>(Drafts, Time, Actor, SlackWorkspaceDraft.KeyOf(Id), Logger);
        if (Id is not null)
        {
            _subscriptions.Add(Changes.Subscribe(ChangeAreas.SlackWorkspaces, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync));
            _subscriptions.Add(Changes.Subscribe(ChangeAreas.Channels, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync));
        }

        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } script)
        {
            _focus = null;
            await JS.InvokeVoidAsync(script, _stop.Token, script == "notify.focus" ? SlackConflictPanel.TitleId : FormId);
        }
    }

    private async Task LoadAsync()
    {
        var stored = Id is { } id ? await Workspaces.FindAsync(id, Actor, _stop.Token) : null;
        if (Id is null || stored is not null)
        {
            _edit = new SlackWorkspaceEdit(stored);
            if (MayEdit)
            {
                await RestoreAsync(stored);
            }

            if (IsJustAdded && _notice is null)
            {
                _notice = new FormNotice(Tone.Success, T["Notice.Added"], T["Notice.Added.Text"]);
            }

            await LoadRestAsync();
        }

        _isLoaded = true;
    }

    private async Task LoadRestAsync()
    {
        if (Id is { } id)
        {
            _reading = await Workspaces.FindReadingAsync(id, Actor, _stop.Token);
            _uses = await Workspaces.ListUsesAsync(id, Actor, _stop.Token);
        }
    }

    private async Task RestoreAsync(SlackWorkspaceView? stored)
    {
        if (await _drafts.LoadAsync(_stop.Token) is not { } draft || (draft.Model.Original is null) != (stored is null))
        {
            return;
        }

        var edit = new SlackWorkspaceEdit(draft.Model.Original, draft.Model.Typed);
        if (stored is not null)
        {
            edit.Take(stored);
        }

        if (edit.IsDirty || draft.Model.HadToken)
        {
            _edit = edit;
            _notice = new FormNotice(Tone.Info, T["Notice.Restored"],
                T[draft.Model.HadToken ? "Notice.Restored.Token" : "Notice.Restored.Text"], draft.SavedAt);
        }
    }

    private async Task RefreshAsync()
    {
        if (_edit?.Original is null || _isSaving || _stop.IsCancellationRequested)
        {
            return;
        }

        if (await Workspaces.FindAsync(_edit.Original.Id, Actor, _stop.Token) is not { } current)
        {
            (_isGone, _notice) = (true, null);
        }
        else if (_edit.Take(current))
        {
            _messages.Clear();
            _notice = new FormNotice(Tone.Info, T["Notice.Refreshed", current.ChangedBy ?? T["Somebody"]], T["Notice.Refreshed.Text"],
                current.ChangedAt);
        }
        else if (_edit.Newer is { } newer && _conflicts.Count > 0)
        {
            ShowConflict(newer);
        }

        await LoadRestAsync();
        StateHasChanged();
    }

    private async Task OnChangedAsync(string field)
    {
        _messages.Clear(new FieldIdentifier(_edit!.Model, field));
        _context.NotifyValidationStateChanged();
        await _drafts.KeepAsync(SlackWorkspaceDraft.Of(_edit));
    }

    /// <summary>What has happened to the form, until it is dismissed or something else happens.</summary>
    private sealed record FormNotice(Tone Tone, string Title, string? Text = null, DateTimeOffset? At = null, string? Code = null);
}
