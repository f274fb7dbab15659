using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.VendorAccounts;

internal static class VendorAccountsServiceCollectionExtensions
{
    /// <summary>Registers accounts at the vendors and the calls with their keys.</summary>
    public static IServiceCollection AddVendorAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<VendorAccountOptions>().Bind(configuration.GetSection(VendorAccountOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VendorAccountOptions>, VendorAccountOptionsValidator>();
        services.AddOutgoing(configuration);
        services.AddSingleton<VendorEndpoints>();
        services.AddSingleton<VendorAccountStore>();
        services.AddSingleton<VendorAccountService>();
        services.AddSingleton<IAuditRevert, VendorAccountRevert>();
        services.AddSingleton<VendorAccountCalls>();
        services.AddSingleton<ChannelLinkStore>();
        services.AddSingleton<VendorChatbots>();
        services.AddSingleton<IPublishVendor, ChatbotPublishing>();
        services.AddSingleton<IPublishVendor, IntegrationPublishing>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<PublishService>();
        services.AddSingleton<BulkPublishService>();
        services.AddSingleton<ImportService>();
        services.AddSingleton<VendorGroupService>();
        services.AddSingleton<PublishedChannels>();
        services.AddSingleton<IVendorAccountUser>(provider => provider.GetRequiredService<PublishedChannels>());
        services.AddSingleton<IAttentionSource>(provider => provider.GetRequiredService<PublishedChannels>());
        services.AddSingleton(new ChannelPanel(ChannelKind.DingTalk, typeof(PublishPanel)));
        services.AddSingleton(new ChannelPanel(ChannelKind.Slack, typeof(PublishPanel)));
        services.AddHostedService<PublishWork>();

        services.AddSingleton<SecurityCenterClient>();
        services.AddSingleton<KayranClient>();
        services.AddHttpClient<VendorClient>(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, provider) => handler.Guard(
                new ListedConnector(provider.GetRequiredService<VendorEndpoints>(), provider.GetRequiredService<TimeProvider>()),
                provider.GetRequiredService<OutgoingProxy>()))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Request lines carry what is published.
            .RemoveAllLoggers();
        return services;
    }
}
