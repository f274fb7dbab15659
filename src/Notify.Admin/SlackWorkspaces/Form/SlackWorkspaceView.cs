using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>A stored workspace as pages and programs see it, without its tokens.</summary>
/// <param name="BotTokenMark">Tells one stored token from another without saying anything about it.</param>
/// <param name="Scopes">The bot token's; null where Slack did not say.</param>
/// <param name="AppTokenLastFour">Null where there is no app-level token: buttons in messages reach nobody.</param>
/// <param name="CheckCode">Of the last <c>auth.test</c>.</param>
public sealed record SlackWorkspaceView(
    int Id,
    int Version,
    string Name,
    string BotTokenLastFour,
    string BotTokenMark,
    SlackWorkspaceIdentity Identity,
    IReadOnlyList<string>? Scopes,
    string? CheckCode,
    DateTimeOffset? CheckedAt,
    TokenPairView Pair,
    string? AppTokenLastFour,
    string AppTokenMark,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    string? ChangedBy) : IStored<SlackWorkspaceFormModel>
{
    [JsonIgnore]
    public SlackWorkspaceFormModel Values => new() { Name = Name };

    public static SlackWorkspaceView Of(SlackWorkspace workspace) => new(
        workspace.Id,
        workspace.Version,
        workspace.Name,
        workspace.BotToken.LastFour,
        MarkOf(workspace.BotToken),
        new SlackWorkspaceIdentity(
            workspace.TeamId, workspace.TeamName, workspace.Url, workspace.EnterpriseId, workspace.IsEnterpriseInstall,
            workspace.BotUserId, workspace.BotUserName),
        Split(workspace.Scopes),
        workspace.CheckCode,
        workspace.CheckedAt,
        TokenPairView.Of(workspace),
        workspace.AppToken?.LastFour,
        MarkOf(workspace.AppToken),
        workspace.CreatedAt,
        workspace.ChangedAt,
        workspace.ChangedBy);

    internal static IReadOnlyList<string>? Split(string? scopes) => scopes?.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal static string MarkOf(ProtectedString? secret) =>
        secret is null ? "" : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret.Ciphertext)).AsSpan(0, 8));
}

/// <summary>Who the bot token is, as <c>auth.test</c> answered.</summary>
public sealed record SlackWorkspaceIdentity(
    string? TeamId, string? TeamName, string? Url, string? EnterpriseId, bool IsEnterpriseInstall, string? UserId, string? UserName);

/// <summary>The app configuration token and its refresh token.</summary>
/// <param name="Reason">Why a new pair is needed.</param>
/// <param name="EndsAt">When the configuration token ends; null where Slack did not say.</param>
/// <param name="IsRenewing">It is being exchanged at this moment.</param>
/// <param name="RetryCode">What the last try to renew it was stopped by; null after a success.</param>
public sealed record TokenPairView(
    TokenPairState State,
    string? Reason,
    string? ConfigTokenLastFour,
    string? RefreshTokenLastFour,
    string Mark,
    DateTimeOffset? EndsAt,
    string? UserId,
    string? UserName,
    IReadOnlyList<string>? Scopes,
    DateTimeOffset? ChangedAt,
    bool IsRenewing,
    string? RetryCode,
    DateTimeOffset? RetryAt)
{
    internal static TokenPairView Of(SlackWorkspace workspace) => new(
        workspace.PairState,
        workspace.PairReason,
        workspace.ConfigToken?.LastFour,
        workspace.RefreshToken?.LastFour,
        SlackWorkspaceView.MarkOf(workspace.ConfigToken),
        workspace.ConfigEndsAt,
        workspace.ConfigUserId,
        workspace.ConfigUserName,
        SlackWorkspaceView.Split(workspace.ConfigScopes),
        workspace.PairChangedAt,
        workspace is { PairState: TokenPairState.Ok, RotationToken: not null },
        workspace.RotationCode,
        workspace.RotationRetryAt);
}
