namespace Notify.Admin.SlackWorkspaces;

/// <summary>A workspace at Slack that a bot token reaches (<c>auth.teams.list</c>).</summary>
public sealed class SlackTeam
{
    public int WorkspaceId { get; init; }

    /// <summary>Slack's id (<c>T…</c>).</summary>
    public required string TeamId { get; init; }

    public required string Name { get; set; }

    /// <summary>The reading that last saw it.</summary>
    public int Reading { get; set; }
}
