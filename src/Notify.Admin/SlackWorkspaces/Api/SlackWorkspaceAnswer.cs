using System.Text.Json.Serialization;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>The answer of <c>GET /api/slack-workspaces</c>.</summary>
public sealed record SlackWorkspacesAnswer([property: JsonPropertyName("items")] IReadOnlyList<SlackWorkspaceAnswer> Items);

/// <summary>One connection. Tokens show their last four characters.</summary>
/// <param name="Scopes">Of the bot token; null where Slack did not say.</param>
/// <param name="MissingScopes">Those that the product uses and the bot token lacks.</param>
/// <param name="AppTokenLastFour">Of the app-level token, for buttons in messages; null where there is none.</param>
/// <param name="CheckCode">The code of the last <c>auth.test</c>: <c>ok</c>, or what the bot token was refused with.</param>
public sealed record SlackWorkspaceAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("team_id")] string? TeamId,
    [property: JsonPropertyName("team")] string? Team,
    [property: JsonPropertyName("url")] string? Url,
    [property: JsonPropertyName("enterprise_id")] string? EnterpriseId,
    [property: JsonPropertyName("is_enterprise_install")] bool IsEnterpriseInstall,
    [property: JsonPropertyName("user_id")] string? UserId,
    [property: JsonPropertyName("bot_token_last_four")] string BotTokenLastFour,
    [property: JsonPropertyName("scopes")] IReadOnlyList<string>? Scopes,
    [property: JsonPropertyName("missing_scopes")] IReadOnlyList<string> MissingScopes,
    [property: JsonPropertyName("check_code")] string? CheckCode,
    [property: JsonPropertyName("checked_at")] DateTimeOffset? CheckedAt,
    [property: JsonPropertyName("config_token")] ConfigTokenAnswer ConfigToken,
    [property: JsonPropertyName("app_token_last_four")] string? AppTokenLastFour,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("changed_at")] DateTimeOffset ChangedAt,
    [property: JsonPropertyName("changed_by")] string? ChangedBy)
{
    public static SlackWorkspaceAnswer Of(SlackWorkspaceView workspace) => new(
        workspace.Id,
        workspace.Name,
        workspace.Identity.TeamId,
        workspace.Identity.TeamName,
        workspace.Identity.Url,
        workspace.Identity.EnterpriseId,
        workspace.Identity.IsEnterpriseInstall,
        workspace.Identity.UserId,
        workspace.BotTokenLastFour,
        workspace.Scopes,
        [.. WorkspaceScopes.Missing(WorkspaceScopes.Bot, workspace.Scopes).Select(use => use.Scope)],
        workspace.CheckCode,
        workspace.CheckedAt,
        ConfigTokenAnswer.Of(workspace.Pair),
        workspace.AppTokenLastFour,
        workspace.CreatedAt,
        workspace.ChangedAt,
        workspace.ChangedBy);
}

/// <summary>The app configuration token.</summary>
/// <param name="State"><c>none</c>, <c>ok</c> or <c>needs_new_pair</c>.</param>
/// <param name="Reason">With <c>needs_new_pair</c>: Slack's code, <c>rotation_interrupted</c> or <c>config_token_ended</c>.</param>
/// <param name="EndsAt">Renewed before then where there is a refresh token.</param>
/// <param name="UserId">Whom it acts for.</param>
/// <param name="RetryCode">Why the last try to renew it failed; it is tried again.</param>
public sealed record ConfigTokenAnswer(
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("last_four")] string? LastFour,
    [property: JsonPropertyName("refresh_token_last_four")] string? RefreshTokenLastFour,
    [property: JsonPropertyName("ends_at")] DateTimeOffset? EndsAt,
    [property: JsonPropertyName("user_id")] string? UserId,
    [property: JsonPropertyName("retry_code")] string? RetryCode,
    [property: JsonPropertyName("retry_at")] DateTimeOffset? RetryAt)
{
    public static ConfigTokenAnswer Of(TokenPairView pair) => new(
        pair.State switch
        {
            TokenPairState.None => "none",
            TokenPairState.Ok => "ok",
            TokenPairState.NeedsNewPair => "needs_new_pair",
        },
        pair.Reason,
        pair.ConfigTokenLastFour,
        pair.RefreshTokenLastFour,
        pair.EndsAt,
        pair.UserId,
        pair.RetryCode,
        pair.RetryAt);
}
