namespace Notify.Sandbox.Slack;

/// <summary>Kinds of Slack credential, told apart by prefix at Slack and by this here.</summary>
[Flags]
public enum TokenKind
{
    None = 0,

    /// <summary><c>xoxb-</c>: a bot, for posting and looking up.</summary>
    Bot = 1,

    /// <summary><c>xoxp-</c>: a person, also the command line's service token.</summary>
    User = 2,

    /// <summary><c>xoxe.xoxp-</c>: app configuration, 12 hours, with a refresh token.</summary>
    Configuration = 4,

    /// <summary><c>xapp-</c>: the app itself, for Socket Mode.</summary>
    AppLevel = 8,
}
