namespace Notify.Admin.Slack;

/// <summary>An open form: what it started from, what has been typed, and what others have saved meanwhile.</summary>
internal sealed class SlackIntegrationEdit
{
    public SlackIntegrationEdit(SlackIntegrationView? original, SlackIntegrationFormModel? typed = null)
    {
        Original = original;
        Model = typed ?? Baseline.Copy();
    }

    /// <summary>What the form started from; null for a new integration.</summary>
    public SlackIntegrationView? Original { get; private set; }

    public SlackIntegrationFormModel Model { get; private set; }

    /// <summary>What somebody else has saved while this form had unsaved changes; null when nobody has.</summary>
    public SlackIntegrationView? Newer { get; private set; }

    public bool IsDirty => CountChanges() > 0;

    private SlackIntegrationFormModel Baseline => Original?.Values ?? SlackIntegrationFormModel.CreateNew();

    /// <summary>How many fields differ from what the form started from.</summary>
    public int CountChanges() => SlackFormField.All.Count(field => field.Differs(Model, Baseline)) + (Model.HasToken ? 1 : 0);

    /// <summary>Where a test goes is what is saved.</summary>
    public bool TestsWhatIsSaved => Original is not null && !Model.HasToken && Model.WorkspaceId == Original.Values.WorkspaceId
        && Model.ChannelId.Trim() == Original.Values.ChannelId;

    /// <summary>Somebody's save was announced.</summary>
    /// <returns>True when the form now shows <paramref name="current"/>; false when it keeps what was typed, or has it already.</returns>
    public bool Take(SlackIntegrationView current)
    {
        if (Original is null || current.Version <= Original.Version)
        {
            return false;
        }

        if (!IsDirty)
        {
            StartFrom(current);
            return true;
        }

        if (SlackConflict.Compare(Original, current, Model).Count > 0)
        {
            Newer = current;
        }
        else
        {
            (Original, Newer) = (current, null);
        }

        return false;
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
        Original = Newer ?? Original;
        Newer = null;
        Model = Baseline.Copy();
    }

    public void StartFrom(SlackIntegrationView saved)
    {
        Original = saved;
        Newer = null;
        Model = saved.Values.Copy();
    }

    /// <summary>Goes on from <paramref name="theirs"/> with the chosen values of the fields that differ.</summary>
    /// <param name="keepMine">The names of the fields whose typed value stays.</param>
    public void Resolve(SlackIntegrationView theirs, IReadOnlySet<string> keepMine)
    {
        var merged = theirs.Values.Copy();
        foreach (var field in SlackFormField.All.Where(field => keepMine.Contains(field.Name)))
        {
            field.Copy(Model, merged);
        }

        merged.Token = keepMine.Contains(SlackFormField.Token) ? Model.Token : null;
        Original = theirs;
        Newer = null;
        Model = merged;
    }
}
