using Microsoft.AspNetCore.Identity;
using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>A person who signs in. The e-mail address is the user name.</summary>
public sealed class AdminUser : IdentityUser
{
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Signing in, keys and open pages all stop while this is set.</summary>
    public bool IsDisabled { get; set; }

    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>The key that the person's authenticator app shares; null where <see cref="IdentityUser{TKey}.TwoFactorEnabled"/> is
    /// false.</summary>
    public ProtectedString? AuthenticatorKey { get; set; }

    /// <summary>One of <c>UiCultures</c>; null is as the browser has it. So are the next two.</summary>
    public string? Language { get; set; }

    /// <summary>An IANA name.</summary>
    public string? TimeZone { get; set; }

    /// <summary>One of <c>DisplayPreferences.Themes</c>.</summary>
    public string? Theme { get; set; }

    /// <summary>The 30-second step of the last code that was used: no code counts twice.</summary>
    public long LastCodeStep { get; set; }
}
