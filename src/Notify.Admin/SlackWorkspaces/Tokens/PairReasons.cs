namespace Notify.Admin.SlackWorkspaces;

/// <summary>Our own reasons why a new pair of tokens is needed; the others are Slack's codes.</summary>
internal static class PairReasons
{
    /// <summary>The process ended while the pair was being exchanged: whether Slack has used the refresh token up is unknown, and the new
    /// pair is lost.</summary>
    public const string Interrupted = "rotation_interrupted";

    /// <summary>The configuration token has ended and came without a refresh token.</summary>
    public const string Ended = "config_token_ended";

    /// <summary>The stored refresh token cannot be decrypted.</summary>
    public const string Unreadable = "token_unreadable";
}
