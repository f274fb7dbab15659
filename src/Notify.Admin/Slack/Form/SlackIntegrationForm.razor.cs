using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>The form of a new or stored integration. It follows what others save, and keeps what is typed.</summary>
public sealed partial class SlackIntegrationForm : IAsyncDisposable
{
    private const string FormId = "slack-integration";

    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _subscriptions = [];
    private EditContext _context = null!;
    private ValidationMessageStore _messages = null!;
    private DraftKeeper<SlackDraft> _drafts = null!;
    private SlackIntegrationEdit? _edit;
    private SlackIntegrationView? _theirs;
    private IReadOnlyList<SlackConflictField> _conflicts = [];
    private IReadOnlyList<SlackConnectionChoice> _workspaces = [];
    private ChannelHealth? _health;
    private FormNotice? _notice;
    private string? _focus;
    private int _open;
    private bool _isLoaded;
    private DraftTest? _draftTest;
    private bool _isSaving;
    private bool _isPicking;
    private bool _isGone;

    [Inject]
    private SlackIntegrationService Integrations { get; set; } = null!;

    [Inject]
    private SlackTestService Tests { get; set; } = null!;

    [Inject]
    private FormDraftService Drafts { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private ILogger<SlackIntegrationForm> Logger { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveryPolicyText> PolicyTexts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The stored integration; null for a new one.</summary>
    [Parameter]
    public int? Id { get; set; }

    /// <summary>It has just been added: says what to do next.</summary>
    [Parameter]
    public bool IsJustAdded { get; set; }

    private bool MayEdit => Actor.May(Policies.Edit);

    private string Title => _edit?.Original?.Values.Name ?? T["Form.TitleNew"];

    private ChannelKey? Own => Id is { } id ? new ChannelKey(ChannelKind.Slack, id) : null;

    private bool EndsDeliveries => _open > 0 && _edit is { Original.Values.IsOn: true, Model.IsOn: false };

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
        _drafts = new DraftKeeper<SlackDraft>(Drafts, Time, Actor, SlackDraft.KeyOf(Id), Logger);
        _subscriptions.Add(
            Changes.Subscribe(ChangeAreas.SlackWorkspaces, () => InvokeAsync(RefreshWorkspacesAsync), DispatchExceptionAsync));
        if (Id is not null)
        {
            _subscriptions.Add(Changes.Subscribe(ChangeAreas.Channels, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync));
            _subscriptions.Add(Changes.Subscribe(ChangeAreas.Deliveries, () => InvokeAsync(RefreshHealthAsync), DispatchExceptionAsync));
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
        _workspaces = await Integrations.ListConnectionsAsync(Actor, _stop.Token);
        var stored = Id is { } id ? await Integrations.FindAsync(id, Actor, _stop.Token) : null;
        if (Id is null || stored is not null)
        {
            _edit = new SlackIntegrationEdit(stored);
            if (MayEdit)
            {
                await RestoreAsync(stored);
            }

            if (IsJustAdded && _notice is null)
            {
                _notice = new FormNotice(Tone.Success, T["Notice.Added"], T["Notice.Added.Text"]);
            }

            await LoadHealthAsync();
        }

        _isLoaded = true;
    }

    private async Task RestoreAsync(SlackIntegrationView? stored)
    {
        if (await _drafts.LoadAsync(_stop.Token) is not { } draft || (draft.Model.Original is null) != (stored is null))
        {
            return;
        }

        var edit = new SlackIntegrationEdit(draft.Model.Original, draft.Model.Typed);
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

        if (await Integrations.FindAsync(_edit.Original.Id, Actor, _stop.Token) is not { } current)
        {
            (_isGone, _notice) = (true, null);
        }
        else if (_edit.Take(current))
        {
            _messages.Clear();
            _notice = new FormNotice(Tone.Info, T["Notice.Refreshed", current.ChangedBy ?? T["Conflict.Somebody"]],
                T["Notice.Refreshed.Text"], current.ChangedAt);
        }
        else if (_edit.Newer is { } newer)
        {
            _notice = null;
            if (_conflicts.Count > 0)
            {
                ShowConflict(newer);
            }
        }

        await RefreshHealthAsync();
    }

    private async Task RefreshWorkspacesAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            _workspaces = await Integrations.ListConnectionsAsync(Actor, _stop.Token);
            StateHasChanged();
        }
    }

    private string? NameOfWorkspace(string id) => _workspaces.FirstOrDefault(workspace => $"{workspace.Id}" == id)?.Name;

    private async Task RefreshHealthAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await LoadHealthAsync();
            StateHasChanged();
        }
    }

    private async Task LoadHealthAsync()
    {
        if (Id is { } id)
        {
            _health = await Integrations.FindHealthAsync(id, Actor, _stop.Token);
            _open = await Integrations.CountOpenAsync(id, Actor, _stop.Token);
        }
    }

    private async Task OnChangedAsync(string field)
    {
        _messages.Clear(new FieldIdentifier(_edit!.Model, field));
        _context.NotifyValidationStateChanged();
        _edit.Settle();
        await _drafts.KeepAsync(SlackDraft.Of(_edit));
    }

    private Task SetPolicyAsync(PolicyEdit edit)
    {
        _edit!.Model.Delivery = edit.Policy;
        return OnChangedAsync(edit.Field);
    }

    private Task PickAsync(SlackChannelChoice choice)
    {
        _isPicking = false;
        (_edit!.Model.ChannelId, _edit.Model.ChannelName) = (choice.Id, choice.Name);
        return OnChangedAsync(nameof(SlackIntegrationFormModel.ChannelId));
    }

    /// <summary>What has happened to the form, until it is dismissed or something else happens.</summary>
    private sealed record FormNotice(Tone Tone, string Title, string? Text = null, DateTimeOffset? At = null);
}
