using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

/// <summary>A workspace with managed functions is not deleted.</summary>
internal sealed class FunctionsOfWorkspace(FunctionAccessStore store) : IWorkspaceUser
{
    public async Task<IReadOnlyList<WorkspaceUse>> ListUsesAsync(int workspaceId, CancellationToken cancellationToken) =>
    [
        .. (await store.ListNamesAsync(workspaceId, cancellationToken))
            .Select(function => new WorkspaceUse(WorkspaceUseKind.FunctionAccessList, function.Name, $"slack/functions/{function.Id}")),
    ];
}
