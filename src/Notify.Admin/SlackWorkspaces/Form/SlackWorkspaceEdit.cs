namespace Notify.Admin.SlackWorkspaces;

/// <summary>An open form: what it started from, what has been typed, and what others have saved meanwhile.</summary>
internal sealed class SlackWorkspaceEdit
{
    public SlackWorkspaceEdit(SlackWorkspaceView? original, SlackWorkspaceFormModel? typed = null)
    {
        Original = original;
        Model = typed ?? Baseline();
    }

    /// <summary>What the form started from; null for a new workspace.</summary>
    public SlackWorkspaceView? Original { get; private set; }

    public SlackWorkspaceFormModel Model { get; private set; }

    /// <summary>What somebody else has saved that would be overwritten; null when nobody has.</summary>
    public SlackWorkspaceView? Newer { get; private set; }

    public bool IsDirty => CountChanges() > 0;

    private bool IsRenamed => Model.Name.Trim() != (Original?.Name ?? "");

    /// <summary>How many fields differ from what the form started from.</summary>
    public int CountChanges() =>
        (IsRenamed ? 1 : 0) + (Model.HasBotToken ? 1 : 0) + (Model.HasConfigToken ? 1 : 0) + (Model.HasRefreshToken ? 1 : 0);

    /// <summary>A save, a check or a renewal was announced.</summary>
    /// <returns>True when the form now shows another person's save.</returns>
    public bool Take(SlackWorkspaceView current)
    {
        if (Original is null)
        {
            return false;
        }

        if (current.Version == Original.Version || !SlackWorkspaceConflict.IsConflict(Original, current, Model))
        {
            var isOthers = current.Version > Original.Version;
            if (!IsRenamed)
            {
                Model.Name = current.Name;
            }

            (Original, Newer) = (current, null);
            return isOthers;
        }

        Newer = current;
        return false;
    }

    /// <summary>Forgets what was typed and shows what is stored.</summary>
    public void Discard() => StartFrom(Newer ?? Original);

    public void StartFrom(SlackWorkspaceView? saved)
    {
        (Original, Newer) = (saved, null);
        Model = Baseline();
    }

    /// <summary>Goes on from <paramref name="theirs"/> with the chosen values of the fields that differ.</summary>
    /// <param name="keepMine">The names of the fields whose typed value stays.</param>
    public void Resolve(SlackWorkspaceView theirs, IReadOnlySet<string> keepMine)
    {
        var mine = Model;
        StartFrom(theirs);
        Model.Name = keepMine.Contains(nameof(mine.Name)) ? mine.Name : theirs.Name;
        Model.BotToken = keepMine.Contains(nameof(mine.BotToken)) ? mine.BotToken : null;
        (Model.ConfigToken, Model.RefreshToken) = keepMine.Contains(nameof(mine.ConfigToken))
            ? (mine.ConfigToken, mine.RefreshToken) : (null, null);
    }

    private SlackWorkspaceFormModel Baseline() => new() { Name = Original?.Name ?? "" };
}

/// <summary>What an open form holds, as it is kept between two visits; tokens are not.</summary>
internal sealed record SlackWorkspaceDraft(SlackWorkspaceView? Original, SlackWorkspaceFormModel Typed, bool HadToken)
{
    /// <summary>What <paramref name="edit"/> holds; null without changes.</summary>
    public static SlackWorkspaceDraft? Of(SlackWorkspaceEdit edit) =>
        edit.IsDirty ? new(edit.Original, edit.Model.Copy(), edit.Model.HasTokens) : null;

    public static string KeyOf(int? workspaceId) => workspaceId is { } id ? $"slack-workspace/{id}" : "slack-workspace/new";
}
