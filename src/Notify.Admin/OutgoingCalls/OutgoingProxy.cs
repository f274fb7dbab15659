using System.Net;
using Microsoft.Extensions.Options;

namespace Notify.Admin.OutgoingCalls;

/// <summary>The one policy by which calls leave this server: through which proxy, or without one.</summary>
internal sealed class OutgoingProxy : IWebProxy, ICredentials
{
    private readonly ProxyAddress? _https;
    private readonly ProxyAddress? _http;
    private readonly ProxyBypass _bypass;

    public OutgoingProxy(IOptions<OutgoingOptions> options)
    {
        var given = options.Value;
        _https = Read(given.Proxy ?? given.EnvironmentHttps);
        _http = Read(given.Proxy ?? given.EnvironmentHttp);
        _bypass = new ProxyBypass(given.NoProxy ?? given.EnvironmentNoProxy);
    }

    ICredentials? IWebProxy.Credentials
    {
        get => this;
        set => throw new NotSupportedException("The proxy's credentials come from configuration.");
    }

    /// <summary>The proxy for <paramref name="destination"/>; null where it is reached without one.</summary>
    public Uri? GetProxy(Uri destination) => Find(destination)?.Address;

    public bool IsBypassed(Uri host) => Find(host) is null;

    /// <summary>True where a connection to <paramref name="endPoint"/> is one to a proxy. The request that it is opened for does not tell:
    /// for a tunnel that is CONNECT, addressed to the proxy itself.</summary>
    public bool IsProxy(DnsEndPoint endPoint) => new[] { _https, _http }.Any(proxy => proxy?.Address is { } address
        && address.Port == endPoint.Port && address.IdnHost.Equals(endPoint.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase));

    NetworkCredential? ICredentials.GetCredential(Uri uri, string authType) =>
        new[] { _https, _http }.FirstOrDefault(proxy => proxy?.Address == uri)?.Credentials;

    private ProxyAddress? Find(Uri destination) =>
        _bypass.Covers(destination) ? null : destination.Scheme == Uri.UriSchemeHttp ? _http : _https;

    private static ProxyAddress? Read(string? text) =>
        !string.IsNullOrWhiteSpace(text) && !IsNone(text) && ProxyAddress.TryRead(text, out var proxy) ? proxy : null;

    internal static bool IsNone(string text) => text.Trim().Equals(OutgoingOptions.None, StringComparison.OrdinalIgnoreCase);
}
