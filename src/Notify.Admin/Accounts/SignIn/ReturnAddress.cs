using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Where to go after logging in.</summary>
internal static class ReturnAddress
{
    /// <summary><paramref name="wanted"/> if it is a page of ours, but never an account page again; else the first page.</summary>
    public static string Of(string? wanted) => LocalAddress.Of(wanted) is var local && IsAccountPage(local) ? "/" : local;

    private static bool IsAccountPage(string address) =>
        address.StartsWith("/Account/", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("/setup", StringComparison.OrdinalIgnoreCase);
}
