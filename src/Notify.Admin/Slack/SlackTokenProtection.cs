using Notify.Admin.Data;

namespace Notify.Admin.Slack;

internal static class SlackTokenProtection
{
    /// <summary>Protects a token unless it is the stored one: encrypting the same token again would look like a change.</summary>
    public static ProtectedString ProtectIfNew(this SecretProtector protector, ProtectedString? stored, string token)
    {
        if (stored is null)
        {
            return protector.Protect(token);
        }

        try
        {
            return string.Equals(protector.Unprotect(stored), token, StringComparison.Ordinal) ? stored : protector.Protect(token);
        }
        catch (SecretUnreadableException)
        {
            return protector.Protect(token);
        }
    }
}
