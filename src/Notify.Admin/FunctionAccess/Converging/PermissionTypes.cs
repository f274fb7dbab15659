namespace Notify.Admin.FunctionAccess;

/// <summary>Slack's values of <c>permission_type</c>. A value that is none of these is kept and shown as it came.</summary>
public static class PermissionTypes
{
    /// <summary>The app's owners and reader collaborators; what a new function has.</summary>
    public const string AppCollaborators = "app_collaborators";

    /// <summary>Everyone in the workspace; for an app of an organisation, in every workspace it was granted to.</summary>
    public const string Everyone = "everyone";

    /// <summary>Only the listed people, workspaces and organisations. Collaborators have access only if they are listed.</summary>
    public const string NamedEntities = "named_entities";

    /// <summary>In Slack's list, but undocumented and refused by Slack's own command line: shown, never set.</summary>
    public const string System = "system";

    /// <summary>Those that can be set, widest last.</summary>
    public static readonly IReadOnlyList<string> Settable = [NamedEntities, AppCollaborators, Everyone];

    public static readonly IReadOnlyList<string> All = [NamedEntities, AppCollaborators, Everyone, System];

    public static bool IsSettable(string? type) => type is AppCollaborators or Everyone or NamedEntities;
}
