using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Slack integrations that post with a workspace's token.</summary>
internal sealed class SlackIntegrationUses(SlackIntegrationStore integrations, IDeliveryDesk desk) : IWorkspaceUser
{
    public async Task<IReadOnlyList<WorkspaceUse>> ListUsesAsync(int workspaceId, CancellationToken cancellationToken) =>
    [
        .. (await ListAsync(workspaceId, cancellationToken)).Select(integration => new WorkspaceUse(
            WorkspaceUseKind.SlackIntegration, integration.Name, ChannelLinks.ToForm(new ChannelKey(ChannelKind.Slack, integration.Id)))),
    ];

    public async Task OnBotTokenReplacedAsync(int workspaceId, CancellationToken cancellationToken)
    {
        foreach (var integration in await ListAsync(workspaceId, cancellationToken))
        {
            await desk.ForgetTestAsync(new ChannelKey(ChannelKind.Slack, integration.Id));
        }
    }

    private async Task<IReadOnlyList<SlackIntegration>> ListAsync(int workspaceId, CancellationToken cancellationToken) =>
        [.. (await integrations.ListAsync(cancellationToken)).Where(integration => integration.WorkspaceId == workspaceId)];
}
