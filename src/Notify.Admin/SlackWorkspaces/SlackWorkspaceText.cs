namespace Notify.Admin.SlackWorkspaces;

/// <summary>Names the texts of this feature.</summary>
public sealed class SlackWorkspaceText;
