using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Workspaces whose app configuration token cannot be renewed any more, and those that Socket Mode does not connect.</summary>
internal sealed class WorkspaceAttention(
    SlackWorkspaceStore store, SocketStore sockets, IStringLocalizer<SlackWorkspaceText> texts, IStringLocalizer<SlackText> codes)
    : IAttentionSource
{
    public async Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await store.ListAsync(cancellationToken))
            .Where(workspace => workspace.PairState == TokenPairState.NeedsNewPair)
            .Select(workspace => new Attention(
                texts["Attention.NewPair", workspace.Name],
                texts["Attention.NewPair.Text"],
                workspace.PairReason,
                $"slack/workspaces/{workspace.Id}",
                workspace.ConfigEndsAt,
                IsUrgent: true)),
        .. (await sockets.ListWantedAsync(cancellationToken))
            .Where(found => SocketHealthCheck.IsUnwell(found.Link))
            .Select(found => new Attention(
                texts["Attention.Socket", found.Workspace],
                $"{SocketCodes.Explain(texts, codes, found.Link.Code ?? "", found.Link.Detail)} {texts["Attention.Socket.Text"]}",
                found.Link.Code,
                $"slack/workspaces/{found.Link.WorkspaceId}",
                found.Link.Since,
                IsUrgent: found.Link.State == SocketState.Refused)),
    ];
}
