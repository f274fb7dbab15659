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
        else
        {
            await TakeAsync(current);
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
        var decided = Conflicts;
        ShowConflict(_theirs!);
        if (!Conflicts.SequenceEqual(decided))
        {
            // Something was typed that has not been in sight yet.
            StateHasChanged();
            return;
        }

        Edit.Resolve(_theirs!, keepMine);
        Conflicts = [];
        await OnModelChangedAsync(null);
        var work = Edit.IsDirty ? SubmitAsync() : ForgetDraftAsync();
        StateHasChanged();
        await work;
        StateHasChanged();
    }

    private async Task TakeAsync(TStored current)
    {
        if (Edit.Take(current))
        {
            _messages.Clear();
            Notice = new FormNotice(
                Tone.Info, Words["Notice.Refreshed", current.ChangedBy ?? F["Somebody"]], F["Refreshed.Text"], current.ChangedAt);
            await OnModelChangedAsync(null);
        }
        else if (Edit.Newer is not null)
        {
            Notice = null;
        }

        if (Conflicts.Count > 0)
        {
            ShowConflict(Edit.Newer ?? Edit.Original!);
        }
    }

    // The fields stay open beside an open conflict: what is typed meanwhile is decided about too, or has ended the question.
    private async Task CompareAgainAsync()
    {
        if (Conflicts.Count == 0)
        {
            return;
        }

        if (Edit.Take(_theirs!))
        {
            await OnModelChangedAsync(null);
        }

        ShowConflict(_theirs!);
    }

    private void Compare(TStored theirs)
    {
        ShowConflict(theirs);
        _focus = ("notify.focus", ConflictPanel.TitleId);
    }

    private void ShowConflict(TStored theirs) =>
        (_theirs, Conflicts) = (theirs, Table.Compare(Edit.Original!, theirs, Edit.Model));
}
