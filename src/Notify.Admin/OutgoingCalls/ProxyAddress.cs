using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Notify.Admin.OutgoingCalls;

/// <summary>A proxy's address and its credentials, apart: an address may be in an error's text, a password may not.</summary>
internal sealed record ProxyAddress(Uri Address, NetworkCredential? Credentials)
{
    private static readonly string[] Schemes = ["http", "https", "socks5", "socks4", "socks4a"];

    /// <summary>Reads <c>http://user:password@proxy.example.com:3128</c>; without a scheme it is http.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out ProxyAddress? proxy)
    {
        proxy = null;
        var trimmed = text.Trim();
        if (!Uri.TryCreate(trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : "http://" + trimmed, UriKind.Absolute, out var uri)
            || !Schemes.Contains(uri.Scheme) || uri.Host.Length == 0 || uri.Port <= 0 || uri.PathAndQuery.Trim('/').Length > 0)
        {
            return false;
        }

        var parts = uri.UserInfo.Split(':', 2);
        proxy = new ProxyAddress(
            new UriBuilder(uri.Scheme, uri.Host, uri.Port).Uri,
            uri.UserInfo.Length == 0 ? null
                : new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : ""));
        return true;
    }
}
