namespace Notify.Admin.LiveForms;

/// <summary>An open form: what it started from, what has been typed, and what others have saved meanwhile.</summary>
/// <param name="original">Null for a new thing.</param>
/// <param name="blank">What a new one starts with.</param>
/// <param name="typed">What was typed before; null where nothing was.</param>
public class LiveEdit<TStored, TModel>(FormTable<TStored, TModel> table, TStored? original, TModel blank, TModel? typed = null)
    where TStored : class, IStored<TModel>
    where TModel : class, IFormModel<TModel>
{
    /// <summary>What the form started from; null for a new thing.</summary>
    public TStored? Original { get; private set; } = original;

    public TModel Model { get; private set; } = typed ?? (original?.Values ?? blank).Copy();

    /// <summary>What somebody else has saved that would be overwritten; null when nobody has.</summary>
    public TStored? Newer { get; private set; }

    public bool IsDirty => CountChanges() > 0;

    /// <summary>Where a test goes, and how it looks there, is what is saved.</summary>
    public bool TestsWhatIsSaved => Original is not null && table.IsTestedAs(Original.Values, Model);

    private TModel Baseline => Original?.Values ?? blank;

    /// <summary>How many fields differ from what the form started from.</summary>
    public int CountChanges() => table.CountChanges(Model, Baseline);

    /// <summary>A field differs from what the form started from, or a secret was typed.</summary>
    /// <param name="field">The model's property.</param>
    public bool IsChanged(string field) => table.ListChanges(Model, Baseline).Contains(field);

    /// <summary>What to keep between two visits; null without changes.</summary>
    public LiveDraft<TStored, TModel>? ToDraft() => IsDirty ? new(Original, Model.Copy(), table.HasSecret(Model)) : null;

    /// <summary>Something was announced about what is stored: a save, or what a program found out.</summary>
    /// <returns>True when the form now shows another person's save; false when it keeps what was typed, or has it already.</returns>
    public bool Take(TStored current)
    {
        if (Original is null || current.Version < Original.Version)
        {
            return false;
        }

        if (current.Version == Original.Version)
        {
            Original = current;
            return false;
        }

        if (!IsDirty)
        {
            StartFrom(current);
            return true;
        }

        if (table.Compare(Original, current, Model).Count > 0)
        {
            Newer = current;
            return false;
        }

        table.TakeUntouched(Original.Values, current.Values, Model);
        (Original, Newer) = (current, null);
        return table.MergesUntouched;
    }

    /// <summary>Something was typed: when it undid the last change, what others saved meanwhile is shown.</summary>
    public void Settle()
    {
        if (Newer is not null && !IsDirty)
        {
            StartFrom(Newer);
        }
    }

    /// <summary>Forgets what was typed and shows what is stored.</summary>
    public void Discard()
    {
        (Original, Newer) = (Newer ?? Original, null);
        Model = Baseline.Copy();
    }

    public void StartFrom(TStored saved)
    {
        (Original, Newer) = (saved, null);
        Model = saved.Values.Copy();
    }

    /// <summary>Goes on from <paramref name="theirs"/> with the chosen values of the fields that differ.</summary>
    /// <param name="keepMine">The names of the fields whose typed value stays.</param>
    public void Resolve(TStored theirs, IReadOnlySet<string> keepMine)
    {
        (Original, Newer) = (theirs, null);
        Model = table.Merge(theirs, Model, keepMine);
    }
}

/// <summary>What an open form holds, as it is kept between two visits; secrets are not.</summary>
/// <param name="Original">What the form was filled from, so that what others saved meanwhile can be told apart.</param>
/// <param name="HadSecret">A secret was typed, which is not kept.</param>
public sealed record LiveDraft<TStored, TModel>(TStored? Original, TModel Typed, bool HadSecret)
    where TStored : class;
