using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Workspaces whose app configuration token cannot be renewed any more.</summary>
internal sealed class WorkspaceAttention(SlackWorkspaceStore store, IStringLocalizer<SlackWorkspaceText> texts) : IAttentionSource
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
    ];
}
