namespace Notify.Admin.Slack;

/// <summary>What came of saving a form. Exactly one of the cases below.</summary>
internal abstract record SlackSaveResult
{
    private SlackSaveResult()
    {
    }

    /// <summary>It is stored; also where nothing had to change.</summary>
    public sealed record Saved(SlackIntegrationView Integration) : SlackSaveResult;

    public sealed record Invalid(IReadOnlyList<FieldRefusal> Refusals) : SlackSaveResult;

    /// <summary>Somebody else saved since the form was filled, and saving would overwrite it.</summary>
    public sealed record Conflict(SlackIntegrationView Theirs) : SlackSaveResult;

    /// <summary>Somebody has deleted it.</summary>
    public sealed record Gone : SlackSaveResult;
}
