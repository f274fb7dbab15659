namespace Notify.Admin.Accounts;

/// <summary>Where an account stands.</summary>
public enum PersonState
{
    Active = 1,

    /// <summary>Has not set a password yet, nor come in through single sign-on.</summary>
    Invited = 2,

    Disabled = 3,
}

/// <summary>A person as the People page lists them.</summary>
/// <param name="Role">One of the roles; null where the account has none.</param>
/// <param name="HasTwoFactor">Has an authenticator app or a passkey.</param>
/// <param name="HasSingleSignOn">Has come in through the provider: the role follows the provider's groups.</param>
/// <param name="Keys">API keys and AccessKey pairs that are not revoked.</param>
public sealed record Person(
    string Id, string Email, string? Role, PersonState State, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt, int Keys,
    bool HasTwoFactor,
    bool HasSingleSignOn);

/// <summary>Why a change to a person was refused.</summary>
public enum PersonRefusal
{
    NotFound = 1,
    InvalidEmail = 2,
    EmailTaken = 3,
    InvalidRole = 4,

    /// <summary>Nobody could administer the product any more.</summary>
    LastAdmin = 5,

    /// <summary>One cannot disable, remove or sign out oneself here.</summary>
    Yourself = 6,

    /// <summary>A one-time link sets a password, and configuration has switched passwords off.</summary>
    LocalAccountsOff = 7,
}

/// <param name="Refusal">Null when the change was made.</param>
/// <param name="Link">A one-time link, relative to the product's address, to hand over; only here, it cannot be read again.</param>
public sealed record PersonResult(PersonRefusal? Refusal = null, string? Link = null)
{
    public bool IsDone => Refusal is null;

    /// <summary>Printing a result does not print the link.</summary>
    public override string ToString() => Refusal?.ToString() ?? "done";
}
