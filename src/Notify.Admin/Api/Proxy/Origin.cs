namespace Notify.Admin.Api;

/// <summary>A web origin in one spelling, so that two of them compare as text: lower case, the host in ASCII, no default port.</summary>
internal static class Origin
{
    /// <summary>Null for what is no origin of a web page: <c>null</c> of a sandboxed frame, another scheme, or one with a path.</summary>
    public static string? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? Text(uri) : null;

    /// <summary>The origin that a browser gives to pages of ours at the address this request names.</summary>
    public static string? Of(HttpRequest request) => Parse($"{WebScheme(request.Scheme)}://{request.Host.Value}");

    // A proxy may call the scheme of an upgrade by the socket's name.
    private static string WebScheme(string scheme) => scheme switch { "ws" => "http", "wss" => "https", _ => scheme };

    private static string Text(Uri uri)
    {
        // IdnHost leaves out the brackets of an IPv6 address.
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return uri.IsDefaultPort ? $"{uri.Scheme}://{host}" : $"{uri.Scheme}://{host}:{uri.Port}";
    }
}
