namespace Notify.Admin.Accounts;

/// <summary>The link by which a person sets a password: on invitation, or when it is forgotten.</summary>
internal static class OneTimeLink
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);
}
