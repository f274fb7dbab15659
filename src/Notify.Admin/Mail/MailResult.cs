namespace Notify.Admin.Mail;

/// <summary>Why a mail was not sent.</summary>
public enum MailFailure
{
    /// <summary>No such host, nobody listens there, or the connection broke.</summary>
    Unreachable = 1,

    TimedOut = 2,

    /// <summary>The server offers no TLS, or its certificate is not to be trusted.</summary>
    NotSecure = 3,

    LoginRefused = 4,

    SenderRefused = 5,

    RecipientRefused = 6,

    /// <summary>Anything else that the server refuses or says.</summary>
    Refused = 7,
}

/// <param name="Failure">Null when the server has taken the mail; whether it arrives is not known.</param>
/// <param name="Code">The server's reply code, where it gave one.</param>
/// <param name="Answer">What the server said with it, for whoever sent the mail: it may repeat what it was sent, so it is not to be
/// kept.</param>
public sealed record MailResult(MailFailure? Failure = null, int? Code = null, string? Answer = null)
{
    public bool IsSent => Failure is null;
}
