using Microsoft.AspNetCore.Http.HttpResults;

namespace Notify.Admin.Accounts;

/// <summary>Where to go after logging in.</summary>
internal static class ReturnAddress
{
    /// <summary><paramref name="wanted"/> if it is a page of ours; else the first page. Never another host, never an account page again, and only
    /// what a header can hold: our own addresses come percent-encoded.</summary>
    public static string Of(string? wanted) =>
        wanted is ['/', ..] && RedirectHttpResult.IsLocalUrl(wanted) && wanted.All(c => c is > ' ' and < '\u007f') && !IsAccountPage(wanted) ? wanted : "/";

    private static bool IsAccountPage(string address) =>
        address.StartsWith("/Account/", StringComparison.OrdinalIgnoreCase) || address.StartsWith("/setup", StringComparison.OrdinalIgnoreCase);
}
