using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Finding;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.DingTalk;

internal static class DingTalkServiceCollectionExtensions
{
    /// <summary>The DingTalk feature.</summary>
    public static IServiceCollection AddDingTalk(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(DingTalkOptions.Section);
        services.AddOptions<DingTalkOptions>().Bind(section).Configure(options => ReadSingleValue(options, section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DingTalkOptions>, DingTalkOptionsValidator>();
        services.AddOutgoing(configuration);
        services.AddSingleton<WebhookAllowList>();
        services.AddTransient<DingTalkSender>();
        services.AddSingleton<DingTalkExplanations>();
        services.AddSingleton<Fingerprints>();
        services.AddSingleton<DingTalkChatbotStore>();
        services.AddSingleton<AssetGroupStore>();
        services.AddSingleton<DingTalkChannel>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<DingTalkChannel>());
        services.AddSingleton<IChannelMatcher, DingTalkMatcher>();
        services.AddSingleton<ChatbotWriter>();
        services.AddSingleton<DingTalkChatbotService>();
        services.AddSingleton<ChatbotOwnRules>();
        services.AddSingleton<IOwnRules>(provider => provider.GetRequiredService<ChatbotOwnRules>());
        services.AddSingleton<ChatbotStatusService>();
        services.AddSingleton<IFinder, ChatbotFinder>();
        services.AddSingleton<AssetGroupService>();
        services.AddSingleton<IAuditRevert, ChatbotRevert>();
        services.AddSingleton<IAuditRevert, AssetGroupRevert>();
        services.AddHostedService<AssetGroupLearner>();

        services.AddHttpClient<DingTalkRobotClient>(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, provider) =>
                handler.Guard(Connector(provider), provider.GetRequiredService<OutgoingProxy>()))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Request lines carry the access token.
            .RemoveAllLoggers();
        return services;
    }

    private static ListedConnector Connector(IServiceProvider provider) =>
        new(provider.GetRequiredService<WebhookAllowList>(), provider.GetRequiredService<TimeProvider>());

    // DingTalk__AllowedWebhooks=… without an index is easily written, and the binder would pass over it.
    private static void ReadSingleValue(DingTalkOptions options, IConfigurationSection section)
    {
        if (options.AllowedWebhooks is not { Length: > 0 } && section[nameof(DingTalkOptions.AllowedWebhooks)] is { Length: > 0 } value)
        {
            options.AllowedWebhooks = value.Split(',', StringSplitOptions.TrimEntries);
        }
    }
}
