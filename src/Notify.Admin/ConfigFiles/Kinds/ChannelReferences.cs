using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.ConfigFiles;

internal static class ChannelReferences
{
    /// <summary>The policy without a fallback to a channel that is not created yet.</summary>
    public static (DeliveryPolicy Policy, bool WasThere) Without(DeliveryPolicy policy) =>
        policy.Fallback is { IsOn: true, To: { } to } && ConfigNames.IsPlanned(to)
            ? (policy with { Fallback = new Fallback() }, true) : (policy, false);

    /// <summary>Whether what is stored is this secret; not where it cannot be read.</summary>
    public static bool IsSame(this SecretProtector protector, ProtectedString stored, string secret)
    {
        try
        {
            return protector.Unprotect(stored) == secret;
        }
        catch (SecretUnreadableException)
        {
            return false;
        }
    }
}
