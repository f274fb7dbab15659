using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Notify.Admin.OutgoingCalls;

internal static class OutgoingServiceCollectionExtensions
{
    /// <summary>How calls leave this server; for every feature that makes them, so it may be added more than once. Configuration has the
    /// environment's variables too, whatever their case.</summary>
    public static IServiceCollection AddOutgoing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutgoingOptions>().Bind(configuration.GetSection(OutgoingOptions.Section)).Configure(options =>
        {
            var all = configuration["ALL_PROXY"];
            options.EnvironmentHttps = configuration["HTTPS_PROXY"] ?? all;
            options.EnvironmentHttp = configuration["HTTP_PROXY"] ?? all;
            options.EnvironmentNoProxy = configuration["NO_PROXY"];
        }).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutgoingOptions>, OutgoingOptionsValidator>());
        services.TryAddSingleton<OutgoingProxy>();
        return services;
    }

    /// <summary>Sends what a handler sends by the policy.</summary>
    public static void Use(this SocketsHttpHandler handler, OutgoingProxy proxy)
    {
        handler.UseProxy = true;
        handler.Proxy = proxy;
    }

    /// <summary>Lets a handler connect to listed hosts only, at checked addresses; follows no redirect, keeps no cookie.</summary>
    public static void Guard(this SocketsHttpHandler handler, ListedConnector connector, OutgoingProxy proxy)
    {
        // With a proxy, which resolves names itself, the check of the whole URL before sending is the one there is.
        handler.ConnectCallback = (context, cancellationToken) =>
            proxy.IsProxy(context.DnsEndPoint)
                ? ListedConnector.ConnectToProxyAsync(context.DnsEndPoint, cancellationToken)
                : connector.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
        handler.AllowAutoRedirect = false;
        handler.Use(proxy);
        handler.UseCookies = false;
        handler.ActivityHeadersPropagator = null;
        handler.ConnectTimeout = TimeSpan.FromSeconds(5);
        handler.MaxResponseHeadersLength = 16;
        // Addresses are checked when a connection opens, so connections do not live for ever; and an idle one is given up before the
        // vendor closes it, since a request on a closed connection has an unknown outcome.
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15);
    }
}
