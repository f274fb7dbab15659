namespace Notify.Admin.Overview;

internal static class OverviewServiceCollectionExtensions
{
    /// <summary>Registers the first page.</summary>
    public static IServiceCollection AddOverview(this IServiceCollection services)
    {
        services.AddSingleton<OverviewStore>();
        services.AddSingleton<OverviewService>();
        return services;
    }
}
