using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

/// <summary>The app configuration token of a workspace for each call, and whose it is.</summary>
internal sealed class AccessTokens(WorkspaceTokens tokens, SlackWorkspaceStore workspaces)
{
    public async Task<(string? Token, string? Refusal)> GetAsync(int workspaceId, CancellationToken cancellationToken)
    {
        var token = await tokens.ConfigTokenAsync(workspaceId, cancellationToken);
        return token.Ok ? (token.Value, null) : (null, token.Refusal switch
        {
            WorkspaceTokenRefusal.Unreadable => Slack.SlackErrors.TokenUnreadable,
            WorkspaceTokenRefusal.TryLater => "token_expired",
            _ => AccessErrors.NoConfigurationToken,
        });
    }

    public Task<bool> RefusedAsync(int workspaceId, string token, string code, CancellationToken cancellationToken) =>
        tokens.ReportRefusedAsync(workspaceId, token, code, cancellationToken);

    /// <summary>Whom the calls are made for; null where Slack did not say.</summary>
    public async Task<string?> OwnUserAsync(int workspaceId, CancellationToken cancellationToken) =>
        (await workspaces.FindAsync(workspaceId, cancellationToken))?.ConfigUserId;

    /// <summary>A job that calls with this workspace's token.</summary>
    public AccessJob JobOf(int workspaceId, FunctionName function, AccessList wanted) => new()
    {
        WorkspaceId = workspaceId,
        Function = function,
        Wanted = wanted,
        TokenAsync = cancellation => GetAsync(workspaceId, cancellation),
        TokenRefusedAsync = (token, code, cancellation) => RefusedAsync(workspaceId, token, code, cancellation),
    };
}
