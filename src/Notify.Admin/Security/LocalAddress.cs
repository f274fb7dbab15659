namespace Notify.Admin.Security;

/// <summary>Addresses that come with a request and say where to go next.</summary>
internal static class LocalAddress
{
    /// <summary><paramref name="wanted"/> if it is a path on this host; else the first page. Only what a header can hold: our own addresses
    /// come percent-encoded.</summary>
    public static string Of(string? wanted) =>
        wanted is ['/', ..] and not ['/', '/' or '\\', ..] && wanted.All(c => c is > ' ' and < '\u007f') ? wanted : "/";
}
