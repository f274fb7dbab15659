using Notify.Admin.Shared;

namespace Notify.Admin.LiveForms;

/// <summary>Following what others save, and deciding between theirs and what is typed here.</summary>
public abstract partial class LiveForm<TStored, TModel> : LiveForm
{
    protected async Task RefreshAsync()
    {
        if (Edit?.Original is not { } original || IsSaving)
        {
            return;
        }

        await FindFileAsync();
        if (await FindAsync(original.Id, Stop) is not { } current)
        {
            (IsGone, Notice) = (true, null);
        }
        else if (Edit.Take(current))
        {
            _messages.Clear();
            Notice = new FormNotice(
                Tone.Info, Words["Notice.Refreshed", current.ChangedBy ?? F["Somebody"]], F["Refreshed.Text"], current.ChangedAt);
            await OnModelChangedAsync(null);
        }
        else if (Edit.Newer is { } newer)
        {
            Notice = null;
            if (Conflicts.Count > 0)
            {
                ShowConflict(newer);
            }
        }

        await LoadRestAsync();
    }

    internal override string SayTheirs(ConflictField field) => Say(field.Field, field.Theirs, _theirs!.Values);

    internal override string SayMine(ConflictField field) => Say(field.Field, field.Mine, Edit.Model);

    internal override void CompareWithNewer()
    {
        Compare(Edit.Newer!);
        StateHasChanged();
    }

    internal override void CancelConflict()
    {
        Edit.Take(_theirs!);
        Conflicts = [];
        StateHasChanged();
    }

    internal override async Task ResolveAsync(IReadOnlySet<string> keepMine)
    {
        Edit.Resolve(_theirs!, keepMine);
        Conflicts = [];
        await OnModelChangedAsync(null);
        var work = Edit.IsDirty ? SubmitAsync() : ForgetDraftAsync();
        StateHasChanged();
        await work;
        StateHasChanged();
    }

    private void Compare(TStored theirs)
    {
        ShowConflict(theirs);
        _focus = ("notify.focus", ConflictPanel.TitleId);
    }

    private void ShowConflict(TStored theirs) =>
        (_theirs, Conflicts) = (theirs, Table.Compare(Edit.Original!, theirs, Edit.Model));
}
