using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>What the form loads, and what it shows beside the fields.</summary>
public sealed partial class ChatbotForm
{
    private IReadOnlyList<AssetGroup> _groups = [];
    private Dictionary<string, string> _groupNames = [];
    private IReadOnlyList<RobotNeighbour> _neighbours = [];
    private WebhookReading? _reading;
    private ChannelHealth? _health;
    private int _open;
    private bool _isLoaded;

    private async Task LoadAsync()
    {
        var stored = Id is { } id ? await Chatbots.FindAsync(id, Actor, _stop.Token) is { } chatbot ? ChatbotView.Of(chatbot) : null : null;
        if (Id is null || stored is not null)
        {
            _edit = new ChatbotEdit(stored, Blank());
            if (MayEdit)
            {
                await RestoreAsync(stored);
            }

            if (IsJustAdded && _notice is null)
            {
                _notice = new FormNotice(Tone.Success, T["Notice.Added"], T["Notice.Added.Text"]);
            }

            _groups = await AssetGroups.ListAsync(Actor, _stop.Token);
            _groupNames = _groups.ToDictionary(g => g.Id.ToString(CultureInfo.InvariantCulture), g => g.Name);
            await ReadWebhookAsync();
            await LoadHealthAsync();
        }

        _isLoaded = true;
    }

    // People most likely read in the chat what they read here.
    private static ChatbotFormModel Blank() => new() { Language = Language == RuleLanguage.Zh ? DingTalkLanguage.Zh : DingTalkLanguage.En };

    private async Task RestoreAsync(ChatbotView? stored)
    {
        if (CopyOf is { } id && await Chatbots.FindAsync(id, Actor, _stop.Token) is { } copied)
        {
            var model = ChatbotFormModel.Of(copied);
            model.Name = T["Form.CopyName", copied.Name.Length > 50 ? copied.Name[..50] : copied.Name];
            _edit = new ChatbotEdit(null, Blank(), model);
            _notice = new FormNotice(Tone.Info, T["Notice.Copied", copied.Name], T["Notice.Copied.Text"]);
            return;
        }

        if (await _drafts.LoadAsync(_stop.Token) is not { } draft || (draft.Model.Original is null) != (stored is null))
        {
            return;
        }

        var edit = new ChatbotEdit(draft.Model.Original, Blank(), draft.Model.Typed);
        if (stored is not null)
        {
            edit.Take(stored);
        }

        if (edit.IsDirty || draft.Model.HadSecret)
        {
            _edit = edit;
            _notice = new FormNotice(Tone.Info, T["Notice.Restored"],
                T[draft.Model.HadSecret ? "Notice.Restored.Secret" : "Notice.Restored.Text"], draft.SavedAt);
        }
    }

    private async Task RefreshAsync()
    {
        if (_edit?.Original is null || _isSaving || _stop.IsCancellationRequested)
        {
            return;
        }

        if (await Chatbots.FindAsync(_edit.Original.Id, Actor, _stop.Token) is not { } chatbot)
        {
            (_isGone, _notice) = (true, null);
        }
        else if (_edit.Take(ChatbotView.Of(chatbot)))
        {
            _messages.Clear();
            _notice = new FormNotice(Tone.Info, T["Notice.Refreshed", chatbot.ChangedBy ?? T["Conflict.Somebody"]],
                T["Notice.Refreshed.Text"], chatbot.ChangedAt);
            await ReadWebhookAsync();
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
            _health = await Status.FindHealthAsync(id, Actor, _stop.Token);
            _open = await Status.CountOpenAsync(id, Actor, _stop.Token);
        }
    }

    private async Task ReadWebhookAsync()
    {
        _reading = _edit!.Model.HasWebhook ? Status.ReadWebhook(_edit.Model.Webhook) : null;
        _neighbours = await Status.FindNeighboursAsync(Id, _edit.Model.Webhook, Actor, _stop.Token);
    }

    /// <summary>Says which other chatbot on the same robot hears events of this type too.</summary>
    private string? CoveredBy(AlertType alertType)
    {
        var mine = new RuleSubscription(0, _edit!.Rules.LastGood, _edit.Model.GroupIds, IsOn: true);
        var at = mine.Rules.Rules.IndexOf(mine.Rules.Find(alertType)!);
        var whole = _neighbours.FirstOrDefault(other => at >= 0 && RuleCoverage.Covered(mine, other.Subscription).Contains(at));
        if (whole is not null)
        {
            return T["Warning.Covered", whole.Name];
        }

        return _neighbours.FirstOrDefault(other => other.Subscription.Rules.Find(alertType) is not null) is { } part
            ? T["Warning.Overlaps", part.Name].Value : null;
    }
}
