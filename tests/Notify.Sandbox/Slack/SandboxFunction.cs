namespace Notify.Sandbox.Slack;

/// <summary>A custom Slack function and who may add it to a workflow.</summary>
public sealed record SandboxFunction
{
    internal const string AppCollaborators = "app_collaborators";
    internal const string Everyone = "everyone";
    internal const string NamedEntities = "named_entities";
    internal const string System = "system";

    /// <summary><c>Fn…</c>, with a small n.</summary>
    public string Id { get; init; } = "";
    public string CallbackId { get; init; } = "";
    public string AppId { get; init; } = SlackSeeds.AppId;
    public string Title { get; init; } = "";

    /// <summary><c>app_collaborators</c>, <c>everyone</c>, <c>named_entities</c> or <c>system</c>.</summary>
    public string PermissionType { get; init; } = AppCollaborators;

    /// <summary>Who built the app; listed while the type is <c>app_collaborators</c>.</summary>
    public IReadOnlyList<string> Collaborators { get; init; } = [];

    public IReadOnlyList<string> UserIds { get; init; } = [];
    public IReadOnlyList<string> TeamIds { get; init; } = [];
    public IReadOnlyList<string> OrgIds { get; init; } = [];

    /// <summary>Users who may see and change this list; null is everyone with a fitting token, others get <c>access_denied</c>.</summary>
    public IReadOnlyList<string>? Managers { get; init; }

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => this switch
    {
        { Id: "" } => "id: is required.",
        _ when !Id.StartsWith("Fn", StringComparison.Ordinal) => $"id: '{Id}' is not a function id (Fn, then capitals and digits).",
        { CallbackId: "" } => "callbackId: is required.",
        { PermissionType: not (AppCollaborators or Everyone or NamedEntities or System) } =>
            $"permissionType: '{PermissionType}' is not one of {AppCollaborators}, {Everyone}, {NamedEntities}, {System}.",
        { PermissionType: not NamedEntities } when UserIds.Count + TeamIds.Count + OrgIds.Count > 0 =>
            $"userIds, teamIds, orgIds: only with permissionType '{NamedEntities}'.",
        _ => null,
    };
}
