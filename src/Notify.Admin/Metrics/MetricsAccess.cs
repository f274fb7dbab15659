using System.Net;
using Microsoft.AspNetCore.Authorization;
using Notify.Admin.Api;

namespace Notify.Admin.Metrics;

/// <summary>Who may read <c>/metrics</c>: any good API key, or a program on the same machine.</summary>
internal static class MetricsAccess
{
    public const string Policy = "Metrics.Read";

    // What proxies add. Behind one, every caller's connection comes from the proxy, which is often on this machine.
    private static readonly string[] Forwarding =
    [
        "Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Original-For", "X-Original-Host", "X-Original-Proto",
        "X-ProxyUser-Ip", "X-Envoy-External-Address", "True-Client-IP", "CF-Connecting-IP", "Fastly-Client-IP",
    ];

    public static void AddTo(AuthorizationOptions options) => options.AddPolicy(Policy, policy => policy
        .AddAuthenticationSchemes(ApiPolicies.KeyScheme)
        .RequireAssertion(context => context.User.Identity?.IsAuthenticated == true
            || (context.Resource is HttpContext http && IsLocal(http))));

    /// <summary>A loopback connection that shows no sign of having been forwarded.</summary>
    public static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !http.Request.Headers.Keys.Any(IsForwarding);

    private static bool IsForwarding(string header) =>
        header.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
            || Forwarding.Contains(header, StringComparer.OrdinalIgnoreCase);
}
