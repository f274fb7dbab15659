using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>What came of saving a workspace. Exactly one of the cases below.</summary>
internal abstract record SlackWorkspaceSaveResult
{
    private SlackWorkspaceSaveResult()
    {
    }

    /// <summary>It is stored; also where nothing had to change.</summary>
    public sealed record Saved(SlackWorkspaceView Workspace) : SlackWorkspaceSaveResult;

    public sealed record Invalid(IReadOnlyList<FieldRefusal> Refusals) : SlackWorkspaceSaveResult;

    /// <summary>Slack did not accept a token, or could not be asked; nothing was stored.</summary>
    public sealed record Refused(TokenRefusal Refusal) : SlackWorkspaceSaveResult;

    /// <summary>Somebody else saved since the form was filled, and saving would overwrite it.</summary>
    public sealed record Conflict(SlackWorkspaceView Theirs) : SlackWorkspaceSaveResult;

    /// <summary>Somebody has deleted it.</summary>
    public sealed record Gone : SlackWorkspaceSaveResult;
}

/// <summary>Why a typed token is not stored.</summary>
/// <param name="Field">The form model's property.</param>
/// <param name="Code">Slack's code, or one of ours for transport trouble.</param>
/// <param name="Passes">Slack could not be asked: the same may be accepted later.</param>
internal sealed record TokenRefusal(string Field, string Code, string? Detail, bool Passes, TimeSpan? RetryAfter);
