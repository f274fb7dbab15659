using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Workspaces, as Slack integrations use them.</summary>
internal sealed class WorkspaceConnections(SlackWorkspaceStore store) : ISlackConnections
{
    public async Task<IReadOnlyList<SlackConnection>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(cancellationToken)).Select(ToConnection)];

    public async Task<SlackConnection?> FindAsync(int id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } workspace ? ToConnection(workspace) : null;

    private static SlackConnection ToConnection(SlackWorkspace workspace) =>
        new(workspace.Id, workspace.Name, workspace.TeamName, workspace.BotToken, workspace.BotTokenVersion,
            workspace.AppToken is not null);
}
