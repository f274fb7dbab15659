using Notify.Admin.Data;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>How the app configuration token and its refresh token stand.</summary>
public enum TokenPairState
{
    /// <summary>None was entered: the workspace posts, and manages no access lists.</summary>
    None = 0,

    Ok = 1,

    /// <summary>It cannot be renewed any more: a person must enter a new pair.</summary>
    NeedsNewPair = 2,
}

/// <summary>One connection to a Slack workspace: its bot token and, where access lists are managed, an app configuration token with its
/// single-use refresh token.</summary>
public sealed class SlackWorkspace
{
    public int Id { get; init; }

    public required string Name { get; set; }

    public required ProtectedString BotToken { get; set; }

    /// <summary>Grows with each new bot token.</summary>
    public int BotTokenVersion { get; set; } = 1;

    /// <summary>What <c>auth.test</c> said of the bot token when it was last asked; kept while it cannot be reached.</summary>
    public string? TeamId { get; set; }

    public string? TeamName { get; set; }

    public string? Url { get; set; }

    public string? EnterpriseId { get; set; }

    /// <summary>Installed for a whole organisation: lists of people then want a workspace.</summary>
    public bool IsEnterpriseInstall { get; set; }

    public string? BotUserId { get; set; }

    public string? BotUserName { get; set; }

    /// <summary>The bot token's scopes, separated by blanks; null where Slack did not say.</summary>
    public string? Scopes { get; set; }

    /// <summary>The code of the last <c>auth.test</c>: <c>ok</c>, or what it was refused with.</summary>
    public string? CheckCode { get; set; }

    public DateTimeOffset? CheckedAt { get; set; }

    public ProtectedString? ConfigToken { get; set; }

    /// <summary>Works once.</summary>
    public ProtectedString? RefreshToken { get; set; }

    /// <summary>When the configuration token ends; null where Slack did not say.</summary>
    public DateTimeOffset? ConfigEndsAt { get; set; }

    /// <summary>Whom the configuration token acts for.</summary>
    public string? ConfigUserId { get; set; }

    public string? ConfigUserName { get; set; }

    /// <summary>Its scopes, separated by blanks; null where Slack did not say.</summary>
    public string? ConfigScopes { get; set; }

    public TokenPairState PairState { get; set; }

    /// <summary>Why a new pair is needed: Slack's code, or one of <see cref="PairReasons"/>.</summary>
    public string? PairReason { get; set; }

    /// <summary>Grows with each new pair, whether a person or a rotation brought it.</summary>
    public int PairVersion { get; set; }

    public DateTimeOffset? PairChangedAt { get; set; }

    /// <summary>Set while an instance exchanges the pair: its fence. It stays when that instance is gone, so that nobody spends the refresh
    /// token a second time.</summary>
    public long? RotationToken { get; set; }

    /// <summary>On the database's clock: an exchange that is not over by then has lost its process.</summary>
    public DateTimeOffset? RotationUntil { get; set; }

    /// <summary>Not to be tried before, after a failure that may pass.</summary>
    public DateTimeOffset? RotationRetryAt { get; set; }

    /// <summary>The code of that failure.</summary>
    public string? RotationCode { get; set; }

    /// <summary>How many in a row.</summary>
    public int RotationFailures { get; set; }

    /// <summary>The app-level token: Slack tells by Socket Mode which buttons were pressed. Null where nobody wants that.</summary>
    public ProtectedString? AppToken { get; set; }

    /// <summary>Grows with each new app-level token, and when it is removed.</summary>
    public int AppTokenVersion { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public string? ChangedBy { get; set; }

    /// <summary>Grows with each save by a person; a save against an older one is a conflict.</summary>
    public int Version { get; set; }

    public SlackWorkspace Copy() => (SlackWorkspace)MemberwiseClone();

    /// <summary>Whether the pair can be exchanged for a new one.</summary>
    public bool MayRotate() => PairState == TokenPairState.Ok && RefreshToken is not null;

    /// <summary>A new pair, whoever brings it. An exchange still under way must not overwrite it.</summary>
    public void ReplacePair(ProtectedString configToken, ProtectedString? refreshToken, DateTimeOffset? endsAt, DateTimeOffset now)
    {
        (ConfigToken, RefreshToken, ConfigEndsAt) = (configToken, refreshToken, endsAt);
        (PairState, PairReason, PairChangedAt) = (TokenPairState.Ok, null, now);
        PairVersion++;
        EndRotation();
    }

    /// <summary>What <c>auth.test</c> has said of another copy.</summary>
    public void TakeIdentity(SlackWorkspace asked)
    {
        (TeamId, TeamName, Url, EnterpriseId, IsEnterpriseInstall) = (asked.TeamId, asked.TeamName, asked.Url, asked.EnterpriseId,
            asked.IsEnterpriseInstall);
        (BotUserId, BotUserName, Scopes, CheckCode, CheckedAt) = (asked.BotUserId, asked.BotUserName, asked.Scopes, asked.CheckCode,
            asked.CheckedAt);
    }

    /// <summary>The workspace goes on without access lists.</summary>
    public void RemovePair(DateTimeOffset now)
    {
        (ConfigToken, RefreshToken, ConfigEndsAt, ConfigUserId, ConfigUserName, ConfigScopes) = (null, null, null, null, null, null);
        (PairState, PairReason, PairChangedAt) = (TokenPairState.None, null, now);
        PairVersion++;
        EndRotation();
    }

    public void EndRotation() =>
        (RotationToken, RotationUntil, RotationRetryAt, RotationCode, RotationFailures) = (null, null, null, null, 0);
}
