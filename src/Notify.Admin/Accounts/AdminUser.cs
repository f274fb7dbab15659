using Microsoft.AspNetCore.Identity;

namespace Notify.Admin.Accounts;

/// <summary>A person who signs in. The e-mail address is the user name.</summary>
public sealed class AdminUser : IdentityUser
{
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Signing in, keys and open pages all stop while this is set.</summary>
    public bool IsDisabled { get; set; }

    public DateTimeOffset? LastSeenAt { get; set; }
}
