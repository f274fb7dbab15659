using Microsoft.AspNetCore.Components.Forms;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <content>Saving, and what can come of it: refusals on their fields, by us or by Slack, a conflict to decide, leaving the page.</content>
public sealed partial class SlackWorkspaceForm
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
            await ShowAsync(await Workspaces.SaveAsync(_edit.Original, _edit.Model, Actor, _stop.Token));
        }
        catch (Exception e) when (e is not (OperationCanceledException or NotPermittedException))
        {
            // What is typed must outlive a store that is away.
            Logger.LogError(e, "Saving a Slack workspace failed");
            _notice = new FormNotice(Tone.Danger, S["NotSaved"], S["NotSaved.Text"], Time.GetUtcNow());
        }
        finally
        {
            _isSaving = false;
        }
    }

    private async Task ShowAsync(SlackWorkspaceSaveResult result)
    {
        switch (result)
        {
            case SlackWorkspaceSaveResult.Saved saved:
                var isNew = _edit!.Original is null;
                _edit.StartFrom(saved.Workspace);
                _messages.Clear();
                await ForgetDraftAsync();
                if (isNew)
                {
                    await LeaveAsync($"slack/workspaces/{saved.Workspace.Id}?added=1");
                    return;
                }

                _notice = new FormNotice(Tone.Success, T["Notice.Saved"], null, saved.Workspace.ChangedAt);
                break;
            case SlackWorkspaceSaveResult.Invalid invalid:
                ShowRefusals(invalid.Refusals.Select(refusal => (refusal.Field, T[refusal.TextKey].Value)));
                break;
            case SlackWorkspaceSaveResult.Refused { Refusal: var refusal }:
                ShowRefusal(refusal);
                break;
            case SlackWorkspaceSaveResult.Conflict conflict:
                Compare(conflict.Theirs);
                break;
            case SlackWorkspaceSaveResult.Gone:
                _isGone = true;
                break;
        }
    }

    private void ShowRefusal(TokenRefusal refusal)
    {
        var meaning = SlackErrors.Explain(SlackTexts, refusal.Code, refusal.Detail).Meaning;
        if (refusal.Passes)
        {
            _notice = new FormNotice(Tone.Warning, T["Notice.NotAsked"], T["Notice.NotAsked.Text", meaning], Time.GetUtcNow(),
                refusal.Code);
            return;
        }

        ShowRefusals([(refusal.Field, refusal.Code == TokenCheck.OtherWorkspace
            ? T["Form.ConfigToken.OtherWorkspace", refusal.Detail ?? ""]
            : T["Form.Token.Refused", refusal.Code, meaning])]);
    }

    private void ShowRefusals(IEnumerable<(string Field, string Text)> refusals)
    {
        _messages.Clear();
        foreach (var (field, text) in refusals)
        {
            _messages.Add(new FieldIdentifier(_edit!.Model, field), text);
        }

        _context.NotifyValidationStateChanged();
        _focus = "notify.focusFirstError";
    }

    private void Compare(SlackWorkspaceView theirs)
    {
        ShowConflict(theirs);
        _focus = "notify.focus";
    }

    private void ShowConflict(SlackWorkspaceView theirs) =>
        (_theirs, _conflicts) = (theirs, SlackWorkspaceConflict.Compare(_edit!.Original!, theirs, _edit.Model));

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
        _uses = await Workspaces.DeleteAsync(_edit!.Original!.Id, Actor, _stop.Token);
        if (_uses.Count > 0)
        {
            _notice = new FormNotice(Tone.Warning, T["Delete.Refused"], T["Delete.InUse"], Time.GetUtcNow());
            return;
        }

        await ForgetDraftAsync();
        _isGone = true;
        await LeaveAsync("slack/workspaces");
    }

    private async Task LeaveAsync(string address)
    {
        // The guard must have been drawn without unsaved changes before the page leaves. A store that answers at once has left no pause for
        // it.
        StateHasChanged();
        await Task.Yield();
        Navigation.NavigateTo(address, replace: true);
    }
}
