namespace Notify.Admin.Accounts;

/// <summary>One browser that is logged in. The cookie holds only the id: what counts is this row, so ending it ends the session.</summary>
public sealed class UserSession
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>The account's security stamp when the session began or was renewed: a new stamp ends all sessions that do not know
    /// it.</summary>
    public required string Stamp { get; set; }

    /// <summary>One of <see cref="LoginMethods"/>.</summary>
    public required string Method { get; init; }

    /// <summary>As <c>ClientAddress</c> writes it.</summary>
    public required string Address { get; init; }

    /// <summary>Browser and system, from what the browser says of itself.</summary>
    public required string Browser { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute. An open page counts as use.</summary>
    public DateTimeOffset LastSeenAt { get; set; }
}

/// <summary>How a session began, as the audit trail writes it.</summary>
internal static class LoginMethods
{
    public const string Password = "password";
    public const string Code = "password and code";
    public const string RecoveryCode = "password and recovery code";
    public const string Link = "one-time link";
    public const string SingleSignOn = "single sign-on";
    public const string Passkey = "passkey";
    public const string SetUp = "set-up";
}
