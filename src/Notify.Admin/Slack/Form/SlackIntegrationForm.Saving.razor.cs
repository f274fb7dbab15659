using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <content>Saving, and what can come of it: refusals on their fields, a conflict to decide, leaving the page.</content>
public sealed partial class SlackIntegrationForm
{
    private async Task SaveAsync()
    {
        if (_isSaving || !_edit!.IsDirty || _conflicts.Count > 0)
        {
            return;
        }

        _isSaving = true;
        _notice = null;
        try
        {
            await ShowAsync(await Integrations.SaveAsync(_edit.Original, _edit.Model, Actor, _stop.Token));
        }
        catch (Exception e) when (e is not (OperationCanceledException or NotPermittedException))
        {
            // What is typed must outlive a store that is away.
            Logger.LogError(e, "Saving a Slack integration failed");
            _notice = new FormNotice(Tone.Danger, S["NotSaved"], S["NotSaved.Text"], Time.GetUtcNow());
        }
        finally
        {
            _isSaving = false;
        }
    }

    private async Task ShowAsync(SlackSaveResult result)
    {
        switch (result)
        {
            case SlackSaveResult.Saved saved:
                var isNew = _edit!.Original is null;
                _edit.StartFrom(saved.Integration);
                _messages.Clear();
                await ForgetDraftAsync();
                if (_draftTest is { } test)
                {
                    await Tests.TakeTestAsync(saved.Integration.Id, test, Actor, _stop.Token);
                }

                if (isNew)
                {
                    await LeaveAsync($"{ChannelLinks.ToForm(new ChannelKey(ChannelKind.Slack, saved.Integration.Id))}?added=1");
                    return;
                }

                _notice = new FormNotice(Tone.Success, T["Notice.Saved"],
                    SlackHearsText.Summarize(saved.Integration.Values.ToSwitches(), T), saved.Integration.ChangedAt);
                break;
            case SlackSaveResult.Invalid invalid:
                ShowRefusals(invalid.Refusals);
                break;
            case SlackSaveResult.Conflict conflict:
                Compare(conflict.Theirs);
                break;
            case SlackSaveResult.Gone:
                _isGone = true;
                break;
        }
    }

    private void ShowRefusals(IReadOnlyList<FieldRefusal> refusals)
    {
        _messages.Clear();
        foreach (var refusal in refusals)
        {
            IStringLocalizer texts = DeliveryPolicyField.IsOne(refusal.Field) ? PolicyTexts : T;
            _messages.Add(new FieldIdentifier(_edit!.Model, refusal.Field), refusal.Argument is { } argument
                ? texts[refusal.TextKey, argument] : texts[refusal.TextKey]);
        }

        _context.NotifyValidationStateChanged();
        _focus = "notify.focusFirstError";
    }

    private void Compare(SlackIntegrationView theirs)
    {
        ShowConflict(theirs);
        _focus = "notify.focus";
    }

    private void ShowConflict(SlackIntegrationView theirs) =>
        (_theirs, _conflicts) = (theirs, SlackConflict.Compare(_edit!.Original!, theirs, _edit.Model));

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
        await ForgetDraftAsync();
    }

    private Task ForgetDraftAsync() => _drafts.ForgetAsync();

    private async Task DeleteAsync()
    {
        await Integrations.DeleteAsync(_edit!.Original!.Id, Actor, _stop.Token);
        await ForgetDraftAsync();
        _isGone = true;
        await LeaveAsync(ChannelLinks.ToList(ChannelKind.Slack));
    }

    private async Task LeaveAsync(string address)
    {
        // The guard must have been drawn without unsaved changes before the page leaves. A store that answers at once has left no pause for
        // it.
        StateHasChanged();
        await Task.Yield();
        Navigation.NavigateTo(address, replace: true);
    }

    private Task<ChannelTry> TryAgainAsync() => Integrations.TryAgainAsync(_edit!.Original!.Id, Actor, _stop.Token);
}
