namespace Notify.Admin.Bell;

internal static class BellServiceCollectionExtensions
{
    /// <summary>Registers the bell in the top bar.</summary>
    public static IServiceCollection AddBell(this IServiceCollection services)
    {
        services.AddSingleton<ChannelNotices>();
        services.AddSingleton<BellReader>();
        services.AddHostedService(provider => provider.GetRequiredService<BellReader>());
        services.AddSingleton<BellService>();
        return services;
    }
}
