using Microsoft.Extensions.Options;

namespace Notify.Admin.DingTalk;

internal static class DingTalkServiceCollectionExtensions
{
    /// <summary>The robot client: options, allow-list, guarded connections, sender.</summary>
    public static IServiceCollection AddDingTalkRobots(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DingTalkOptions>().Bind(configuration.GetSection(DingTalkOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DingTalkOptions>, DingTalkOptionsValidator>();
        services.AddSingleton<WebhookAllowList>();
        services.AddSingleton<WebhookConnector>();
        services.AddTransient<DingTalkSender>();
        services.AddSingleton<DingTalkExplanations>();

        services.AddHttpClient<DingTalkRobotClient>(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, provider) => Guard(handler, provider.GetRequiredService<WebhookConnector>()))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Request lines carry the access token.
            .RemoveAllLoggers();
        return services;
    }

    internal static void Guard(SocketsHttpHandler handler, WebhookConnector connector)
    {
        handler.ConnectCallback = (context, cancellationToken) =>
            connector.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
        handler.AllowAutoRedirect = false;
        handler.UseProxy = false;
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
