using Microsoft.AspNetCore.Components.Forms;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.LiveForms;

/// <summary>Saving and deleting, and showing what came of it.</summary>
public abstract partial class LiveForm<TStored, TModel> : LiveForm
{
    protected async Task SubmitAsync()
    {
        if (IsSaving || !Edit.IsDirty || Conflicts.Count > 0)
        {
            return;
        }

        if (await RefuseAsync() is { } refusal)
        {
            Notice = refusal;
            return;
        }

        (IsSaving, Notice) = (true, null);
        try
        {
            await ShowAsync(await TrySaveAsync());
        }
        catch (ProvisionedException e)
        {
            // A file took it over while the form was open.
            Notice = new FormNotice(Tone.Danger, S["NotSaved"], F["Provisioned.Locked", e.File], Time.GetUtcNow());
        }
        catch (Exception e) when (e is not (OperationCanceledException or NotPermittedException))
        {
            // A failed save leaves the form as it is, so what was typed outlives a store that is away.
            Logger().LogError(e, "Saving {Form} failed", FormId);
            Notice = new FormNotice(Tone.Danger, S["NotSaved"], S["NotSaved.Text"], Time.GetUtcNow());
        }
        finally
        {
            IsSaving = false;
        }
    }

    protected void ShowRefusals(IReadOnlyList<FieldRefusal> refusals) =>
        ShowRefusals(refusals.Select(refusal => (refusal.Field, Explain(refusal))));

    protected void ShowRefusals(IEnumerable<(string Field, string Text)> refusals)
    {
        HashSet<string> fields = [];
        _messages.Clear();
        foreach (var (field, text) in refusals)
        {
            fields.Add(field);
            _messages.Add(new FieldIdentifier(Edit.Model, field), text);
        }

        OnRefused(fields);

        Context.NotifyValidationStateChanged();
        _focus = ("notify.focusFirstError", FormId);
    }

    internal override async Task DeleteAsync()
    {
        if (await DeleteAsync(Edit.Original!.Id, Stop))
        {
            await ForgetDraftAsync();
            IsGone = true;
            await LeaveAsync(ListAddress);
        }

        StateHasChanged();
    }

    private async Task<SaveResult<TStored>> TrySaveAsync()
    {
        var result = await SaveAsync(Edit.Original, Edit.Model, Stop);
        if (result is Conflict<TStored> conflict)
        {
            Edit.Take(conflict.Theirs);
            // What they changed may have nothing to do with what was typed here: then nobody has to be asked.
            result = Edit.Newer is null ? await SaveAsync(Edit.Original, Edit.Model, Stop) : result;
        }

        return result;
    }

    private async Task ShowAsync(SaveResult<TStored> result)
    {
        switch (result)
        {
            case Saved<TStored> saved:
                await ShowSavedAsync(saved.Stored);
                break;
            case Invalid<TStored> invalid:
                ShowRefusals(invalid.Refusals);
                break;
            case Refused<TStored> refused:
                Show(refused.Refusal);
                break;
            case Conflict<TStored> conflict:
                Compare(conflict.Theirs);
                break;
            case Gone<TStored>:
                IsGone = true;
                break;
        }
    }

    private async Task ShowSavedAsync(TStored saved)
    {
        var (isNew, wasTested) = (Edit.Original is null, Edit.TestsWhatIsSaved);
        Edit.StartFrom(saved);
        _messages.Clear();
        await ForgetDraftAsync();
        await OnSavedAsync(saved, wasTested);
        if (isNew)
        {
            await LeaveAsync($"{AddressOf(saved.Id)}?added=1");
            return;
        }

        await OnModelChangedAsync(null);
        Notice = SaySaved(saved);
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
