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
        services.AddSingleton<ChatbotLinkStore>();
        services.AddSingleton<VendorChatbots>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<PublishService>();
        services.AddSingleton<ImportService>();
        services.AddSingleton<VendorGroupService>();
        services.AddSingleton<PublishedChatbots>();
        services.AddSingleton<IVendorAccountUser>(provider => provider.GetRequiredService<PublishedChatbots>());
        services.AddSingleton<IAttentionSource>(provider => provider.GetRequiredService<PublishedChatbots>());
        services.AddSingleton(new ChannelPanel(ChannelKind.DingTalk, typeof(PublishPanel)));
        services.AddHostedService<PublishWork>();

        services.AddHttpClient<SecurityCenterClient>(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, provider) => handler.Guard(
                new ListedConnector(provider.GetRequiredService<VendorEndpoints>(), provider.GetRequiredService<TimeProvider>()),
                provider.GetRequiredService<OutgoingProxy>()))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Request lines carry what is published.
            .RemoveAllLoggers();
        return services;
    }
}
