namespace Notify.Sandbox.Slack;

/// <summary>A Slack credential and what it may do.</summary>
public sealed record SandboxToken
{
    public string Token { get; init; } = "";
    public TokenKind Kind { get; init; } = TokenKind.Bot;
    public string TeamId { get; init; } = SlackSeeds.TeamId;
    public string UserId { get; init; } = SlackSeeds.BotUserId;
    public string? BotId { get; init; }
    public string AppId { get; init; } = SlackSeeds.AppId;
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Installed for the whole organisation: lists then need <c>team_id</c>.</summary>
    public bool IsOrg { get; init; }

    /// <summary>Every call with it answers this error, for instance <c>token_revoked</c> or <c>account_inactive</c>.</summary>
    public string? Error { get; init; }

    /// <summary>From then on it answers <c>token_expired</c>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Can be exchanged once, by <c>tooling.tokens.rotate</c>; null when it has been.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => this switch
    {
        { Token: "" } => "token: is required.",
        _ when Token.Any(char.IsWhiteSpace) => "token: has a space in it.",
        { Kind: not (TokenKind.Bot or TokenKind.User or TokenKind.Configuration or TokenKind.AppLevel) } =>
            "kind: is one of bot, user, configuration, appLevel.",
        { RefreshToken: not null, Kind: not TokenKind.Configuration } => "refreshToken: only a token of kind 'configuration' has one.",
        _ => null,
    };
}
