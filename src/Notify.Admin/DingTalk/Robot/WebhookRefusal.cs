namespace Notify.Admin.DingTalk;

/// <summary>Why a webhook is not accepted; of the four about the address, a greater value is a nearer miss. The words are in
/// <c>DingTalkText</c> under <c>Webhook.</c> and the name.</summary>
public enum WebhookRefusal
{
    Empty = 1,

    TooLong,

    /// <summary>Neither an absolute address nor a bare token.</summary>
    NotAUrl,

    /// <summary>A signing secret (<c>SEC…</c>) in place of the webhook.</summary>
    LooksLikeSecret,

    /// <summary>A masked address where a real one is needed.</summary>
    Masked,

    /// <summary>The address has a user name or password.</summary>
    UserInfo,

    HostNotAllowed,

    SchemeNotAllowed,

    PortNotAllowed,

    PathNotAllowed,

    TokenMissing,

    /// <summary><c>access_token</c> is given more than once.</summary>
    TokenRepeated,

    /// <summary>The token has other characters than letters and digits, or is too long.</summary>
    TokenMalformed,

    /// <summary>A query parameter that a robot's webhook does not have.</summary>
    UnknownParameter,
}
