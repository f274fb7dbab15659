namespace Notify.Admin.SlackWorkspaces;

/// <summary>A feature whose things stand on a workspace. A workspace in use is not deleted; the refusal names them.</summary>
internal interface IWorkspaceUser
{
    /// <summary>What uses it, by name.</summary>
    Task<IReadOnlyList<WorkspaceUse>> ListUsesAsync(int workspaceId, CancellationToken cancellationToken);

    /// <summary>The workspace has another bot token: what was found out with the old one may not hold any more.</summary>
    Task OnBotTokenReplacedAsync(int workspaceId, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>One thing that uses a workspace.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Href">Its page, without a leading slash.</param>
public sealed record WorkspaceUse(WorkspaceUseKind Kind, string Name, string Href);

public enum WorkspaceUseKind
{
    SlackIntegration,
    FunctionAccessList,
}
