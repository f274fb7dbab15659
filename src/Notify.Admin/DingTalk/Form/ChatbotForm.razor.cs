using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>The form of a new or stored chatbot. It follows what others save, and keeps what is typed. Loading and what is shown beside
/// the fields are in <c>ChatbotForm.Loading.cs</c>.</summary>
public sealed partial class ChatbotForm : IAsyncDisposable
{
    private const string FormId = "dingtalk-chatbot";
    private const string RulesId = "chatbot-rules";

    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _subscriptions = [];
    private EditContext _context = null!;
    private ValidationMessageStore _messages = null!;
    private DraftKeeper<ChatbotDraft> _drafts = null!;
    private ChatbotEdit? _edit;
    private ChatbotView? _theirs;
    private IReadOnlyList<ChatbotConflictField> _conflicts = [];
    private FormNotice? _notice;
    private (string Script, string Id)? _focus;
    private DraftTest? _draftTest;
    private bool _isSaving;
    private bool _isGone;

    [Inject]
    private DingTalkChatbotService Chatbots { get; set; } = null!;

    [Inject]
    private ChatbotStatusService Status { get; set; } = null!;

    [Inject]
    private AssetGroupService AssetGroups { get; set; } = null!;

    [Inject]
    private FormDraftService Drafts { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private ILogger<ChatbotForm> Logger { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The stored chatbot; null for a new one.</summary>
    [Parameter]
    public int? Id { get; set; }

    /// <summary>The chatbot that a new one starts as, without its robot; null starts with an empty form.</summary>
    [Parameter]
    public int? CopyOf { get; set; }

    /// <summary>It has just been added: says what to do next.</summary>
    [Parameter]
    public bool IsJustAdded { get; set; }

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    private bool MayEdit => Actor.May(Policies.Edit);

    private string Title => _edit?.Original?.Values.Name ?? T["Form.TitleNew"];

    private ChannelKey? Own => Id is { } id ? new ChannelKey(ChannelKind.DingTalk, id) : null;

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
        _drafts = new DraftKeeper<ChatbotDraft>(Drafts, Time, Actor, ChatbotDraft.KeyOf(Id), Logger);
        if (Id is not null)
        {
            _subscriptions.Add(Changes.Subscribe(ChangeAreas.Channels, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync));
            _subscriptions.Add(Changes.Subscribe(ChangeAreas.Deliveries, () => InvokeAsync(RefreshHealthAsync), DispatchExceptionAsync));
        }

        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is var (script, id))
        {
            _focus = null;
            await JS.InvokeVoidAsync(script, _stop.Token, id);
        }
    }

    private async Task OnChangedAsync(string field)
    {
        _messages.Clear(new FieldIdentifier(_edit!.Model, field));
        _context.NotifyValidationStateChanged();
        if (field == ChatbotFormField.Webhook)
        {
            await ReadWebhookAsync();
        }

        _edit.Settle();
        await _drafts.KeepAsync(ChatbotDraft.Of(_edit));
    }

    private Task SetGroupsAsync(IReadOnlyList<string> ids)
    {
        _edit!.Model.GroupIds = ids;
        return OnChangedAsync(nameof(ChatbotFormModel.GroupIds));
    }

    private Task SetPolicyAsync(PolicyEdit edit)
    {
        _edit!.Model.Delivery = edit.Policy;
        return OnChangedAsync(edit.Field);
    }

    private Task TakeRulesAsync()
    {
        _edit!.TakeRules();
        return OnChangedAsync(ChatbotFormField.Rules);
    }

    private Task CopyRulesAsync(ConfigList rules)
    {
        _edit!.Rules.Replace(rules);
        return TakeRulesAsync();
    }

    private Task GoToRulesAsync() => JS.InvokeVoidAsync("notify.reveal", _stop.Token, RulesId).AsTask();

    private async Task SaveAsync()
    {
        if (_isSaving || !_edit!.IsDirty || _conflicts.Count > 0)
        {
            return;
        }

        if (!_edit.Rules.IsValid)
        {
            _notice = new FormNotice(Tone.Danger, T["Notice.RulesWrong"],
                T[_edit.Rules.IsJsonBroken ? "Notice.RulesWrong.Json" : "Notice.RulesWrong.Cards"]);
            await GoToRulesAsync();
            return;
        }

        _isSaving = true;
        _notice = null;
        try
        {
            var result = await Chatbots.SaveAsync(ToChange(), Actor, _stop.Token);
            if (result is { Outcome: ChatbotSaveOutcome.Conflict, Chatbot: { } current })
            {
                _edit.Take(ChatbotView.Of(current));
                // What they changed may have nothing to do with what was typed here: then nobody has to be asked.
                result = _edit.Newer is null ? await Chatbots.SaveAsync(ToChange(), Actor, _stop.Token) : result;
            }

            await ShowAsync(result);
        }
        catch (Exception e) when (e is not (OperationCanceledException or NotPermittedException))
        {
            // What is typed must outlive a store that is away.
            Logger.LogError(e, "Saving a chatbot failed");
            _notice = new FormNotice(Tone.Danger, S["NotSaved"], S["NotSaved.Text"], Time.GetUtcNow());
        }
        finally
        {
            _isSaving = false;
        }
    }

    private ChatbotChange ToChange() => _edit!.Model.ToChange(_edit.Original?.Id, _edit.Original?.Version);

    private async Task ShowAsync(ChatbotSaveResult result)
    {
        switch (result.Outcome)
        {
            case ChatbotSaveOutcome.Saved:
                await ShowSavedAsync(ChatbotView.Of(result.Chatbot!));
                break;
            case ChatbotSaveOutcome.Invalid:
                ShowProblems(result.Problems);
                break;
            case ChatbotSaveOutcome.Conflict:
                Compare(ChatbotView.Of(result.Chatbot!));
                break;
            case ChatbotSaveOutcome.Gone:
                _isGone = true;
                break;
        }
    }

    private async Task ShowSavedAsync(ChatbotView saved)
    {
        var isNew = _edit!.Original is null;
        _edit.StartFrom(saved);
        _messages.Clear();
        await ForgetDraftAsync();
        if (_draftTest is { } test)
        {
            await Chatbots.TakeTestAsync(saved.Id, test, Actor, _stop.Token);
        }

        if (isNew)
        {
            await LeaveAsync($"{ChannelLinks.ToForm(new ChannelKey(ChannelKind.DingTalk, saved.Id))}?added=1");
            return;
        }

        await ReadWebhookAsync();
        var hears = RuleSentence.Brief(saved.Values.Rules, Language);
        _notice = new FormNotice(Tone.Success, T["Notice.Saved"], hears.Length == 0 ? T["Notice.Saved.Nothing"] : hears, saved.ChangedAt);
    }

    private void ShowProblems(IReadOnlyList<ChatbotProblem> problems)
    {
        _messages.Clear();
        foreach (var problem in problems)
        {
            _messages.Add(new FieldIdentifier(_edit!.Model, ChatbotFormField.NameOf(problem.Field)), problem.Message);
        }

        _context.NotifyValidationStateChanged();
        _focus = ("notify.focusFirstError", FormId);
    }

    private void Compare(ChatbotView theirs)
    {
        ShowConflict(theirs);
        _focus = ("notify.focus", ChatbotConflictPanel.TitleId);
    }

    private void ShowConflict(ChatbotView theirs) =>
        (_theirs, _conflicts) = (theirs, ChatbotConflict.Compare(_edit!.Original!, theirs, _edit.Model));

    private void CancelConflict()
    {
        _edit!.Take(_theirs!);
        _conflicts = [];
    }

    private async Task ResolveAsync(IReadOnlySet<string> keepMine)
    {
        _edit!.Resolve(_theirs!, keepMine);
        _conflicts = [];
        if (_edit.IsDirty)
        {
            await SaveAsync();
        }
        else
        {
            await ForgetDraftAsync();
        }
    }

    private async Task DiscardAsync()
    {
        _edit!.Discard();
        _messages.Clear();
        _context.NotifyValidationStateChanged();
        (_notice, _conflicts) = (null, []);
        await ReadWebhookAsync();
        await ForgetDraftAsync();
    }

    private Task ForgetDraftAsync() => _drafts.ForgetAsync();

    private async Task DeleteAsync()
    {
        await Chatbots.DeleteAsync([_edit!.Original!.Id], Actor, _stop.Token);
        await ForgetDraftAsync();
        _isGone = true;
        await LeaveAsync(ChannelLinks.ToList(ChannelKind.DingTalk));
    }

    private async Task LeaveAsync(string address)
    {
        // The guard must have been drawn without unsaved changes before the page leaves. A store that answers at once has left no pause for
        // it.
        StateHasChanged();
        await Task.Yield();
        Navigation.NavigateTo(address, replace: true);
    }

    private Task<ChannelTry> TryAgainAsync() => Status.TryAgainAsync(_edit!.Original!.Id, Actor, _stop.Token);

    /// <summary>What has happened to the form, until it is dismissed or something else happens.</summary>
    private sealed record FormNotice(Tone Tone, string Title, string? Text = null, DateTimeOffset? At = null);
}
