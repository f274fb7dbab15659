using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Slack integrations that post with a workspace's token.</summary>
internal sealed class SlackIntegrationUses(SlackIntegrationStore integrations) : IWorkspaceUser
{
    public async Task<IReadOnlyList<WorkspaceUse>> ListUsesAsync(int workspaceId, CancellationToken cancellationToken) =>
    [
        .. (await integrations.ListAsync(cancellationToken))
            .Where(integration => integration.WorkspaceId == workspaceId)
            .Select(integration => new WorkspaceUse(
                WorkspaceUseKind.SlackIntegration, integration.Name,
                ChannelLinks.ToForm(new ChannelKey(ChannelKind.Slack, integration.Id)))),
    ];
}
