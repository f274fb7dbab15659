using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Asks Slack who typed tokens are, before they are stored.</summary>
internal sealed class TokenCheck(SlackClient client, SecretProtector protector, TimeProvider time)
{
    /// <summary>The team of the two tokens differs; ours.</summary>
    public const string OtherWorkspace = "other_workspace";

    /// <summary>Asks about the bot token with <c>auth.test</c>.</summary>
    public Task<SlackAnswer<SlackIdentity>> AskAsync(string botToken, CancellationToken cancellationToken) =>
        client.TestAuthAsync(botToken, cancellationToken);

    /// <summary>Takes over what is typed into <paramref name="workspace"/>, token by token.</summary>
    /// <returns>Null, or why nothing may be stored.</returns>
    public async Task<VendorRefusal?> TakeAsync(SlackWorkspace workspace, SlackWorkspaceFormModel typed,
        CancellationToken cancellationToken)
    {
        if (typed.HasBotToken)
        {
            var answer = await AskAsync(typed.BotToken!.Trim(), cancellationToken);
            if (!answer.Ok)
            {
                return Refuse(nameof(typed.BotToken), answer);
            }

            Apply(workspace, answer, time.GetUtcNow());
        }

        return typed.HasConfigToken ? await TakePairAsync(workspace, typed, cancellationToken) : null;
    }

    /// <summary>Takes them over as they are: Slack is asked about the bot token soon after (<see cref="WorkspaceKeeper"/>), and a pair with
    /// a refresh token is renewed at once, since nobody knows when it ends.</summary>
    public void TakeUnasked(SlackWorkspace workspace, SlackWorkspaceFormModel typed)
    {
        if (typed.HasBotToken)
        {
            (workspace.CheckCode, workspace.CheckedAt) = (null, null);
        }

        if (typed.HasConfigToken)
        {
            workspace.ReplacePair(
                protector.Protect(typed.ConfigToken!.Trim()),
                typed.HasRefreshToken ? protector.Protect(typed.RefreshToken!.Trim()) : null, null, time.GetUtcNow());
            (workspace.ConfigUserId, workspace.ConfigUserName, workspace.ConfigScopes) = (null, null, null);
        }
    }

    /// <summary>What <c>auth.test</c> says of the bot token.</summary>
    public static void Apply(SlackWorkspace workspace, SlackAnswer<SlackIdentity> answer, DateTimeOffset now)
    {
        (workspace.CheckCode, workspace.CheckedAt) = (answer.Code, now);
        if (answer.Value is not { } who)
        {
            return;
        }

        (workspace.TeamId, workspace.TeamName, workspace.Url) = 
            (ForeignText.Id(who.TeamId, 64), who.Team, ForeignText.Id(who.Url, 512));
        (workspace.EnterpriseId, workspace.IsEnterpriseInstall) = (ForeignText.Id(who.EnterpriseId, 64), who.IsEnterpriseInstall);
        (workspace.BotUserId, workspace.BotUserName) = (ForeignText.Id(who.UserId, 64), who.User);
        workspace.Scopes = Join(answer.Scopes);
    }

    private async Task<VendorRefusal?> TakePairAsync(SlackWorkspace workspace, SlackWorkspaceFormModel typed,
        CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var answer = await AskAsync(typed.ConfigToken!.Trim(), cancellationToken);

        // An ended token is as good as a new one when its refresh token is there; and Slack need not let such tokens ask who they are.
        var isEnded = answer.Code == "token_expired" && typed.HasRefreshToken;
        if (!answer.Ok && !isEnded && answer.Code != "not_allowed_token_type")
        {
            return Refuse(nameof(typed.ConfigToken), answer);
        }

        if (answer.Value is { } who && !IsSameWorkspace(workspace, who))
        {
            return new VendorRefusal(nameof(typed.ConfigToken), OtherWorkspace, who.Team, Passes: false, null);
        }

        workspace.ReplacePair(
            protector.Protect(typed.ConfigToken!.Trim()),
            typed.HasRefreshToken ? protector.Protect(typed.RefreshToken!.Trim()) : null,
            isEnded ? asked : asked + answer.Value?.ExpiresIn,
            asked);
        (workspace.ConfigUserId, workspace.ConfigUserName) = 
            (ForeignText.Id(answer.Value?.UserId, 64), answer.Value?.User);
        workspace.ConfigScopes = Join(answer.Scopes);
        return null;
    }

    private static bool IsSameWorkspace(SlackWorkspace workspace, SlackIdentity who) =>
        workspace.TeamId is null || who.TeamId is null || workspace.IsEnterpriseInstall || who.IsEnterpriseInstall
            || workspace.TeamId == who.TeamId;

    private static VendorRefusal Refuse<T>(string field, SlackAnswer<T> answer)
        where T : class =>
        new(field, answer.Code, answer.Detail, SlackErrors.Judge(answer.Code) is { IsKnown: true, Kind: FailureKind.Transient },
            answer.RetryAfter);

    private static string? Join(IReadOnlyList<string>? scopes) => scopes is null ? null : string.Join(' ', scopes);
}
