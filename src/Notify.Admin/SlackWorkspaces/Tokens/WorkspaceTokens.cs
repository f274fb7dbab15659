using Notify.Admin.Data;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Gives out the tokens of workspaces, at use. Ask again before each call: a configuration token is exchanged while work goes
/// on.</summary>
internal sealed class WorkspaceTokens(SlackWorkspaceStore store, TokenRotator rotator, SecretProtector protector, TimeProvider time)
{
    // What is left of a token's life when whoever uses it renews it first. The background renews hours before.
    private static readonly TimeSpan NearEnd = TimeSpan.FromMinutes(5);

    /// <summary>The bot token: posting, channels, people.</summary>
    public async Task<WorkspaceToken> BotTokenAsync(int workspaceId, CancellationToken cancellationToken) =>
        await store.FindAsync(workspaceId, cancellationToken) is { } workspace
            ? Read(workspace.BotToken)
            : WorkspaceToken.Refused(WorkspaceTokenRefusal.WorkspaceGone);

    /// <summary>The app configuration token: access lists. Renewed first when it is near its end.</summary>
    public async Task<WorkspaceToken> ConfigTokenAsync(int workspaceId, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(workspaceId, cancellationToken) is not { } workspace)
        {
            return WorkspaceToken.Refused(WorkspaceTokenRefusal.WorkspaceGone);
        }

        if (workspace.MayRotate() && !Lives(workspace, NearEnd))
        {
            await rotator.RotateAsync(workspace, cancellationToken);
            workspace = await store.FindAsync(workspaceId, cancellationToken);
        }

        return workspace switch
        {
            null => WorkspaceToken.Refused(WorkspaceTokenRefusal.WorkspaceGone),
            { ConfigToken: null } => WorkspaceToken.Refused(WorkspaceTokenRefusal.NoneSet),

            // A pair that cannot be renewed is good until it ends. Where Slack never said when, only Slack can tell.
            _ when Lives(workspace, TimeSpan.Zero)
                || (workspace is { ConfigEndsAt: null, RefreshToken: null, PairState: TokenPairState.Ok }) => Read(workspace.ConfigToken),
            { PairState: TokenPairState.NeedsNewPair } => WorkspaceToken.Refused(WorkspaceTokenRefusal.NeedsNewPair, workspace.PairReason),
            { RefreshToken: null } => WorkspaceToken.Refused(WorkspaceTokenRefusal.NeedsNewPair, PairReasons.Ended),
            _ => WorkspaceToken.Refused(WorkspaceTokenRefusal.TryLater, workspace.RotationCode, workspace.RotationRetryAt),
        };
    }

    /// <summary>Slack has refused a configuration token that this gave out (<c>token_expired</c>, <c>token_revoked</c>,
    /// <c>invalid_auth</c>…). It counts as ended from now on: it is renewed, or a new pair is asked for.</summary>
    /// <returns>True when another token can be had by asking again.</returns>
    public async Task<bool> ReportRefusedAsync(int workspaceId, string token, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await store.ChangeAsync(
            workspaceId,
            (row, _) =>
            {
                if (row is not { PairState: TokenPairState.Ok, ConfigToken: { } stored } || !IsSame(stored, token))
                {
                    return false;
                }

                row.ConfigEndsAt = now;
                if (row.RefreshToken is null)
                {
                    (row.PairState, row.PairReason) = (TokenPairState.NeedsNewPair, code);
                }

                return true;
            },
            null,
            cancellationToken);
        return await ConfigTokenAsync(workspaceId, cancellationToken) is { Ok: true } other && other.Value != token;
    }

    private bool Lives(SlackWorkspace workspace, TimeSpan atLeast) => workspace.ConfigEndsAt is { } end && end - time.GetUtcNow() > atLeast;

    private bool IsSame(ProtectedString stored, string token) => Read(stored).Value == token;

    private WorkspaceToken Read(ProtectedString stored)
    {
        try
        {
            return WorkspaceToken.Of(protector.Unprotect(stored));
        }
        catch (SecretUnreadableException)
        {
            return WorkspaceToken.Refused(WorkspaceTokenRefusal.Unreadable);
        }
    }
}
