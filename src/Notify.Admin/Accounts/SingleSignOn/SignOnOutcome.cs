namespace Notify.Admin.Accounts;

/// <summary>How a log-in through the provider ended. All but <see cref="Done"/> have their words on the log-in page.</summary>
public enum SignOnOutcome
{
    Done = 1,

    /// <summary>The person, or the provider for them, said no.</summary>
    Denied = 2,

    /// <summary>The answer belongs to no log-in of this browser, was used before, or came too late.</summary>
    OutOfDate = 3,

    /// <summary>The provider did not answer, or not as it should.</summary>
    ProviderFailed = 4,

    /// <summary>Subject or email are missing in what the provider says.</summary>
    Incomplete = 5,

    /// <summary>The provider does not vouch for the email, so it may be somebody else's.</summary>
    EmailNotVerified = 6,

    /// <summary>None of the person's groups gives a role here.</summary>
    NoRole = 7,

    Disabled = 8,
}
