using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using System.Net;
using Notify.Admin.Audit;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Finding;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.Slack;

public static class SlackServiceCollectionExtensions
{
    public static IServiceCollection AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SlackOptions>().Bind(configuration.GetSection(SlackOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOutgoing(configuration);
        services.AddSlackClient();
        services.AddSingleton<SlackSender>();
        services.AddSingleton<SlackIntegrationStore>();
        services.AddSingleton<SlackChannel>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<SlackChannel>());
        services.AddSingleton<IChannelMatcher, SlackMatcher>();
        services.AddSingleton<SlackIntegrationAudit>();
        services.AddSingleton<SlackIntegrationService>();
        services.AddSingleton<SlackOwnRules>();
        services.AddSingleton<IOwnRules>(provider => provider.GetRequiredService<SlackOwnRules>());
        services.AddSingleton<IFinder, SlackFinder>();
        services.AddSingleton<IAuditRevert, SlackIntegrationRevert>();
        services.AddSingleton<SlackTestService>();
        services.AddSingleton<SlackChannelDirectory>();
        services.AddSingleton<UpdateSlackService>();
        return services;
    }

    private static void AddSlackClient(this IServiceCollection services) => services
        .AddHttpClient<SlackClient>((provider, http) =>
        {
            http.BaseAddress = provider.GetRequiredService<IOptions<SlackOptions>>().Value.BaseAddress;
            http.DefaultRequestHeaders.UserAgent.ParseAdd("Notify.Admin");
            http.DefaultRequestHeaders.Accept.ParseAdd("application/json");

            // The client's own timeout covers the body too, and tells itself from the caller's cancellation.
            http.Timeout = Timeout.InfiniteTimeSpan;
        })
        .UseSocketsHttpHandler((handler, provider) =>
        {
            // A redirect would carry the token to a host nobody configured.
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli;
            handler.ConnectTimeout = TimeSpan.FromSeconds(5);
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
            handler.Use(provider.GetRequiredService<OutgoingProxy>());
        })

        // Connections are renewed by their own lifetime, so singletons may keep the client.
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)

        // The default loggers write addresses with their query, and headers.
        .RemoveAllLoggers();
}
